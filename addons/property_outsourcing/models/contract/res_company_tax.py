import re

from odoo import api, models
from odoo.fields import Command

# the rate a tax group is named after: "VAT 9%", "增值税9%"
_RATE_IN_NAME = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")


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

    def _outsourcing_get_tax_group(self, rate):
        """Return the group that shows taxes of ``rate`` percent on a bill, created where the chart lacks it.

        A group without a rate in its name takes every rate; one named after another rate never fits.

        :param float rate: percent
        """
        self.ensure_one()
        groups = self.env["account.tax.group"].sudo()  # master data of the contract's own company
        country = self.account_fiscal_country_id or self.country_id
        groups = groups.search(
            [*groups._check_company_domain(self), ("country_id", "in", (False, country.id))]
        )
        rates = {group: self._get_rates_in_name(group) for group in groups}
        named = groups.filtered(lambda group: rates[group] == {rate})
        neutral = groups.filtered(lambda group: not rates[group])
        return named[:1] or neutral[:1] or self._create_outsourcing_tax_group(rate, groups[:1])

    def _create_outsourcing_tax_group(self, rate, sibling):
        """Create the group of ``rate`` percent, closed over the same accounts as ``sibling``."""
        group = sibling.with_context(lang="en_US").create(
            {
                "name": f"VAT {rate:g}%",
                "sequence": sibling.sequence or 10,
                "company_id": (sibling.company_id or self.root_id).id,
                "country_id": (self.account_fiscal_country_id or self.country_id).id,
                "tax_payable_account_id": sibling.tax_payable_account_id.id,
                "tax_receivable_account_id": sibling.tax_receivable_account_id.id,
                "advance_tax_payment_account_id": sibling.advance_tax_payment_account_id.id,
            }
        )
        for code, _name in self.env["res.lang"].get_installed():
            if code.startswith("zh"):
                group.update_field_translations("name", {code: f"增值税{rate:g}%"})
        return group

    @api.model
    def _get_rates_in_name(self, group):
        return {float(rate) for rate in _RATE_IN_NAME.findall(group.name or "")}

    @api.model
    def _outsourcing_regroup_taxes(self):
        """Move purchase taxes made beside the chart out of groups that are named after another rate."""
        taxes = self.env["account.tax"].sudo().with_context(active_test=False)  # called on an update only
        taxes = taxes.search([("type_tax_use", "=", "purchase"), ("amount_type", "=", "percent")])
        xmlids = taxes.get_external_id()
        for tax in taxes.filtered(lambda tax: not xmlids[tax.id]):
            rates = self._get_rates_in_name(tax.tax_group_id)
            if rates and tax.amount not in rates:
                tax.tax_group_id = tax.company_id._outsourcing_get_tax_group(tax.amount)

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
            "tax_group_id": self._outsourcing_get_tax_group(rate).id,
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
        # sudo: a setting of the contract's own company
        taxes = self.sudo().account_purchase_tax_id | taxes_sudo.search(
            [*taxes_sudo._check_company_domain(self), ("type_tax_use", "=", "purchase")]
        )
        return taxes.invoice_repartition_line_ids.filtered(self._is_tax_line)[:1].account_id
