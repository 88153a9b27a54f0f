from odoo import models
from odoo.fields import Command

from odoo.addons.property_outsourcing.tools import join_clauses


class OutsourcingSettlement(models.Model):
    """The values of one line: price, account, tax, place and formula."""

    _inherit = "outsourcing.settlement"

    def _prepare_line_vals(self, row):
        """Return the values of the line for one row of the contract's ``_prepare_settlement_lines``."""
        purchase_line = self._get_tax_purchase_line(row)
        taxes = purchase_line.tax_ids
        if "tax_ids" in row:
            taxes = taxes.browse(row["tax_ids"])
        source = row.get("source")
        vals = {
            "settlement_id": self.id,
            "sequence": self._get_line_sequence(row["kind"]),
            "kind": row["kind"],
            "name": row["name"],
            "milestone_id": row.get("milestone_id"),
            "adjustment_id": row.get("adjustment_id"),
            "community_id": self._get_row_community(row).id,
            "purchase_line_id": row.get("purchase_line_id") if row["kind"] == "milestone" else False,
            "quantity": row.get("quantity", 1.0),
            "price_unit": self._get_row_price(row, taxes),
            "tax_ids": [Command.set(taxes.ids)],
            "analytic_distribution": row.get("analytic_distribution", purchase_line.analytic_distribution),
            "formula": row.get("formula"),
            "source_key": row["key"],
            "slice_no": row.get("slice_no", 0),
            "res_model": source._name if source else False,
            "res_id": source.id if source else False,
            "source_name": source.display_name if source else False,
        }
        if row["kind"] == "milestone":
            vals["formula"] = row.get("formula") or self._get_milestone_formula(row)
        else:
            vals["account_id"] = row.get("account_id") or self._get_row_account(row, purchase_line).id
        return vals

    def _get_tax_purchase_line(self, row):
        """Return the order line whose tax a row follows: its own period's, else the first one settled."""
        PurchaseLine = self.env["purchase.order.line"]
        if row.get("purchase_line_id"):
            return PurchaseLine.browse(row["purchase_line_id"])
        milestone = self.env["outsourcing.contract.milestone"].browse(row.get("milestone_id"))
        lines = milestone.purchase_line_id or self.milestone_ids.purchase_line_id[:1]
        return lines or self.contract_id.purchase_order_id.order_line[:1]

    def _get_row_community(self, row):
        source = self.env["outsourcing.adjustment"].browse(row.get("adjustment_id"))
        source = source or self.env["outsourcing.contract.milestone"].browse(row.get("milestone_id"))
        community = self.env["outsourcing.community"].browse(row.get("community_id"))
        return community or source.community_id or self.community_id

    def _get_row_price(self, row, taxes):
        """Return the signed unit price that, with ``taxes``, comes to the row's amount on its tax basis."""
        price, basis = row["price_unit"], row.get("tax_basis", "gross")
        is_included = all(tax.price_include for tax in taxes)
        if not taxes or row["kind"] == "milestone" or is_included == (basis == "gross"):
            return price
        details = taxes.with_context(force_price_include=basis == "gross").compute_all(
            price, self.currency_id
        )
        return details["total_included" if is_included else "total_excluded"]

    def _get_row_account(self, row, purchase_line):
        """Return the account of what is no work: that of the company's settings, else the work's expense."""
        company = self.company_id
        if row["kind"] == "deduction" and company.outsourcing_deduction_account_id:
            return company.outsourcing_deduction_account_id
        if row["kind"] == "reward" and company.outsourcing_reward_account_id:
            return company.outsourcing_reward_account_id
        product = purchase_line.product_id.with_company(company)
        accounts = product.product_tmpl_id.get_product_accounts(
            fiscal_pos=purchase_line.order_id.fiscal_position_id
        )
        return accounts["expense"]

    def _get_milestone_formula(self, row):
        milestone = self.env["outsourcing.contract.milestone"].browse(row["milestone_id"])
        held, left = row.get("held_back", 0.0), row.get("left_open", 0.0)
        before = self.currency_id.round(milestone.amount_accepted - row["quantity"] - held - left)
        if self.currency_id.is_zero(before):
            formula = self.env._("accepted %(amount)s", amount=self._format_money(milestone.amount_accepted))
        else:
            formula = self.env._(
                "accepted %(accepted)s − settled before %(before)s",
                accepted=self._format_money(milestone.amount_accepted),
                before=self._format_money(before),
            )
        applied = left and self.env._(
            "applied for %(amount)s, %(left)s may still be applied for",
            amount=self._format_money(row["quantity"]),
            left=self._format_money(left),
        )
        clauses = (formula, applied, milestone.pause_formula, row.get("held_back_note"))
        return join_clauses(self.env, [clause for clause in clauses if clause])
