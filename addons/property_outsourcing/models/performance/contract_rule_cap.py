from odoo import fields, models
from odoo.exceptions import UserError

COUNTED = ("confirmed", "appealed", "settled")


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
        if self.cap_total and currency.compare_amounts(total, self.cap_total) > 0:
            raise UserError(
                self.env._(
                    "%(rule)s: the cap of %(cap)s would be exceeded.", rule=self.name, cap=self.cap_total
                )
            )
        if self.cap_period:
            self._check_period_cap(adjustments)
        self._gated().write({"amount_confirmed": total})

    def _get_confirmed_in_period(self, key):
        """Return what was confirmed under this clause in the period of ``key``."""
        counted = self.adjustment_ids.filtered(lambda a: a.state in COUNTED)
        return sum(a.amount for a in counted if self._get_period_key(a.milestone_id, a.date) == key)

    def _check_period_cap(self, adjustments):
        counted = self.adjustment_ids.filtered(lambda a: a.state in COUNTED) | adjustments
        by_period = counted.grouped(lambda a: self._get_period_key(a.milestone_id, a.date))
        for key in {self._get_period_key(a.milestone_id, a.date) for a in adjustments}:
            if self.currency_id.compare_amounts(sum(by_period[key].mapped("amount")), self.cap_period) > 0:
                raise UserError(
                    self.env._(
                        "%(rule)s: the cap of %(cap)s per period would be exceeded.",
                        rule=self.name,
                        cap=self.cap_period,
                    )
                )

    def _release_cap(self, adjustments):
        """Give back what confirmed adjustments of this clause, now waived, have used of its cap."""
        self.ensure_one()
        rest = self.currency_id.round(self.amount_confirmed - sum(adjustments.mapped("amount")))
        self._gated().write({"amount_confirmed": max(rest, 0.0)})

    def _get_cap_notes(self, amount):
        """Return sentences about how much of the caps is used up, and whether ``amount`` still fits."""
        self.ensure_one()
        notes, contract = [], self.contract_id
        if self.cap_total and self.amount_confirmed:
            notes.append(
                self.env._(
                    "%(confirmed)s of the cap of %(cap)s is used up by confirmed cases.",
                    confirmed=f"{self.amount_confirmed:,.2f}",
                    cap=f"{self.cap_total:,.2f}",
                )
            )
        if self.direction == "penalty" and contract.penalty_cap:
            used, cap = contract.penalty_confirmed, contract.penalty_cap
            if contract.currency_id.compare_amounts(used + amount, cap) > 0:
                notes.append(
                    self.env._(
                        "Above the cap of %(cap)s on all penalties of the contract, of which %(used)s is "
                        "used up.",
                        cap=f"{cap:,.2f}",
                        used=f"{used:,.2f}",
                    )
                )
        rests = [cap - used for _key, cap, used in self._get_caps(self.direction)]
        rest = min(rests, default=0.0)
        if 0 < rest < amount:
            notes.append(self.env._("It is confirmed with what is left: %s.", f"{rest:,.2f}"))
        return notes

    def _get_caps(self, direction):
        """Return the caps on all cases of this clause: list of (record that counts, cap, what is used of it).

        :param str direction: ``penalty`` or ``reward``; the contract's cap is on penalties alone
        """
        self.ensure_one()
        contract, caps = self.contract_id, []
        if self.cap_total:
            caps.append((self, self.cap_total, self.amount_confirmed))
        if direction == "penalty" and contract.penalty_cap:
            caps.append((contract, contract.penalty_cap, contract.penalty_confirmed))
        return caps
