from odoo import api, fields, models
from odoo.tools import float_round

from ...tools import format_money
from ..workflow.trade_time import trade_day, trade_today


class OutsourcingAdjustment(models.Model):
    """What a penalty or reward still waits for before it may reach a bill, and what comes of waiting."""

    _inherit = "outsourcing.adjustment"

    def _is_final(self):
        """Return whether nobody can object any more, so that the adjustment may reach a bill."""
        self.ensure_one()
        if self.state != "confirmed":
            return False
        deadline = self.appeal_deadline
        over = deadline and deadline < trade_today(self)
        return bool(self.is_acknowledged or self.appeal_date or over)

    def _is_pending_penalty(self):
        """Return whether this is a penalty that somebody may still decide otherwise."""
        self.ensure_one()
        waiting = self.state in ("proposed", "confirmed", "appealed") and not self._is_final()
        return waiting and self.direction == "penalty"

    def _get_amount_to_hold(self):
        """Return what to hold back for this penalty, in the tax basis of the contract's payment rows.

        A little more than its amount where retention is kept: of what is held back, too, a share is retained
        when it is settled, and the deduction has to fit into the rest.
        """
        self.ensure_one()
        contract, amount = self.contract_id, self.amount
        if contract.tax_included and self.tax_basis == "net":
            amount *= 1 + contract.tax_rate / 100
        elif not contract.tax_included and self.tax_basis == "gross":
            amount /= 1 + contract.tax_rate / 100
        amount /= 1 - contract.retention_rate / 100
        currency = contract.currency_id
        return float_round(amount, precision_rounding=currency.rounding or 0.01, rounding_method="UP")

    def _get_pending_sentence(self):
        """Return what the adjustment waits for: what has to happen, by whom and by when."""
        self.ensure_one()
        details = {
            "name": self.name,
            "amount": format_money(self, self.amount),
        }
        if self.state == "confirmed":
            return self.env._(
                "%(name)s (%(amount)s) can be appealed by the contractor until %(date)s.",
                **details,
                date=self.appeal_deadline,
            )
        details["who"] = self._get_deciders()[self].name or self.env._("a manager")
        if self.state == "appealed":
            return self.env._(
                "%(who)s answers the appeal against %(name)s (%(amount)s) by %(date)s; "
                "unanswered it is dropped.",
                **details,
                date=self.answer_deadline,
            )
        return self.env._(
            "%(who)s decides %(name)s (%(amount)s) by %(date)s.", **details, date=self._get_decision_date()
        )

    def _get_decision_date(self):
        """Return the last day on which a proposal is to be decided."""
        self.ensure_one()
        day = trade_day(self, self.create_date or fields.Datetime.now())
        days = self.company_id.outsourcing_proposal_days or self.contract_id.answer_days
        return fields.Date.add(day, days=days)

    # ---- silence ----------------------------------------------------------------------------------------

    @api.model
    def _cron_drop_undecided(self):
        """Drop proposals nobody has decided in the days the company has set: silence has an outcome."""
        proposals = self.search([("state", "=", "proposed")])
        late = proposals.filtered(
            lambda proposal: (
                proposal.company_id.outsourcing_proposal_days
                and proposal._get_decision_date() < trade_today(proposal)
            )
        )
        late._run_in_batches("_process_undecided", domain=[("state", "=", "proposed")])

    def _process_undecided(self):
        self._gated().write({"decision": self.env._("Dropped: nobody decided about the proposal in time.")})
        self._as_system()._transition_to("waived")
