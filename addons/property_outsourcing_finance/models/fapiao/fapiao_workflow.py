from odoo import api, fields, models
from odoo.exceptions import UserError

from ..settlement.settlement_workflow import FINANCE

CHECK = "property_outsourcing_finance.activity_type_fapiao_check"


class OutsourcingFapiao(models.Model):
    """Finance checks each fapiao on the tax bureau's site and says so; then it stands on the bill."""

    _inherit = "outsourcing.fapiao"

    _frozen_fields = {
        "received": ("settlement_id",),
        "verified": ("*",),
        "linked": ("*",),
        "rejected": ("*",),
        "reversed": ("*",),
    }

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "verified": ("received",),
            "linked": ("verified",),
            "rejected": ("received", "verified"),
            "reversed": ("received", "verified", "linked"),
            "received": ("reversed",),  # by mistake
        }

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "reject": (self.env._("Reject the Fapiao"), "_reject"),
            "reverse": (self.env._("Reverse the Fapiao"), "_reverse"),
            "restore": (self.env._("The Fapiao Still Counts"), "_restore"),
        }

    def action_verify(self):
        """Record that the fapiao was found right on the tax bureau's site."""
        self._transition_to("verified")

    def action_reject(self):
        """Ask what is wrong with the fapiao; its number may be handed in again."""
        self.ensure_one()
        self._check_not_called_red()
        return self._ask_reason("reject", "rejected")

    def _reject(self, reason):
        self.ensure_one()
        self._transition_to("rejected")
        self._gated().write({"reject_reason": reason})  # the transition has checked who acts

    def _check_actor(self, target):
        super()._check_actor(target)
        if not self._is_system_actor():
            self._require_group(FINANCE)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "verified" and any(not fapiao.attachment_ids for fapiao in self):
            raise UserError(self.env._("Attach the file of the fapiao before it counts as checked."))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "verified":
            vals.update(verified_by_id=self.env.uid, date_verified=fields.Datetime.now())
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("verified", "rejected", "reversed"):
            self.activity_unlink([CHECK])
        if target == "verified":
            self._write_on_bills()

    def _write_on_bills(self):
        """Write the numbers of checked fapiao (in sudo) on the bills that have none yet."""
        written = self.browse()
        for settlement in self.settlement_id:
            bill = settlement.bill_id
            own = self.filtered(lambda f, s=settlement: f.settlement_id == s and f.state == "verified")
            if not bill or bill.state == "cancel":
                continue
            if not bill.outsourcing_fapiao_number and own:
                bill.outsourcing_fapiao_number = own[0].number
            written |= own
        written._as_system()._transition_to("linked")

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.settlement_id.approved_by_id

    def _ask_for_check(self):
        """Ask somebody of finance to check what was handed in."""
        people = self._map_responsible_users(group=FINANCE)
        summary = self.env._("Check the fapiao")
        self._schedule_events(
            CHECK, {fapiao: {"summary": summary, "users": people[fapiao]} for fapiao in self}
        )
