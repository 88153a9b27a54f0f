from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OutsourcingContract(models.Model):
    """The payment rows of a service: one per period and community, pro-rated at both ends."""

    _inherit = "outsourcing.contract"

    def action_generate_periods(self):
        """Write one payment row per period and community; first and last are pro-rated by days."""
        for contract in self:
            if contract.state != "draft":
                raise UserError(self.env._("Periods are generated in a draft only."))
            if not contract.period_amount or contract.period_months < 1:
                raise UserError(self.env._("Enter the amount per period and the months per period first."))
            rows = contract._prepare_period_rows()
            contract.milestone_ids.filtered(lambda row: row.kind == "period").unlink()
            contract.write({"milestone_ids": [Command.create(vals) for vals in rows]})
            contract.amount_total = sum(contract.milestone_ids.mapped("amount"))

    def _prepare_period_rows(self):
        """Return the values of the period rows; ``period_amount`` is the fee of one community and period."""
        self.ensure_one()
        rows = []
        for community in self.community_ids or self.community_id:
            start, step = self.date_start, relativedelta(months=self.period_months)
            number = 0
            while start <= self.date_end:
                number += 1
                full_end = self.date_start + step * number - timedelta(days=1)
                end = min(full_end, self.date_end)
                share = ((end - start).days + 1) / ((full_end - start).days + 1)
                rows.append(self._prepare_period_vals(community, len(rows), start, end, share))
                start = full_end + timedelta(days=1)
        return rows

    def _prepare_period_vals(self, community, index, start, end, share):
        label = fields.Date.to_string(start)[:7] if start.day == 1 else f"{start} – {end}"
        if len(self.community_ids) > 1:
            label = f"{community.name} {label}"
        return {
            "kind": "period",
            "sequence": 10 + index,
            "name": label,
            "community_id": community.id,
            "date_start": start,
            "date_end": end,
            "date_due": end,
            "amount": self.currency_id.round(self.period_amount * share),
        }
