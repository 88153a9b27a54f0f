from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import RUNNING_STATES
from ..workflow.gate import open_gate
from ..workflow.trade_time import trade_today


class _Day:
    """The day module code acts for. Compared by type: a client can send any value, never this object."""

    def __init__(self, date):
        self.date = date


class OutsourcingContract(models.Model):
    """Work goes on after a suspension, on the day it really did; fee days and clocks count by that day."""

    _inherit = "outsourcing.contract"

    def action_open_resumption(self):
        """Ask from which day on work goes on."""
        self.ensure_one()
        self._check_actor("active")
        self._check_suspended()
        action = self._get_step_wizard("outsourcing.contract.resume", self.env._("Resume"))
        action["context"].update(default_suspension_id=self._get_suspension().id)
        return action

    def action_resume(self):
        """Go on after a suspension, as of today."""
        self._resume()

    def _resume(self, date=None):
        """Go on after a suspension.

        :param date: the day work is resumed, today by default; its fee is due again
        :raise UserError: later than today, before the suspension, or a period from that day on is accepted
        """
        self._check_actor("active")
        self._check_suspended()
        day = date or trade_today(self)
        for contract in self.sudo():  # the actor was checked
            contract._get_suspension()._check_resumed_on(day)
        self._as_of(day)._transition_to("active")

    def _check_suspended(self):
        if any(contract.state != "suspended" for contract in self):
            raise UserError(self.env._("Only a suspended contract can be resumed."))

    def _as_of(self, date):
        """Return ``self`` with ``date`` as the day on which its suspensions end. For module code only."""
        return self.with_context(outsourcing_as_of=_Day(date))

    def _get_as_of(self):
        day = self.env.context.get("outsourcing_as_of")
        return day.date if isinstance(day, _Day) else trade_today(self)

    def _end_suspensions(self):
        """End the open suspensions (in sudo) on the day of :meth:`_as_of`. Hook: call super."""
        for row in self.suspension_ids.filtered(lambda row: not row.date_resumed):
            date = max(row.date_start, self._get_as_of())
            row._gated().write({"date_resumed": date, "resumed_by_id": self.env.uid})

    def _after_resumption_corrected(self, suspension):
        """Let what counts the days of ``suspension`` follow its corrected end (in sudo). Hook: call super."""

    def _check_fee_days(self, first, last):
        """Raise UserError if a pause of the fee may not change between two days. Hook: call super.

        :param last: the day after the last one that changes; None: to the end
        """


class OutsourcingContractSuspension(models.Model):
    """The day of resumption is entered with limits; a manager corrects it with a reason."""

    _inherit = "outsourcing.contract.suspension"

    correction_reason = fields.Text(readonly=True)
    corrected_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date_resumed_before = fields.Date("Resumed on, before", readonly=True, help="As it was entered first.")

    def action_correct(self):
        """Ask for the right day of resumption and why it was wrong."""
        self.ensure_one()
        self.contract_id._check_actor("active")
        self._check_correctable()
        action = self.contract_id._get_step_wizard(
            "outsourcing.contract.resume", self.env._("Correct the Day of Resumption")
        )
        action["context"].update(default_suspension_id=self.id, default_date=self.date_resumed)
        return action

    def _correct(self, date, reason):
        """Replace the day of resumption, with a reason; fee days and clocks follow.

        :param date: the day work was really resumed
        :param str reason: why it was entered otherwise
        """
        self.ensure_one()
        self.contract_id._check_actor("active")
        suspension = self.sudo()  # the actor was checked in the line above
        suspension._check_correctable()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the day of resumption is corrected."))
        suspension._check_resumed_on(date)
        before = suspension.date_resumed
        suspension._gated().write(
            {
                "date_resumed": date,
                "date_resumed_before": suspension.date_resumed_before or before,
                "correction_reason": reason.strip(),
                "corrected_by_id": self.env.uid,
            }
        )
        contract = suspension.contract_id
        contract.message_post(
            body=self.env._(
                "Day of resumption corrected from %(before)s to %(after)s: %(reason)s",
                before=before,
                after=date,
                reason=reason.strip(),
            )
        )
        contract._after_resumption_corrected(suspension)

    def _check_correctable(self):
        if not self.date_resumed:
            raise UserError(self.env._("This suspension is still open: resume the contract."))
        if self.contract_id.state not in RUNNING_STATES:
            raise UserError(
                self.env._(
                    "%(contract)s is %(state)s: its suspensions are no longer corrected.",
                    contract=self.contract_id.display_name,
                    state=self.contract_id._get_state_label(),
                )
            )

    def _check_resumed_on(self, date):
        """Raise UserError unless work may be said to have been resumed on ``date`` (in sudo)."""
        self.ensure_one()
        contract = self.contract_id
        later = contract.suspension_ids.filtered(
            lambda row: row != self and row.date_start >= (self.date_resumed or self.date_start)
        )
        latest = min([trade_today(self.contract_id), *later.mapped("date_start")])
        if not self.date_start <= date <= latest:
            raise UserError(
                self.env._(
                    "%(contract)s rests since %(start)s: it is resumed between that day and %(latest)s.",
                    contract=contract.display_name,
                    start=self.date_start,
                    latest=latest,
                )
            )
        if self.pauses_fee:
            days = sorted(filter(None, (date, self.date_resumed)))
            contract._check_fee_days(days[0], days[1] if len(days) > 1 else None)

    def _gated(self):
        """Return ``self`` in sudo with the gate open. For module code only, after the actor was checked."""
        return open_gate(self)
