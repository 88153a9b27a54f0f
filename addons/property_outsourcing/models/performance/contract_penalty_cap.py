from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import format_money
from .contract_rule_cap import COUNTED


class OutsourcingContract(models.Model):
    """The caps on all penalties of a contract and of one period, whatever clauses they rest on.

    Confirming writes this row, so two clauses confirmed in the same second conflict: the later one is run
    again and sees the former.
    """

    _inherit = "outsourcing.contract"

    penalty_confirmed = fields.Monetary("Penalties confirmed so far", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"penalty_confirmed"}

    def _get_penalty_cap(self):
        """Return what all penalties together can cost: the lower of amount and share; 0: no cap."""
        self.ensure_one()
        share = self.currency_id.round(self.amount_total * self.penalty_cap_rate / 100)
        return min(filter(None, (self.penalty_cap, share)), default=0.0)

    def _get_period_penalty_cap(self, period):
        """Return what all penalties of one settlement period together can cost; 0: no cap.

        :param period: a payment row; milestones of works and months of small repairs have no such cap
        """
        self.ensure_one()
        if period.kind != "period" or self.kind != "service":
            return 0.0
        return self.currency_id.round(period.amount * self.period_penalty_cap_rate / 100)

    def _get_period_penalties(self, period):
        """Return what has been confirmed against the cap of ``period``."""
        self.ensure_one()
        counted = self.sudo().adjustment_ids.filtered(lambda a: a.state in COUNTED)  # sums, whoever asks
        return self._get_capped_penalties(counted).filtered(lambda a: a._get_penalty_period() == period)

    @api.model
    def _get_capped_penalties(self, adjustments):
        return adjustments.filtered(lambda a: a.direction == "penalty" and not a.rule_id.outside_cap)

    def _consume_penalty_cap(self, adjustments):
        """Count adjustments that are confirmed in one step against the cap of this contract.

        :param adjustments: all of this contract that are confirmed together; rewards do not count
        :raise UserError: the cap would be exceeded
        """
        self.ensure_one()
        penalties = self._get_capped_penalties(adjustments)
        if not penalties:
            return
        total = self.currency_id.round(self.penalty_confirmed + sum(penalties.mapped("amount")))
        cap = self._get_penalty_cap()
        if cap and self.currency_id.compare_amounts(total, cap) > 0:
            raise UserError(
                self.env._(
                    "%(contract)s: the cap of %(cap)s on all penalties would be exceeded.",
                    contract=self.display_name,
                    cap=format_money(self, cap),
                )
            )
        self._check_period_penalty_caps(penalties)
        self._gated().write({"penalty_confirmed": total})

    def _check_period_penalty_caps(self, penalties):
        """Raise UserError if ``penalties``, which are being confirmed, pass the cap of their period."""
        for period, confirmed in penalties.grouped(lambda a: a._get_penalty_period()).items():
            cap = self._get_period_penalty_cap(period)
            if not cap:
                continue
            known = self._get_period_penalties(period)
            total = sum((known | confirmed).mapped("amount"))
            if self.currency_id.compare_amounts(total, cap) > 0:
                raise UserError(
                    self.env._(
                        "%(contract)s: the cap of %(cap)s on all penalties of %(period)s (%(rate)s of its "
                        "fee) would be exceeded; %(used)s of it is used up.",
                        contract=self.display_name,
                        period=period.display_name,
                        cap=format_money(self, cap),
                        rate=self._get_print_rate(self.period_penalty_cap_rate),
                        used=format_money(self, sum(known.mapped("amount"))),
                    )
                )

    def _release_penalty_cap(self, adjustments):
        """Give back what confirmed penalties of this contract, now waived, have used of its cap."""
        self.ensure_one()
        penalties = self._get_capped_penalties(adjustments)
        rest = self.currency_id.round(self.penalty_confirmed - sum(penalties.mapped("amount")))
        self._gated().write({"penalty_confirmed": max(rest, 0.0)})
