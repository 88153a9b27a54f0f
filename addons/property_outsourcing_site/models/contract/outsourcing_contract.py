from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    inspection_plan_ids = fields.One2many(
        "outsourcing.inspection.plan", "contract_id", string="Inspection plans"
    )
    inspection_count = fields.Integer(compute="_compute_counters", string="Inspection count")
    inspection_missed_count = fields.Integer(compute="_compute_counters", string="Missed inspections")
    defect_open_count = fields.Integer(compute="_compute_card_counters", string="Open defects")
    site_log_count = fields.Integer(compute="_compute_counters", string="Site log count")

    @api.model
    def _get_counters(self):
        return {
            **super()._get_counters(),
            "inspection_count": ("outsourcing.inspection", "contract_id", []),
            "inspection_missed_count": ("outsourcing.inspection", "contract_id", [("state", "=", "missed")]),
            "site_log_count": ("outsourcing.site.log", "contract_id", []),
        }

    @api.model
    def _get_card_counters(self):
        open_defects = ("outsourcing.defect", "contract_id", [("state", "!=", "closed")])
        return {**super()._get_card_counters(), "defect_open_count": open_defects}

    def write(self, vals):
        changed = self.browse()
        if "service_type_id" in vals:
            changed = self.filtered(lambda contract: contract.service_type_id.id != vals["service_type_id"])
        result = super().write(vals)
        changed._drop_inspection_plans()
        return result

    # ---- actions ----------------------------------------------------------------------------------------

    def action_load_inspection_plans(self):
        """Copy the inspection presets of the service type into the contract, for each of its communities."""
        self.check_access("write")
        for contract in self:
            if not contract.service_type_id.plan_ids:
                raise UserError(
                    self.env._("%s has no inspection presets.", contract.service_type_id.display_name)
                )
            contract._load_inspection_plans()

    def action_view_inspections(self):
        """Open the inspections of the contract."""
        return self._get_site_action("outsourcing_inspection_action")

    def action_view_defects(self):
        """Open the defects of the contract."""
        return self._get_site_action("outsourcing_defect_action")

    def action_view_site_logs(self):
        """Open the site logs of the contract."""
        return self._get_site_action("outsourcing_site_log_action")

    def _get_site_action(self, name):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"property_outsourcing_site.{name}")
        context = {"default_contract_id": self.id, "default_community_id": self.community_id.id}
        return self._open_single({**action, "domain": [("contract_id", "=", self.id)], "context": context})

    # ---- workflow ---------------------------------------------------------------------------------------

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        still_open = [("state", "!=", "closed")]
        defects = target == "completed" and self._find_standing("outsourcing.defect", still_open)
        if defects:
            sentence = self.env._(
                "%(contract)s still has %(count)s open defects (%(names)s). Close them first.",
                contract=self.display_name,
                count=len(defects),
                names=join_names(self.env, defects[:5].mapped("name")),
            )
            points.append(MissingPoint(sentence, action=self._get_shown_action(defects)))
        return points

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "active":
            self._start_inspection_plans()
        elif target in ("suspended", "completed", "closed", "terminated", "cancelled"):
            self.inspection_plan_ids._reset_future()

    def _get_retention_blockers(self, communities):
        # a defect of the liability period keeps the security that stands for it (建质〔2017〕138号, 10)
        sentences = super()._get_retention_blockers(communities)
        defects = self.env["outsourcing.defect"].search(
            [
                ("contract_id", "=", self.id),
                ("community_id", "in", communities.ids),
                ("state", "!=", "closed"),
            ]
        )
        if defects:
            sentences.append(
                self.env._(
                    "%(count)s defects are not put right yet (%(names)s): close them before anything is "
                    "returned.",
                    count=len(defects),
                    names=join_names(self.env, defects[:5].mapped("name")),
                )
            )
        return sentences

    def _start_inspection_plans(self):
        yesterday = trade_today(self) - timedelta(days=1)
        unplanned = self.filtered(lambda c: not c.with_context(active_test=False).inspection_plan_ids)
        unplanned._load_inspection_plans()
        # a suspended stretch is not made up for
        self.inspection_plan_ids.sudo().write({"date_generated": yesterday})

    def _drop_inspection_plans(self):
        """Remove the plans of the former service type from drafts; nothing was inspected by them yet."""
        for contract in self.filtered(lambda contract: contract.state == "draft"):
            plans = contract.sudo().inspection_plan_ids  # write on the contract was checked
            if plans:
                plans.unlink()
                contract.message_post(
                    body=self.env._("The inspection plans of the former service type were removed."),
                    subtype_xmlid="mail.mt_note",
                )

    def _load_inspection_plans(self, communities=None):
        """Create the plans the service type presets, unless the contract has the same one already."""
        present = {
            (plan.contract_id, plan.community_id, *plan._get_preset_key())
            for plan in self.with_context(active_test=False).inspection_plan_ids
        }
        vals_list = [
            contract._prepare_inspection_plan_vals(preset, community)
            for contract in self
            for community in communities or contract.community_ids
            for preset in contract.service_type_id.plan_ids
            if (contract, community, *preset._get_preset_key()) not in present
        ]
        return self.env["outsourcing.inspection.plan"].create(vals_list)

    def _prepare_inspection_plan_vals(self, preset, community):
        """Return the values of a plan made from ``preset`` for ``community``."""
        self.ensure_one()
        scope = self.scope_ids.filtered(lambda line: line.community_id == community)
        # what the scope names is what was agreed; without it, all equipment of the service type
        equipment = scope.equipment_ids or community.equipment_ids.filtered(
            lambda item: item.outsourcing_service_type_id == self.service_type_id
        )
        return {
            **preset._prepare_plan_vals(),
            "contract_id": self.id,
            "community_id": community.id,
            "equipment_ids": [fields.Command.set(equipment.ids)],
        }

    # ---- helpers ----------------------------------------------------------------------------------------

    def _get_inspection_party(self, party, third_party=None):
        """Return the partner whose people fill in an inspection performed by ``party``."""
        if party == "contractor":
            return self.contractor_id
        if party == "property":
            return self.company_id.partner_id
        own = self.contractor_id | self.company_id.partner_id
        return third_party if third_party and third_party not in own else self.env["res.partner"]

    def _check_site_community(self, community):
        """Raise ValidationError when ``community`` is not served by this contract."""
        self.ensure_one()
        if community not in self.community_ids:
            raise ValidationError(
                self.env._(
                    "%(community)s is not a community of the contract %(contract)s.",
                    community=community.name,
                    contract=self.display_name,
                )
            )
