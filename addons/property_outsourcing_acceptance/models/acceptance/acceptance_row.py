from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingAcceptance(models.Model):
    """The payment row an acceptance is about: it must still take the amount, and the document follows it."""

    _inherit = "outsourcing.acceptance"

    # ---- vetoes -----------------------------------------------------------------------------------------

    def _check_row_acceptable(self):
        """Raise UserError if the rows could not take what these acceptances (in sudo) would accept today."""
        today = trade_today(self)
        for acceptance in self:
            total = acceptance._get_amount_elsewhere() + acceptance.amount_accepted
            acceptance.milestone_id._check_acceptable(total, today, acceptance)

    def _check_may_withdraw(self):
        """Raise UserError if the rows may not fall to what the other acceptances prove."""
        for acceptance in self:
            rest = acceptance._get_amount_elsewhere()
            acceptance.milestone_id._check_acceptable(rest, False, None)

    def _get_amount_elsewhere(self):
        """Return what other acceptances have accepted of the same row."""
        self.ensure_one()
        others = (self.milestone_id.acceptance_ids - self).filtered(lambda a: a.state == "accepted")
        return sum(others.mapped("amount_accepted"))

    # ---- following --------------------------------------------------------------------------------------

    def _follow_row(self):
        """Follow what the payment rows are worth now; nothing waits for a row that takes nothing more.

        Called in sudo for acceptances under way, by :meth:`milestone._follow_amount`.
        """
        ended = self.filtered(lambda acceptance: acceptance._get_ended_reason())
        for acceptance in ended:
            acceptance._gated().write({"decision": acceptance._get_ended_reason()})
        if ended:
            ended._as_system()._transition_to("rejected")
        (self - ended)._follow_claim()

    def _get_ended_reason(self):
        """Return the sentence why nothing is left of the row to be accepted, or False."""
        self.ensure_one()
        row = self.milestone_id
        if reason := row._get_closed_reason(self):
            return reason
        # a month whose fee pauses may get it back; a milestone reduced to what is accepted stays so
        if self.method == "levels" and row.currency_id.compare_amounts(self._get_rest(), 0.0) <= 0:
            return self.env._("%s: an amendment has left nothing more to be accepted.", row.display_name)
        return False

    def _get_rest(self):
        return self.milestone_id.amount_payable - self.milestone_id.amount_accepted

    def _follow_claim(self):
        bodies = {}
        for acceptance in self:
            claimed, rest = acceptance.amount_claimed, acceptance._get_rest()
            # a month is worth its fee; of a milestone no more is claimed than the contractor did
            amount = rest if acceptance.method == "score" else min(claimed, rest)
            if not acceptance.currency_id.compare_amounts(claimed, amount):
                continue
            found = min(acceptance.amount_property, amount)
            acceptance._gated().write({"amount_claimed": amount, "amount_property": found})
            bodies[acceptance.id] = acceptance._get_claim_message(claimed)
        self._message_log_batch(bodies=bodies)

    def _get_claim_message(self, before):
        self.ensure_one()
        return self.env._(
            "Claimed %(before)s → %(after)s: that is what can still be accepted of the payment row. %(why)s",
            before=format_money(self, before),
            after=format_money(self, self.amount_claimed),
            why=self.milestone_id.pause_formula or "",
        ).strip()
