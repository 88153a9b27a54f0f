from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..workflow.gate import open_gate
from ..workflow.trade_time import trade_today

# target -> states from which a firm may come
STATE_TRANSITIONS = {
    False: ("candidate",),
    "candidate": (False, "blacklisted"),
    "qualified": ("candidate", "qualified", "suspended"),
    "suspended": ("qualified",),
    "blacklisted": ("candidate", "qualified", "suspended"),
}


class ResPartner(models.Model):
    """The steps from candidate to qualified, suspended, blacklisted; who decided, why and until when."""

    _inherit = "res.partner"

    outsourcing_history_ids = fields.One2many(
        "outsourcing.contractor.history",
        "partner_id",
        string="Status history",
        groups="base.group_user",
    )

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
