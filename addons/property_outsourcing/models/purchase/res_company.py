from odoo import api, models
from odoo.fields import Command


class ResCompany(models.Model):
    _inherit = "res.company"

    def _outsourcing_get_purchase_tax(self, rate, price_included):
        """Return the company's purchase VAT of ``rate`` percent, created where the chart lacks it.

        Charts bring few rates (the Chinese one 6, 9 and 13 %), and none with the tax in the price, as
        Chinese contracts have it.

        :param float rate: percent; 0 returns an empty recordset
        :param bool price_included: whether the contract's amounts include the tax
        """
        self.ensure_one()
        taxes_sudo = (
            self.env["account.tax"].sudo().with_company(self)
        )  # master data of the contract's own company
        if not rate:
            return taxes_sudo.browse()
        candidates = taxes_sudo.search(
            [
                *self.env["account.tax"]._check_company_domain(self),
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("amount", "=", rate),
            ]
        )
        matching = candidates.filtered(lambda tax: tax.price_include == price_included)
        return matching[:1] or taxes_sudo.create(self._prepare_outsourcing_tax_vals(rate, price_included))

    def _prepare_outsourcing_tax_vals(self, rate, price_included):
        """Return the values of a missing purchase tax, posted where the other purchase taxes are."""
        account = self._get_purchase_tax_account()
        lines = [
            Command.create({"document_type": document, "repartition_type": kind, "account_id": tax_account})
            for document in ("invoice", "refund")
            for kind, tax_account in (("base", False), ("tax", account.id))
        ]
        suffix = self.env._("incl.") if price_included else self.env._("excl.")
        return {
            "name": f"{rate:g}% {suffix}",
            "description": f"{rate:g}%",
            "invoice_label": f"{rate:g}%",
            "type_tax_use": "purchase",
            "amount_type": "percent",
            "amount": rate,
            "price_include_override": "tax_included" if price_included else "tax_excluded",
            "company_id": self.id,
            "country_id": (self.account_fiscal_country_id or self.country_id).id,
            "repartition_line_ids": lines,
        }

    @api.model
    def _is_tax_line(self, line):
        return line.repartition_type == "tax" and line.account_id

    def _get_purchase_tax_account(self):
        """Return the account of the company's purchase VAT, as any of its purchase taxes has it."""
        taxes_sudo = self.env["account.tax"].sudo()  # master data of the contract's own company
        taxes = self.sudo().account_purchase_tax_id | taxes_sudo.search(
            [*taxes_sudo._check_company_domain(self), ("type_tax_use", "=", "purchase")]
        )
        return taxes.invoice_repartition_line_ids.filtered(self._is_tax_line)[:1].account_id
