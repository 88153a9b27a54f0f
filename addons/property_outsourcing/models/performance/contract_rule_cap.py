from typing import Any, NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import format_money
from ..catalogue.outsourcing_rule_mixin import ROW_BASES

COUNTED = ("confirmed", "appealed", "settled")


class Cap(NamedTuple):
    """One cap an adjustment counts against."""

    key: Any  # tells the caps of one step apart
    amount: float
    used: float  # by what has been confirmed
    scope: str  # of outsourcing.adjustment.cap_scope


class OutsourcingContractRule(models.Model):
    """The caps of a clause: what was confirmed under it, and what may still be.

    Every confirmation writes the row that carries the cap, so two at once conflict, the later one is run
    again and sees the former: no two pass a cap together.
    """

    _inherit = "outsourcing.contract.rule"

    amount_confirmed = fields.Float("Confirmed so far", digits=(16, 2), readonly=True, copy=False)

    def _consume_cap(self, adjustments):
        """Count adjustments that are confirmed in one step against the caps of this clause.

        :param adjustments: all of this clause that are confirmed together
        :raise UserError: the cap in total or that of a period would be exceeded
        """
        self.ensure_one()
        currency = self.currency_id
        total = currency.round(self.amount_confirmed + sum(adjustments.mapped("amount")))
        cap = self._get_total_cap()
        if cap and currency.compare_amounts(total, cap) > 0:
            raise UserError(
                self.env._(
                    "%(rule)s: the cap of %(cap)s would be exceeded.",
                    rule=self.name,
                    cap=format_money(self, cap),
                )
            )
        self._check_period_cap(adjustments)
        self._gated().write({"amount_confirmed": total})

    def _get_period_cap(self, milestone):
        """Return what one period, or one milestone, can cost under this clause; 0 where nothing caps it.

        :param milestone: the payment row a cap in percent is taken of
        """
        self.ensure_one()
        share = self._get_rate_cap(milestone) if self.basis in ROW_BASES else 0.0
        return min(filter(None, (self.cap_period, share)), default=0.0)

    def _get_total_cap(self):
        """Return what all cases of this clause can cost together; 0 where nothing caps them."""
        self.ensure_one()
        share = self._get_rate_cap() if self.basis == "percent_contract" else 0.0
        return min(filter(None, (self.cap_total, share)), default=0.0)

    def _get_rate_cap(self, milestone=None):
        if not self.cap_rate:
            return 0.0
        amount = self._get_basis_amount(milestone) * self.cap_rate / 100
        return self.currency_id.round(amount) if self.currency_id else amount

    def _get_confirmed_in_period(self, key):
        """Return what was confirmed under this clause in the period of ``key``."""
        counted = self.adjustment_ids.filtered(lambda a: a.state in COUNTED)
        return sum(a.amount for a in counted if self._get_period_key(a.milestone_id, a.date) == key)

    def _check_period_cap(self, adjustments):
        if not (self.cap_period or self.cap_rate):
            return
        counted = self.adjustment_ids.filtered(lambda a: a.state in COUNTED) | adjustments
        by_period = counted.grouped(lambda a: self._get_period_key(a.milestone_id, a.date))
        for key in {self._get_period_key(a.milestone_id, a.date) for a in adjustments}:
            cap = self._get_period_cap(by_period[key].milestone_id[:1])
            if cap and self.currency_id.compare_amounts(sum(by_period[key].mapped("amount")), cap) > 0:
                raise UserError(
                    self.env._(
                        "%(rule)s: the cap of %(cap)s per period would be exceeded.",
                        rule=self.name,
                        cap=format_money(self, cap),
                    )
                )

    def _release_cap(self, adjustments):
        """Give back what confirmed adjustments of this clause, now waived, have used of its cap."""
        self.ensure_one()
        rest = self.currency_id.round(self.amount_confirmed - sum(adjustments.mapped("amount")))
        self._gated().write({"amount_confirmed": max(rest, 0.0)})

    def _get_cap_notes(self, amount, period):
        """Return sentences about how much of the caps is used up, and whether ``amount`` still fits.

        :param period: the payment row of the period ``amount`` falls into, or none
        """
        self.ensure_one()
        notes, currency = [], self.contract_id.currency_id
        caps = self._get_caps(self.direction, period)
        total_cap = self._get_total_cap()
        if total_cap and self.amount_confirmed:
            notes.append(
                self.env._(
                    "%(confirmed)s of the cap of %(cap)s is used up by confirmed cases.",
                    confirmed=format_money(self.contract_id, self.amount_confirmed),
                    cap=format_money(self.contract_id, total_cap),
                )
            )
        notes += [
            self._get_passed_note(cap, period)
            for cap in caps
            if cap.scope != "clause" and currency.compare_amounts(cap.used + amount, cap.amount) > 0
        ]
        rest = min((cap.amount - cap.used for cap in caps), default=0.0)
        if 0 < rest < amount:
            notes.append(
                self.env._("It is confirmed with what is left: %s.", format_money(self.contract_id, rest))
            )
        return notes

    def _get_passed_note(self, cap, period):
        figures = {
            "cap": format_money(self.contract_id, cap.amount),
            "used": format_money(self.contract_id, cap.used),
        }
        if cap.scope == "contract":
            return self.env._(
                "Above the cap of %(cap)s on all penalties of the contract, of which %(used)s is used up.",
                **figures,
            )
        return self.env._(
            "Above the cap of %(cap)s on all penalties of %(period)s, of which %(used)s is used up.",
            period=period.display_name,
            **figures,
        )

    def _get_caps(self, direction, period):
        """Return the caps on all cases of this clause: list of :class:`Cap`.

        :param str direction: ``penalty`` or ``reward``; those of contract and period are on penalties alone
        :param period: the payment row of the period the case falls into, or none
        """
        self.ensure_one()
        contract, caps = self.contract_id, []
        if total_cap := self._get_total_cap():
            caps.append(Cap(self, total_cap, self.amount_confirmed, "clause"))
        if direction != "penalty" or self.outside_cap:
            return caps
        if period_cap := contract._get_period_penalty_cap(period):
            used = sum(contract._get_period_penalties(period).mapped("amount"))
            caps.append(Cap(period, period_cap, used, "period"))
        if contract_cap := contract._get_penalty_cap():
            caps.append(Cap(contract, contract_cap, contract.penalty_confirmed, "contract"))
        return caps
