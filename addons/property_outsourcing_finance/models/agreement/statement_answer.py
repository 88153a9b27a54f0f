from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day, act_time

from ..settlement.settlement_workflow import MANAGER

DISPUTE = "property_outsourcing_finance.activity_type_statement_dispute"
OPEN = ("submitted", "checked")  # handed in, and finance has not approved it


class OutsourcingSettlement(models.Model):
    """The contractor confirms or disputes what was handed in; a manager answers the dispute."""

    _inherit = "outsourcing.settlement"

    # ---- the contractor ---------------------------------------------------------------------------------

    def _portal_confirm_statement(self):
        """Confirm the figures as the contractor."""
        self._require_contractor()
        self._check_statement_open()
        self._stamp_statement("confirmed")
        for settlement in self.sudo():  # the party was checked
            settlement.message_post(body=self.env._("The contractor confirms the statement."))
        self.sudo().activity_unlink([DISPUTE])  # as above: no manager has to decide about silence any more

    def _portal_dispute_statement(self, reason, files=()):
        """Dispute the figures as the contractor.

        :param str reason: what is wrong, not empty
        :param files: ``ir.attachment`` (in sudo) that the caller has taken in for this settlement
        :raise AccessError: not the contractor
        :raise UserError: no reason, answered before, too late, or finance has approved it
        """
        self.ensure_one()
        self._require_contractor()
        self._check_statement_open()
        if not (reason or "").strip():
            raise UserError(self.env._("Write what is wrong with the statement, and which figure is right."))
        vals = dict.fromkeys(("dispute_answer", "dispute_answered_by_id", "date_dispute_answered"), False)
        links = [Command.link(file.id) for file in files]
        self._stamp_statement("disputed", statement_reason=reason.strip(), statement_file_ids=links, **vals)
        settlement = self.sudo()  # the party was checked
        settlement.message_post(body=self.env._("The contractor disputes the statement: %s", reason.strip()))
        settlement._ask_for_dispute_answer()

    def _may_answer_statement(self):
        """Return whether the contractor may answer the statement (in sudo) today."""
        self.ensure_one()
        try:
            self._check_statement_open()
        except UserError:
            return False
        return True

    def _check_statement_open(self):
        """Raise UserError unless the contractor may still answer the statements ``self``."""
        for settlement in self.sudo():  # the party was checked; states and days only
            if settlement.state not in OPEN:
                raise UserError(
                    self.env._(
                        "%(settlement)s is %(state)s: its statement can no longer be confirmed or disputed.",
                        settlement=settlement.name,
                        state=settlement._get_state_label(),
                    )
                )
            if settlement.statement_state not in ("waiting", "silent", "deemed"):
                raise UserError(self.env._("You have answered the statement %s already.", settlement.name))
            # without signal the day of the act counts, also where silence has been taken for consent since
            day = act_day(settlement, settlement.date_submitted)
            if settlement._silence() == "confirmed" and settlement.statement_deadline < day:
                raise UserError(
                    self.env._(
                        "%(settlement)s could be disputed until %(date)s; no answer counts as confirmed.",
                        settlement=settlement.name,
                        date=settlement.statement_deadline,
                    )
                )

    def _stamp_statement(self, state, **vals):
        for settlement in self._gated():  # who acts was checked
            settlement.write(
                {
                    "statement_state": state,
                    "date_stated": act_time(settlement, settlement.date_submitted),
                    "stated_by_id": self.env.uid,
                    **vals,
                }
            )

    def _ask_for_dispute_answer(self):
        self._schedule_event(
            DISPUTE,
            self.env._("Answer the contractor's dispute of the statement"),
            note=self.statement_reason,
            date_deadline=self.dispute_deadline,
            users=self._get_responsible_user(group=MANAGER),
        )

    # ---- the property company ---------------------------------------------------------------------------

    @api.model
    def _get_reasoned_steps(self):
        _ = self.env._
        return super()._get_reasoned_steps() | {
            "answer_dispute": (_("Answer the Dispute"), "_answer_dispute"),
            "decide_silence": (_("Decide without an Answer"), "_decide_silence"),
        }

    def action_answer_dispute(self):
        """Ask for the answer to the dispute: the figures stand. To change them, return the settlement."""
        self.ensure_one()
        self._check_may_decide("disputed")
        return self._open_reason_dialogue("answer_dispute")

    def _answer_dispute(self, reason):
        self.ensure_one()
        self._check_may_decide("disputed")
        self._decide_statement("answered", reason)

    def action_decide_silence(self):
        """Ask for the reason why the settlement goes on without the contractor's answer."""
        self.ensure_one()
        self._check_may_decide("silent")
        return self._open_reason_dialogue("decide_silence")

    def _decide_silence(self, reason):
        self.ensure_one()
        self._check_may_decide("silent")
        self._decide_statement("decided", reason)

    def _check_may_decide(self, state):
        self.check_access("read")
        self._require_group(MANAGER)
        if self.state not in OPEN or self.statement_state != state:
            raise UserError(self.env._("There is nothing to decide about the statement %s.", self.name))

    def _decide_statement(self, state, reason):
        self._gated().write(  # _check_may_decide has checked who acts
            {
                "statement_state": state,
                "dispute_answer": reason,
                "dispute_answered_by_id": self.env.uid,
                "date_dispute_answered": fields.Datetime.now(),
            }
        )
        self.activity_unlink([DISPUTE])
        # sudo: as above; the contractor reads the answer on the page of the settlement
        self.sudo().message_post(body=self.env._("Answer to the contractor's statement: %s", reason))

    # ---- the way of the settlement ----------------------------------------------------------------------

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "approved" and not self._is_system_actor():
            self._check_statements_agreed()

    def _check_statements_agreed(self):
        """Raise UserError naming all settlements that wait for the contractor or for our answer."""
        self._settle_silence()
        messages = [sentence for settlement in self if (sentence := settlement._get_statement_obstacle())]
        if messages:
            raise UserError("\n".join(messages))

    def _get_statement_obstacle(self):
        """Return in a sentence what of the statement keeps finance from approving, and how it ends."""
        self.ensure_one()
        values = {"settlement": self.display_name, "date": self.statement_deadline}
        if self.statement_state == "disputed":
            return self.env._(
                "%s is disputed by the contractor: a manager answers the dispute or returns the settlement "
                "before finance approves it.",
                self.display_name,
            )
        if self.statement_state == "silent":
            return self.env._(
                "%(settlement)s: the contractor has not answered by %(date)s; a manager decides before "
                "finance approves it.",
                **values,
            )
        if self.statement_state == "waiting" and self._silence() != "open":
            return self.env._("%(settlement)s waits for the contractor's answer until %(date)s.", **values)
        return ""

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "submitted":
            vals["statement_state"] = "waiting"
        elif target == "draft":
            vals["statement_state"] = "none"  # what was said to the former figures is kept
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("draft", "cancelled"):
            self.activity_unlink([DISPUTE])
