from odoo import models


class OutsourcingSettlement(models.Model):
    """Retention stops at the contract's cap."""

    _inherit = "outsourcing.settlement"

    def _get_held_elsewhere(self):
        return {**super()._get_held_elsewhere(), "retained": self._get_retained_elsewhere()}

    def _prepare_retention_lines_vals(self, elsewhere):
        vals_list = super()._prepare_retention_lines_vals(elsewhere)
        cap = self.contract_id.retention_cap
        if not cap or not vals_list:
            return vals_list
        rest = self.currency_id.round(cap - elsewhere["retained"][self.contract_id])
        capped = []
        for vals in vals_list:
            amount = min(-vals["price_unit"], rest)
            if self.currency_id.compare_amounts(amount, 0.0) <= 0:
                break
            rest = self.currency_id.round(rest - amount)
            if self.currency_id.compare_amounts(amount, -vals["price_unit"]):
                formula = self.env._(
                    "%(formula)s, capped at %(cap)s in total",
                    formula=vals["formula"],
                    cap=self._format_money(cap),
                )
                vals = {**vals, "price_unit": -amount, "formula": formula}
            capped.append(vals)
        return capped

    def _add_retained(self, elsewhere, vals_list):
        elsewhere["retained"][self.contract_id] -= sum(vals["price_unit"] for vals in vals_list)
        return super()._add_retained(elsewhere, vals_list)

    def _get_retained_elsewhere(self):
        """Return a dict contract -> what its living settlements retain; ``self`` has no lines yet."""
        lines = self.env["outsourcing.settlement.line"].search(
            [
                ("contract_id", "in", self.contract_id.ids),
                ("kind", "=", "retention"),
                ("is_active", "=", True),
            ]
        )
        by_contract = lines.grouped("contract_id")
        return {
            contract: -sum(line._get_standing_amount() for line in by_contract.get(contract, ()))
            for contract in self.contract_id
        }
