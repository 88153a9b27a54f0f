from odoo import fields, models
from odoo.exceptions import UserError

from .fapiao_workflow import CHECK, FINANCE
from .outsourcing_fapiao import LIVE


class OutsourcingFapiao(models.Model):
    """A fapiao that was voided or reversed by a red one no longer counts; another one takes its place."""

    _inherit = "outsourcing.fapiao"

    def action_reverse(self):
        """Ask for the number of the red fapiao and the reason; the contractor hands in another one."""
        self.ensure_one()
        return self._ask_reason("reverse", "reversed")

    def _reverse(self, reason):
        self.ensure_one()
        bill = self.sudo().settlement_id.bill_id  # of its own settlement; the transition checks who acts
        self._transition_to("reversed")
        self._gated().write({"reverse_reason": reason})  # as above
        if bill.outsourcing_fapiao_number == self.number:
            self._take_off_bill(bill)

    def _take_off_bill(self, bill):
        """Take the number off the bill (in sudo), and put that of the next checked fapiao there."""
        bill.outsourcing_fapiao_number = False
        bill.message_post(
            body=self.env._("The fapiao %s was reversed; another one takes its place.", self.number),
            subtype_xmlid="mail.mt_note",
        )
        others = self.settlement_id.fapiao_ids.filtered(lambda row: row.state in ("verified", "linked"))
        if others:
            bill.outsourcing_fapiao_number = others[-1].sudo().number  # finance acts

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "reversed":
            vals.update(reversed_by_id=self.env.uid, date_reversed=fields.Datetime.now())
        return vals

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "rejected":
            self._check_not_called_red()

    def _check_not_called_red(self):
        """Raise UserError where a number would come free again that a red fapiao has reversed."""
        for fapiao in self.filtered("red_reason"):
            raise UserError(
                self.env._(
                    "%s: the contractor has reversed it: press Reversed, or Still Counts if that is not so.",
                    fapiao.number,
                )
            )

    # ---- it was a mistake -------------------------------------------------------------------------------

    def action_restore(self):
        """Ask why the fapiao counts all the same: it was voided, or called red, by mistake."""
        self.ensure_one()
        self._check_restorable()
        return self._open_reason_dialogue("restore")

    def _restore(self, reason):
        self.ensure_one()
        self._check_restorable()
        fapiao = self.sudo()  # finance was checked
        said = fapiao.reverse_reason or fapiao.red_reason
        if fapiao.state == "reversed":
            self._transition_to("received")
            fapiao._ask_for_check()
        else:
            fapiao.activity_unlink([CHECK])
        fapiao._gated().write(
            dict.fromkeys(("red_reason", "reverse_reason", "reversed_by_id", "date_reversed"), False)
        )
        body = self.env._("It still counts: %(reason)s Before, it said: %(said)s", reason=reason, said=said)
        fapiao.message_post(body=body, subtype_xmlid="mail.mt_note")

    def _check_restorable(self):
        """Raise unless finance acts, and somebody has reversed the fapiao or called it red."""
        self.ensure_one()
        self._check_actor("received")
        if self.state != "reversed" and not (self.red_reason and self.state in LIVE):
            raise UserError(self.env._("Nobody has reversed the fapiao %s.", self.number))
        self._check_not_on_another_bill()
        # sudo: finance was checked; the number on the bill of its own settlement
        if typed := self.sudo().settlement_id._get_typed_fapiao():
            raise UserError(
                self.env._("The fapiao %s stands on the bill in its place: take it off first.", typed)
            )

    # ---- the contractor ---------------------------------------------------------------------------------

    def _portal_report_red(self, reason):
        """Say as the contractor that the fapiao was voided or reversed by a red one.

        Nobody has relied on what is not checked yet: it is reversed at once. Of the others finance decides.

        :param str reason: number of the red fapiao and why, not empty
        """
        self.ensure_one()
        # sudo: which settlement it belongs to, whose party is checked
        self.sudo().settlement_id.with_env(self.env)._require_contractor()
        fapiao = self.sudo()  # the party was checked
        if fapiao.state not in LIVE:
            raise UserError(self.env._("The fapiao %s no longer counts.", fapiao.number))
        if fapiao.red_reason:
            raise UserError(
                self.env._("Finance already knows that the fapiao %s was reversed.", fapiao.number)
            )
        if not reason:
            raise UserError(self.env._("Write the number of the red fapiao, or why it was voided."))
        fapiao._gated().write({"red_reason": reason})
        if fapiao.state == "received":
            fapiao._as_system()._transition_to("reversed")
            fapiao._gated().write({"reverse_reason": reason})
            return
        fapiao._schedule_event(
            CHECK,
            self.env._("The contractor has reversed the fapiao %s", fapiao.number),
            note=reason,
            users=fapiao._get_responsible_user(group=FINANCE),
        )
