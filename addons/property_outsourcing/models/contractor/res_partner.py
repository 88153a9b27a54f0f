from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..workflow.gate import is_gate_open, open_gate
from ..workflow.trade_time import trade_today

STATE_FIELDS = (
    "outsourcing_state",
    "outsourcing_state_until",
    "outsourcing_state_reason",
    "outsourcing_sanction_company_ids",
)
# target -> states from which a firm may come
STATE_TRANSITIONS = {
    False: ("candidate",),
    "candidate": (False, "blacklisted"),
    "qualified": ("candidate", "qualified", "suspended"),
    "suspended": ("qualified",),
    "blacklisted": ("candidate", "qualified", "suspended"),
}


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "outsourcing.batch.mixin", "outsourcing.in.use.mixin"]

    outsourcing_state = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("qualified", "Qualified"),
            ("suspended", "Suspended"),
            ("blacklisted", "Blacklisted"),
        ],
        string="Contractor status",
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Candidate: known, not yet admitted. Qualified: may be chosen and dispatched. "
        "Suspended: keeps its contracts, gets no new work. "
        "Blacklisted: never again, and not paid before a manager decides.",
    )
    outsourcing_state_until = fields.Date(
        string="Status until",
        copy=False,
        tracking=True,
        help="Last day of the present status: a suspension ends by itself after it, a qualification lapses.",
    )
    outsourcing_state_reason = fields.Char(
        string="Reason of the status", copy=False, readonly=True, groups="base.group_user"
    )
    outsourcing_service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        "outsourcing_partner_service_type_rel",
        "partner_id",
        "service_type_id",
        string="Outsourced services",
        help="What the firm does for us; it decides which documents are asked for.",
        copy=False,  # who duplicates a contact need not read service types
    )
    outsourcing_document_ids = fields.One2many(
        "outsourcing.document", "partner_id", string="Compliance documents"
    )
    outsourcing_certificate_ids = fields.One2many(
        "outsourcing.document", "person_id", string="Certificates of the person"
    )
    outsourcing_performer_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="People of the contractor",
        domain=[("type", "=", "contact"), ("is_company", "=", False)],
    )
    outsourcing_history_ids = fields.One2many(
        "outsourcing.contractor.history",
        "partner_id",
        string="Status history",
        groups="base.group_user",
    )
    outsourcing_document_count = fields.Integer(
        string="Documents", compute="_compute_outsourcing_document_counts"
    )
    outsourcing_unverified_count = fields.Integer(
        string="Documents to verify", compute="_compute_outsourcing_document_counts"
    )
    outsourcing_expiring_count = fields.Integer(
        string="Expiring documents", compute="_compute_outsourcing_document_counts"
    )
    outsourcing_expired_count = fields.Integer(
        string="Expired documents", compute="_compute_outsourcing_document_counts"
    )

    def _compute_outsourcing_document_counts(self):
        current = [("partner_id", "in", self.ids), ("is_superseded", "=", False)]
        for name, states in {
            "outsourcing_document_count": (),
            "outsourcing_unverified_count": ("unverified",),
            "outsourcing_expiring_count": ("expiring",),
            "outsourcing_expired_count": ("expired",),
        }.items():
            domain = current + ([("state", "in", states)] if states else [])
            groups = self.env["outsourcing.document"]._read_group(domain, ["partner_id"], ["__count"])
            counts = dict(groups)
            for partner in self:
                partner[name] = counts.get(partner._origin, 0)

    @api.constrains("outsourcing_state")
    def _check_outsourcing_state(self):
        named = [("representative_ids", "in", self.filtered("outsourcing_state").ids)]
        # sudo: whose owners a contact represents decides, whoever registers it
        community = self.env["outsourcing.community"].sudo().search(named, limit=1)
        if community:
            owner = community.representative_ids & self
            raise ValidationError(
                self.env._(
                    "%(person)s represents the owners of %(community)s and cannot be a contractor.",
                    person=owner[0].name,
                    community=community.name,
                )
            )
        for partner in self:
            if partner.outsourcing_state and partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(firm)s: the status belongs to the firm.",
                        contact=partner.name,
                        firm=partner.commercial_partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("default_outsourcing_state"):
            # the default is meant for the firm, not for the people created together with it
            vals_list = [
                {"outsourcing_state": False, "is_company": False, **vals} if vals.get("parent_id") else vals
                for vals in vals_list
            ]
        partners = super().create(vals_list)
        if not is_gate_open(self) and any(
            partner.outsourcing_state not in (False, "candidate")
            or partner.outsourcing_state_until
            # whoever created it: nobody may have set it
            or partner.sudo().outsourcing_state_reason
            or partner.sudo().outsourcing_sanction_company_ids
            for partner in partners
        ):
            raise ValidationError(self.env._("A new contractor always starts as a candidate."))
        partners.filtered("outsourcing_state")._record_outsourcing_history({})
        return partners

    def write(self, vals):
        if not is_gate_open(self):
            self._check_outsourcing_state_untouched(vals)
        return super().write(vals)

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_outsourcing_register(self):
        """Take firms that are plain contacts into the list of contractors, as candidates."""
        self._set_outsourcing_state("candidate")

    def action_outsourcing_unregister(self):
        """Take candidates that were registered by mistake out of the list of contractors."""
        self._set_outsourcing_state(False)

    def action_outsourcing_qualify(self):
        """Ask for the reason and the period, then qualify the contractors."""
        return self._get_outsourcing_state_wizard("qualified")

    def action_outsourcing_suspend(self):
        """Ask for the reason and the period, then suspend the contractors."""
        return self._get_outsourcing_state_wizard("suspended")

    def action_outsourcing_blacklist(self):
        """Ask for the reason, then blacklist the contractors."""
        return self._get_outsourcing_state_wizard("blacklisted")

    def action_outsourcing_reinstate(self):
        """Ask for the reason, then end a suspension, or make a blacklisted firm a candidate again."""
        targets = {"suspended": "qualified", "blacklisted": "candidate"}
        states = set(self.mapped("outsourcing_state"))
        if len(states) != 1 or not states <= set(targets):
            raise UserError(self.env._("Only suspended or blacklisted contractors can be reinstated."))
        return self._get_outsourcing_state_wizard(targets[states.pop()])

    def action_outsourcing_view_documents(self):
        """Open the documents of the contractor, of its people and for its contracts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_document_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    def action_outsourcing_view_compliance(self):
        """Open what is asked of the contractor and what of it is on file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_compliance_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "views": [(False, view) for view in ("list", "kanban", "pivot", "graph")],
            "context": {"search_default_standing": 1},
        }

    # ---- status -----------------------------------------------------------------------------------------

    def _set_outsourcing_state(self, target, reason=None, date_until=None):
        """Give the contractors ``self`` the status ``target`` and keep who, why and until when.

        :raise AccessError: the user is not a manager
        :raise UserError: the status cannot follow the present one, or its reason is missing
        """
        self.check_access("write")
        if self.env.user._is_superuser() or not self.env.user.has_group(
            "property_outsourcing.group_outsourcing_manager"
        ):
            raise AccessError(
                self.env._("Only an outsourcing manager decides on the status of a contractor.")
            )
        if target in ("suspended", "blacklisted") and not (reason or "").strip():
            raise UserError(self.env._("Please give the reason: the contractor has a right to know it."))
        if date_until and date_until < trade_today(self):
            raise UserError(self.env._("The last day of the status has already passed."))
        self._apply_outsourcing_state(target, reason, date_until)

    def _apply_outsourcing_state(self, target, reason=None, date_until=None, scheduled=False):
        """Write the status after the actor was checked, or (``scheduled``) when a term has run out."""
        self._check_outsourcing_transition(target, scheduled)
        self._write_outsourcing_state(target, reason, date_until, scheduled)

    def _check_outsourcing_transition(self, target, scheduled=False):
        """Raise UserError if the status ``target`` cannot follow the present one. Hook."""
        for partner in self:
            if partner.outsourcing_state not in STATE_TRANSITIONS[target]:
                raise UserError(
                    self.env._(
                        "%(contractor)s is %(state)s and cannot become %(target)s.",
                        contractor=partner.display_name,
                        state=partner._get_outsourcing_state_label(partner.outsourcing_state),
                        target=partner._get_outsourcing_state_label(target),
                    )
                )

    def _write_outsourcing_state(self, target, reason=None, date_until=None, scheduled=False):
        """Write the status and keep it on record, all checks done. Hook."""
        former = {partner: partner.outsourcing_state for partner in self}
        gated = open_gate(self)  # the actor was checked by the caller
        gated.write(
            {
                "outsourcing_state": target,
                "outsourcing_state_until": date_until or False,
                "outsourcing_state_reason": reason or False,
            }
        )
        self._record_outsourcing_history(former, scheduled)
        if reason:
            body = Markup("<p>%s</p>") % reason
            partners = self.sudo()  # the note only
            partners._message_log_batch(dict.fromkeys(partners.ids, body))

    def _record_outsourcing_history(self, former, scheduled=False):
        """Keep who gave ``self`` its present status, when, why and until when.

        :param dict former: the status of each partner before
        :param bool scheduled: nobody decided, a term has run out
        """
        open_gate(self.env["outsourcing.contractor.history"]).create(
            [
                {
                    "partner_id": partner.id,
                    "state_from": former.get(partner) or "none",
                    "state_to": partner.outsourcing_state or "none",
                    "date": fields.Datetime.now(),
                    "date_until": partner.outsourcing_state_until,
                    "reason": partner.outsourcing_state_reason,
                    "decided_by_id": False if scheduled else self.env.uid,
                    "decided_for_id": False if scheduled else self.env.company.root_id.id,
                }
                for partner in self.sudo()  # the actor was checked by the caller
            ]
        )

    @api.model
    def _cron_end_outsourcing_suspensions(self):
        """Qualify contractors again whose suspension has run out; a blacklisted one becomes a candidate."""
        today = trade_today(self)
        lapsed = Domain("outsourcing_state", "in", ("suspended", "blacklisted"))
        lapsed &= Domain("outsourcing_state_until", "<", today)
        # an archived firm is suspended no longer either
        firms = self.with_context(active_test=False).search(lapsed)
        firms._run_in_batches("_process_lapsed_states", domain=lapsed)

    def _process_lapsed_states(self):
        """Give the firms ``self`` the status that follows the one which has run out."""
        self.filtered(lambda p: p.outsourcing_state == "suspended")._apply_outsourcing_state(
            "qualified", self.env._("The suspension has run out."), scheduled=True
        )
        self.filtered(lambda p: p.outsourcing_state == "blacklisted")._apply_outsourcing_state(
            "candidate",
            self.env._("The blacklisting has run out; the firm has to be qualified again."),
            scheduled=True,
        )

    def _is_of_outsourcing(self):
        return bool(self.commercial_partner_id.outsourcing_state)

    def _get_event_company(self):
        return self.company_id or self.env.company

    def _get_outsourcing_state_wizard(self, target):
        wizard = self.env["outsourcing.contractor.status"].create(
            {"partner_ids": [Command.set(self.ids)], "target": target}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contractor status"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _get_outsourcing_state_label(self, state):
        labels = dict(self._fields["outsourcing_state"]._description_selection(self.env))
        return labels.get(state) or self.env._("Not a contractor")

    def _check_outsourcing_state_untouched(self, vals):
        """Raise UserError if ``vals`` would change the status past its buttons."""
        names = set(STATE_FIELDS) & set(vals)
        partners_sudo = self.sudo()  # compares only
        if names and any(names & partner._get_changed_fields(vals) for partner in partners_sudo):
            raise UserError(self.env._("The status of a contractor changes only through its buttons."))

    def _get_changed_fields(self, vals):
        """Return the names in ``vals`` that say something else than is there; commands always do."""
        self.ensure_one()
        return {
            name
            for name, value in vals.items()
            if name in self._fields and self._is_other_value(self._fields[name], value)
        }

    def _is_other_value(self, field, value):
        if field.type in ("one2many", "many2many"):
            return bool(value)
        cached = field.convert_to_cache(value, self, validate=False)
        return (self[field.name] or False) != (field.convert_to_record(cached, self) or False)
