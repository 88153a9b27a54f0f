from datetime import date

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import SettlementCommon


class SettlementAmountsCases:
    """The two stories to the cent; each chart of accounts runs them."""

    def test_service_month_less_deduction_is_11_400(self):
        contract = self._create_service()
        milestone = contract.milestone_ids[0]
        adjustment = self._deduct(contract)

        settlement = self._settle(milestone)
        bill = self._bill(settlement)

        self.assertRecordValues(
            settlement.line_ids,
            [{"kind": "milestone", "amount": 12000.0}, {"kind": "deduction", "amount": -600.0}],
        )
        self.assertRecordValues(
            settlement,
            [
                {
                    "amount_accepted": 12000.0,
                    "amount_deduction": 600.0,
                    "amount_retention": 0.0,
                    "amount_payable": 11400.0,
                }
            ],
        )
        self.assertEqual(settlement.kind, "period")
        self.assertEqual(adjustment.state, "settled")
        self.assertEqual(bill.amount_total, 11400.0)
        # 6 % VAT inside: 10,754.72 + 645.28, or 10,754.71 + 645.29 where the company rounds over all lines
        self.assertAlmostEqual(bill.amount_tax, 645.28, delta=0.011)
        self.assertRecordValues(
            bill, [{"amount_untaxed": settlement.amount_untaxed, "amount_tax": settlement.amount_tax}]
        )
        self.assertEqual(bill.move_type, "in_invoice")
        bill.action_post()
        self.assertEqual(milestone.amount_billed, 12000.0)
        self.assertEqual(milestone.amount_to_settle, 0.0)

    def test_works_milestone_less_retention_is_58_200(self):
        contract = self._create_works()
        milestone = contract.milestone_ids[0]

        settlement = self._settle(milestone)
        bill = self._bill(settlement)
        bill.action_post()

        retention = settlement.line_ids.filtered(lambda line: line.kind == "retention")
        self.assertRecordValues(retention, [{"amount": -1800.0, "amount_tax": 0.0}])
        self.assertRegex(
            retention.formula, "[$¥]60,000.00 × 3 % = [$¥]1,800.00, held 12 months from completion"
        )
        self.assertEqual(settlement.kind, "progress")
        self.assertRecordValues(bill, [{"amount_total": 58200.0, "amount_tax": 4954.13}])
        self.assertEqual(
            bill.line_ids.filtered(lambda line: line.display_type == "payment_term").credit, 58200.0
        )
        item = bill.line_ids.filtered(lambda line: line.outsourcing_settlement_kind == "retention")
        self.assertEqual(item.account_id, self.company.outsourcing_retention_account_id)
        self.assertTrue(item.account_id.reconcile)
        self.assertEqual(item.account_id.account_type, "liability_current")
        self.assertRecordValues(
            item, [{"credit": 1800.0, "amount_residual": -1800.0, "outsourcing_retention_open": 1800.0}]
        )
        self.assertFalse(item.outsourcing_date_due)

    def test_retention_falls_due_by_the_completion_of_the_works(self):
        contract = self._create_works()
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        bill.action_post()
        item = bill.line_ids.filtered(lambda line: line.outsourcing_settlement_kind == "retention")
        completion = contract.milestone_ids.filtered(lambda row: row.kind == "completion")
        self._accept_row(completion, completion.amount, date(2026, 8, 31), contract)
        self.assertEqual(item.outsourcing_date_due, date(2027, 8, 31))
        self.assertEqual(item.outsourcing_settlement_line_id.date_due, date(2027, 8, 31))

    def test_cost_goes_to_the_community(self):
        contract = self._create_service()
        self._deduct(contract)
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        bill.action_post()

        analytic = self.community.analytic_account_id
        self.assertEqual(bill.invoice_line_ids.mapped("analytic_distribution"), [{str(analytic.id): 100}] * 2)
        items = bill.line_ids.analytic_line_ids
        column = analytic.plan_id._column_name()
        self.assertEqual(items.mapped(column), analytic)
        self.assertAlmostEqual(sum(items.mapped("amount")), -bill.amount_untaxed)

    def test_tax_on_top_of_the_contract_amounts(self):
        contract = self._create_works(tax_included=False)
        settlement = self._settle(contract.milestone_ids[0])
        self.assertEqual(settlement.amount_accepted, 65400.0)  # 60,000.00 and 9 % VAT
        self.assertEqual(settlement.amount_retention, 1962.0)
        settlement.retention_basis = "net"
        self.assertEqual(settlement.amount_retention, 1800.0)
        bill = self._bill(settlement)
        bill.action_post()
        self.assertEqual(bill.amount_total, 63600.0)
        self.assertEqual(contract.milestone_ids[0].amount_billed, 60000.0)

    def test_net_deduction_is_grossed_up_with_the_tax_of_its_period(self):
        contract = self._create_service()
        self._deduct(contract, amount=1000.0, tax_basis="net")
        settlement = self._settle(contract.milestone_ids[0])
        self.assertEqual(settlement.amount_deduction, 1060.0)
        self.assertEqual(self._bill(settlement).amount_total, 10940.0)

    def test_reward_adds_to_the_bill(self):
        contract = self._create_service()
        self._deduct(contract, amount=500.0, direction="reward")
        settlement = self._settle(contract.milestone_ids[0])
        self.assertEqual(settlement.amount_reward, 500.0)
        self.assertEqual(self._bill(settlement).amount_total, 12500.0)

    def test_partial_acceptance_is_settled_in_two_slices(self):
        contract = self._create_works()
        milestone = contract.milestone_ids[1]
        self._accept(milestone, 50000.01, day=date(2026, 4, 30))
        first = self._settle(milestone)
        self.assertEqual(first.amount_accepted, 50000.01)
        self._accept(milestone, 80000.0, day=date(2026, 5, 31))
        second = self._settle(milestone)  # the first one is not billed yet
        self.assertEqual(second.amount_accepted, 29999.99)
        for settlement in first | second:
            self._bill(settlement).action_post()
        self.assertEqual(milestone.amount_billed, 80000.0)
        self.assertEqual(milestone.progress, "billed")

    def test_deductions_beyond_the_accepted_are_not_settled_alone(self):
        contract = self._create_service()
        self._deduct(contract, amount=20000.0)
        settlement = self._settle(contract.milestone_ids[0])
        with self.assertRaisesRegex(Exception, "deductions exceed"):
            settlement.with_user(self.user_supervisor).action_submit()

    def test_deduction_account_of_the_company_is_used(self):
        income = self.company_data["default_account_revenue"].copy({"account_type": "income_other"})
        self.company.outsourcing_deduction_account_id = income
        contract = self._create_service()
        self._deduct(contract)
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        self.assertEqual(bill.invoice_line_ids[1].account_id, income)

    def test_advance_is_recovered_with_its_tax(self):
        contract = self._create_works()
        advance, milestone = contract.milestone_ids[0], contract.milestone_ids[1]
        advance._gated().write({"kind": "advance"})
        self._bill(self._settle(advance)).action_post()
        self._accept(milestone, day=date(2026, 5, 31))
        settlement = self._settle(milestone)
        self.assertEqual(settlement.advance_open, 60000.0)
        with self.assertRaisesRegex(Exception, "only [$¥]60,000.00 of advances is open"):
            settlement.advance_recovery = 60000.01
        settlement.invalidate_recordset()
        settlement.advance_recovery = 20000.0
        self.assertEqual(settlement.amount_payable, 80000.0 - 20000.0 - 2400.0)
        self.assertEqual(settlement.advance_open, 40000.0)
        bill = self._bill(settlement)
        bill.action_post()
        self.assertEqual(bill.amount_total, 57600.0)


@tagged("post_install", "-at_install")
class TestSettlementAmountsGeneric(SettlementAmountsCases, SettlementCommon):
    allow_inherited_tests_method = True
    chart_template = "generic_coa"


@tagged("post_install", "-at_install", "outsourcing_cn")
class TestSettlementAmountsChina(SettlementAmountsCases, SettlementCommon):
    """On the Chinese chart; l10n_cn is in the template database of the test run."""

    allow_inherited_tests_method = True
    chart_template = "cn"
    country_code = "CN"

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()

    def test_currency_and_retention_account_are_chinese(self):
        contract = self._create_works()
        settlement = self._settle(contract.milestone_ids[0])
        account = self.company._outsourcing_ensure_finance_accounts()
        self.assertEqual(settlement.currency_id.name, "CNY")
        self.assertTrue(account.with_company(self.company).code.startswith("2241"), account.code)
        self.assertEqual(self.company.chart_template, "cn")
