from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import OutsourcingCommon

RATES = (1.0, 3.0, 6.0, 9.0, 13.0)


class PurchaseTaxCases:
    """A bill names the rate it charges, whatever rates the chart of accounts brings."""

    def _get_tax(self, rate):
        return self.company._outsourcing_get_purchase_tax(rate, True)

    def _show_groups(self, tax):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.contractor.id,
                "invoice_date": "2026-02-01",
                "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 1000.0, "tax_ids": tax.ids})],
            }
        )
        groups = bill.tax_totals["subtotals"][0]["tax_groups"]
        return [group["group_name"] for group in groups]

    def test_the_bill_shows_the_group_of_the_rate(self):
        for rate in RATES:
            self.assertEqual(self._show_groups(self._get_tax(rate)), [f"VAT {rate:g}%"])

    def test_one_group_serves_both_ways_of_including_the_tax(self):
        groups = self._get_tax(3.0).tax_group_id
        groups |= self.company._outsourcing_get_purchase_tax(3.0, False).tax_group_id
        self.assertEqual(len(groups), 1)

    def test_a_group_without_a_rate_in_its_name_takes_every_rate(self):
        groups = self.env["account.tax.group"].search([("company_id", "=", self.company.id)])
        groups.name = "VAT"
        self.assertIn(self._get_tax(3.0).tax_group_id, groups)

    def test_taxes_made_earlier_are_moved_to_their_group(self):
        tax = self._get_tax(9.0)
        tax.tax_group_id = self.company._outsourcing_get_tax_group(6.0)
        chart_tax = self.company_data["default_tax_purchase"]
        group = chart_tax.tax_group_id
        self.env["res.company"]._outsourcing_regroup_taxes()
        self.assertEqual(self._show_groups(tax), ["VAT 9%"])
        self.assertEqual(chart_tax.tax_group_id, group)


@tagged("post_install", "-at_install")
class TestPurchaseTaxGeneric(PurchaseTaxCases, OutsourcingCommon):
    allow_inherited_tests_method = True


@tagged("post_install", "-at_install")
class TestPurchaseTaxChina(PurchaseTaxCases, OutsourcingCommon):
    allow_inherited_tests_method = True

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()

    def test_the_group_is_named_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        group = self._get_tax(3.0).tax_group_id
        self.assertEqual(group.with_context(lang="zh_CN").name, "增值税3%")
