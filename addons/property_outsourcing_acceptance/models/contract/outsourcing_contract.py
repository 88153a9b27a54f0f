from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import join_names

from ..acceptance.outsourcing_acceptance import RUNNING


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    acceptance_count = fields.Integer(string="Number of acceptances", compute="_compute_counters")
    month_score_count = fields.Integer(string="Number of monthly scores", compute="_compute_counters")
    concealed_count = fields.Integer(string="Number of concealed works", compute="_compute_counters")
    defect_ids = fields.One2many("outsourcing.defect", "contract_id", "Defects")
    serious_defect_ids = fields.Many2many(
        "outsourcing.defect",
        string="Serious Defects not Closed",
        compute="_compute_serious_defect_ids",
        compute_sudo=True,
        groups="base.group_system",
        export_string_translation=False,
    )

    @api.depends("defect_ids.state", "defect_ids.severity")
    def _compute_serious_defect_ids(self):
        # searched, not read from all defects there ever were
        defects = self.env["outsourcing.defect"]._read_group(
            [
                ("contract_id", "in", self.ids),
                ("severity", "in", ("major", "critical")),
                ("state", "!=", "closed"),
            ],
            ["contract_id"],
            ["id:recordset"],
        )
        found = dict(defects)
        for contract in self:
            contract.serious_defect_ids = found.get(contract._origin, False)

    @api.model
    def _get_counters(self):
        acceptances = ("outsourcing.acceptance", "contract_id")
        return {
            **super()._get_counters(),
            "acceptance_count": (*acceptances, [("method", "=", "levels")]),
            "month_score_count": (*acceptances, [("method", "=", "score")]),
            "concealed_count": ("outsourcing.concealed.work", "contract_id", []),
        }

    def action_new_acceptance(self):
        """Start the acceptance of the contract's next row, or list the rows that can be accepted."""
        self.ensure_one()
        rows = self.milestone_ids.filtered("can_accept")
        if not rows:
            raise UserError(self.env._("%s: nothing is left to be accepted now.", self.display_name))
        if len(rows) == 1:
            return rows.action_start_acceptance()
        action = self._get_contract_action("property_outsourcing.outsourcing_contract_milestone_action")
        return {**action, "domain": [("id", "in", rows.ids)], "context": {}}

    def action_view_acceptances(self):
        """Open the acceptances of the contract's milestones."""
        return self._get_contract_action("property_outsourcing_acceptance.outsourcing_acceptance_action") | {
            "domain": [("contract_id", "=", self.id), ("method", "=", "levels")]
        }

    def action_view_month_scores(self):
        """Open the monthly score sheets of the contract."""
        return self._get_contract_action("property_outsourcing_acceptance.outsourcing_month_score_action") | {
            "domain": [("contract_id", "=", self.id), ("method", "=", "score")]
        }

    def action_view_concealed(self):
        """Open the concealed works of the contract."""
        return self._get_contract_action("property_outsourcing_acceptance.outsourcing_concealed_work_action")

    def _get_settlement_blockers(self, milestones):
        return (
            super()._get_settlement_blockers(milestones)
            + milestones._get_concealed_blockers()
            + self._get_defect_blockers(milestones)
        )

    def _get_defect_blockers(self, milestones):
        """Return the messages about serious defects open where and when ``milestones`` were performed."""
        self.ensure_one()
        # sudo: whoever settles learns that a defect stands in the way, not more
        defects = self.sudo().serious_defect_ids.filtered(
            lambda defect: any(row._is_held_up_by(defect) for row in milestones)
        )
        labels = dict(defects._fields["severity"]._description_selection(self.env))
        return [
            self.env._(
                "Defect %(name)s (%(severity)s) is not closed: %(firm)s rectifies it by %(date)s.",
                name=defect.display_name,
                severity=labels[defect.severity],
                firm=defect.contractor_id.name,
                date=defect.date_deadline or "–",
            )
            for defect in defects
        ]

    def _get_missing_points(self, target):
        # first it is decided what is accepted
        points = super()._get_missing_points(target)
        if target == "completed":
            points += self.milestone_ids._get_concealed_blockers()
        running = [("state", "in", RUNNING)]
        ending = target in ("completed", "terminated")
        acceptances = ending and self._find_standing("outsourcing.acceptance", running)
        if acceptances:
            sentence = self.env._(
                "%(contract)s: acceptances are under way (%(names)s). Accept or reject them first.",
                contract=self.display_name,
                names=join_names(self.env, acceptances[:5].mapped("name")),
            )
            points.append(MissingPoint(sentence, action=self._get_shown_action(acceptances)))
        return points
