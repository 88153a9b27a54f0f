from odoo import api, fields, models


class OutsourcingSettlement(models.Model):
    """Retention stops at the contract's cap."""

    _inherit = "outsourcing.settlement"

    # what the other settlements of the contract, none of them cancelled, retain
    amount_retained_elsewhere = fields.Monetary(
        compute="_compute_amount_retained_elsewhere", compute_sudo=True, export_string_translation=False
    )

    def _forget_other_settlements(self):
        super()._forget_other_settlements()
        self.invalidate_recordset(["amount_retained_elsewhere"], flush=False)

    def _prepare_retention_lines_vals(self):
        vals_list = super()._prepare_retention_lines_vals()
        cap = self.contract_id.retention_cap
        if not cap or not vals_list:
            return vals_list
        rest = self.currency_id.round(cap - self.amount_retained_elsewhere)
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

    @api.depends("contract_id")
    def _compute_amount_retained_elsewhere(self):
        lines = self.env["outsourcing.settlement.line"].search(
            [
                ("contract_id", "in", self.contract_id.ids),
                ("kind", "=", "retention"),
                ("is_active", "=", True),
            ]
        )
        by_contract = lines.grouped("contract_id")
        for settlement in self:
            others = by_contract.get(settlement.contract_id, lines.browse()).filtered(
                lambda line, own=settlement: line.settlement_id != own._origin
            )
            settlement.amount_retained_elsewhere = -sum(line._get_standing_amount() for line in others)
