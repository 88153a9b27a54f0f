from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import join_clauses, labelled
from ..workflow.trade_time import trade_today


class OutsourcingContract(models.Model):
    """A suspension without fee: the payment rows of its days are reduced, and both sides read why."""

    _inherit = "outsourcing.contract"

    fee_pause_note = fields.Text("Pause of the Fee", compute="_compute_fee_pause_note", compute_sudo=True)

    @api.depends("milestone_ids.days_paused", "milestone_ids.amount_paused")
    @api.depends_context("lang")
    def _compute_fee_pause_note(self):
        for contract in self:
            rows = contract.milestone_ids.filtered("days_paused")
            contract.fee_pause_note = "\n".join(
                labelled(self.env, row.name, row.pause_formula) for row in rows
            )

    def _suspend(self, reason, **vals):
        self._check_actor("suspended")
        date = vals.get("date_start") or trade_today(self)
        for contract in self.sudo():  # the actor was checked
            contract._check_suspension_start(date)
            if vals.get("pauses_fee"):
                contract._check_fee_may_pause(date)
        result = super()._suspend(reason, **vals)
        self.sudo()._follow_fee_pause()  # the actor was checked above
        return result

    def _end_suspensions(self):
        paused = self.filtered(lambda contract: contract._get_suspension().pauses_fee)
        result = super()._end_suspensions()
        paused._follow_fee_pause()
        return result

    def _after_resumption_corrected(self, suspension):
        super()._after_resumption_corrected(suspension)
        if suspension.pauses_fee:
            self._follow_fee_pause(suspension)

    def _check_fee_days(self, first, last):
        super()._check_fee_days(first, last)
        rows = self.milestone_ids.filtered(
            lambda row: (
                row.kind == "period"
                and row.date_accepted
                and row.date_end >= first
                and (not last or row.date_start < last)
            )
        )
        if rows:
            raise UserError(
                self.env._(
                    "%(row)s is accepted with the days as they stand. Have its acceptance withdrawn first, "
                    "or choose a day of resumption that leaves it as it is.",
                    row=rows[-1].display_name,
                )
            )

    def _check_suspension_start(self, date):
        """Raise UserError if a suspension from ``date`` on reaches into a former one or before the term."""
        self.ensure_one()
        earliest = max(filter(None, (self.date_start, *self.suspension_ids.mapped("date_resumed"))))
        if date < earliest:
            raise UserError(
                self.env._(
                    "%(contract)s: a suspension can begin on %(date)s at the earliest.",
                    contract=self.display_name,
                    date=earliest,
                )
            )

    def _check_fee_may_pause(self, date):
        """Raise UserError if a period from ``date`` on is accepted: that never changes silently."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(
            lambda row: row.kind == "period" and row.date_accepted and row.date_end >= date
        )
        if rows:
            raise UserError(
                self.env._(
                    "%(row)s is accepted already, its fee does not pause afterwards. Let the suspension "
                    "begin later or without a pause of the fee, or have the acceptance withdrawn first.",
                    row=rows[-1].display_name,
                )
            )

    def _follow_fee_pause(self, suspension=None):
        """Tell both sides which payment rows a pause of the fee reduces (in sudo).

        :param suspension: by default the last one without fee
        """
        for contract in self:
            pause = suspension or contract.suspension_ids.filtered("pauses_fee").sorted("date_start")[-1:]
            if not pause:
                continue
            reach = Domain("kind", "=", "period") & Domain("date_end", ">=", pause.date_start)
            rows = contract.milestone_ids.filtered_domain(reach)
            rows._follow_amount()
            contract._tell_fee_pause(pause, rows)

    def _tell_fee_pause(self, pause, rows):
        self.ensure_one()
        if pause.date_resumed:
            reduced = rows.filtered("days_paused")
            lines = [labelled(self.env, row.name, row.pause_formula) for row in reduced] or [
                self.env._("no payment row")
            ]
            body = self.env._("The pause of the fee has ended; it reduces: %s", join_clauses(self.env, lines))
        else:
            body = self.env._(
                "The fee pauses from %s until work is resumed; these days are not due.", pause.date_start
            )
        self.message_post(body=body, partner_ids=self.contractor_manager_id.ids)

    # ---- what comes next --------------------------------------------------------------------------------

    @api.depends("milestone_ids.amount_payable")
    def _compute_next_milestone(self):
        result = super()._compute_next_milestone()
        for contract in self:
            contract.next_milestone_amount = contract.next_milestone_id.amount_payable
        return result

    @api.model
    def _get_waiting_rows_domain(self):
        paused = self.env["outsourcing.contract.milestone"]._get_wholly_paused_domain()
        return super()._get_waiting_rows_domain() & ~paused
