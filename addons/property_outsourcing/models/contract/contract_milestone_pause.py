from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import format_money, join_names


class OutsourcingContractMilestone(models.Model):
    """Days on which the fee of a period pauses: their share is not payable, and the row says why.

    The agreed amount stays; like the share a score takes off, the paused share is simply never accepted.
    """

    _inherit = "outsourcing.contract.milestone"

    days_paused = fields.Integer(
        "Paused Days",
        compute="_compute_pause",
        store=True,
        help="Days of the period in which the contract was suspended without fee. While the suspension is "
        "open it counts to the end of the period; the day of resumption is paid again.",
    )
    amount_paused = fields.Monetary("Not Due (paused)", compute="_compute_pause", store=True)
    amount_payable = fields.Monetary(
        "Payable",
        compute="_compute_pause",
        store=True,
        help="The agreed amount less the share of the days on which the fee pauses; no more is accepted.",
    )
    pause_formula = fields.Char(
        "Pause of the Fee",
        compute="_compute_pause_formula",
        compute_sudo=True,  # dates of the contract
    )
    progress = fields.Selection(selection_add=[("paused", "Fee paused")])

    @api.depends(
        "kind", "amount", "date_start", "date_end", "contract_id.kind",
        "contract_id.suspension_ids.pauses_fee", "contract_id.suspension_ids.date_start",
        "contract_id.suspension_ids.date_resumed",
    )  # fmt: skip
    def _compute_pause(self):
        for row in self:
            row.days_paused = sum((last - first).days + 1 for first, last in row._get_pauses())
            row.amount_paused = row._get_amount_paused() if row.days_paused else 0.0
            row.amount_payable = row.amount - row.amount_paused

    @api.depends("days_paused", "amount_paused")
    @api.depends_context("lang")
    def _compute_pause_formula(self):
        self.pause_formula = False
        for row in self.filtered("days_paused"):
            row.pause_formula = self.env._(
                "%(amount)s × %(days)s / %(period)s days = %(paused)s not due: the fee paused %(stretches)s",
                amount=format_money(row, row.amount),
                days=row.days_paused,
                period=row._get_days(),
                paused=format_money(row, row.amount_paused),
                stretches=join_names(self.env, [f"{first} – {last}" for first, last in row._get_pauses()]),
            )

    @api.depends("amount_payable", "days_paused")
    def _compute_progress(self):
        result = super()._compute_progress()
        for row in self.filtered("days_paused"):
            if row.progress in ("planned", "due") and row.currency_id.is_zero(row.amount_payable):
                row.progress = "paused"
        return result

    @api.model
    def _get_wholly_paused_domain(self):
        """Return the domain of the periods without any fee left: nothing is scored or accepted of them."""
        return Domain("days_paused", ">", 0) & Domain("amount_payable", "=", 0)

    def _get_pauses(self):
        """Return the stretches of this period without fee as a list of (first day, last day)."""
        self.ensure_one()
        contract, stretches = self.contract_id, []
        if self.kind != "period" or contract.kind == "repairs" or not (self.date_start and self.date_end):
            return stretches  # small repairs have no fee: what was ordered is paid
        for pause in contract.suspension_ids.filtered("pauses_fee").sorted("date_start"):
            first, last = max(self.date_start, pause.date_start), self.date_end
            if pause.date_resumed:
                last = min(last, pause.date_resumed - timedelta(days=1))
            if first <= last:
                stretches.append((first, last))
        return stretches

    def _get_days(self):
        self.ensure_one()
        return (self.date_end - self.date_start).days + 1

    def _get_amount_paused(self):
        self.ensure_one()
        return self.currency_id.round(self.amount * self.days_paused / self._get_days())

    def _check_acceptable(self, amount, date, source):
        super()._check_acceptable(amount, date, source)
        payable = self.currency_id.compare_amounts(amount, self.amount_payable) <= 0
        if not payable and not self._is_lowered_to(amount, source):
            raise UserError(
                self.env._(
                    "%(row)s: at most %(payable)s can be accepted (%(formula)s).",
                    row=self.display_name,
                    payable=format_money(self, self.amount_payable),
                    formula=self.pause_formula,
                )
            )
