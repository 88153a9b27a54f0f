from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import SettlementCommon


class SettlementAdvanceCases:
    """Advances paid ahead and taken back, to the cent; each chart of accounts runs them."""

    @classmethod
    def _create_advance_contract(cls, percent=20.0, **vals):
        """Return an active works contract of 200,000.00 with an advance of 40,000.00 to recover."""
        contract = cls._create_works_draft(advance_is_recovered=True, **vals)
        contract.milestone_ids = [
            Command.create({"name": "Advance", "kind": "advance", "percent": percent, "sequence": -1})
        ]
        return cls._activate(contract)

    @classmethod
    def _pay_advance(cls, contract):
        advance = contract.milestone_ids.filtered("is_prepayment")
        advance.with_user(cls.user_manager).action_release_advance()
        bill = cls._bill(cls._settle(advance))
        bill.action_post()
        return bill

    def _settle_row(self, row, amount=None, day=date(2026, 5, 31)):
        self._accept(row, amount=amount, day=day)
        return self._settle(row)

    def _recovered(self, settlement):
        lines = settlement.line_ids.filtered(lambda line: line.kind == "advance_recovery")
        return [-line.amount for line in lines]

    def test_advance_is_a_prepayment_and_no_expense(self):
        contract = self._create_advance_contract()
        bill = self._pay_advance(contract)
        line = bill.invoice_line_ids
        account = self.company.outsourcing_prepayment_account_id
        self.assertEqual(account.account_type, "asset_prepayments")
        self.assertRecordValues(
            line, [{"account_id": account.id, "price_total": 40000.0, "purchase_line_id": False}]
        )
        self.assertEqual(bill.amount_tax, 0.0)
        self.assertRecordValues(bill, [{"amount_total": 40000.0, "state": "posted"}])
        advance = contract.milestone_ids.filtered("is_prepayment")
        self.assertRecordValues(advance, [{"amount_billed": 40000.0, "amount_to_settle": 0.0}])
        self.assertEqual(contract.amount_billed, 0.0)

    def test_share_of_each_row_until_nothing_is_left(self):
        contract = self._create_advance_contract(advance_recovery_rate=30.0, retention_rate=3.0)
        self._pay_advance(contract)
        rows = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
        payable, recovered = [], []
        for row in rows:
            settlement = self._settle_row(row)
            recovered += self._recovered(settlement)
            payable.append(settlement.amount_payable)
            bill = self._bill(settlement)
            bill.action_post()
            self.assertEqual(bill.amount_total, settlement.amount_payable)
        # 30 % of 60,000 and of 80,000 are 42,000: the second row gives back the last 22,000 only
        self.assertEqual(recovered, [18000.0, 22000.0])
        self.assertEqual(payable, [60000 - 1800 - 18000, 80000 - 2400 - 22000, 60000 - 1800])
        self.assertEqual(contract.amount_advance_open, 0.0)
        self.assertEqual(contract.amount_advance_recovered, 40000.0)
        account = self.company.outsourcing_prepayment_account_id
        balance = sum(
            self.env["account.move.line"]
            .search([("account_id", "=", account.id), ("parent_state", "=", "posted")])
            .mapped("balance")
        )
        self.assertEqual(self.company.currency_id.round(balance), 0.0)
        self.assertEqual(contract.amount_billed, 200000.0)

    def test_recovery_begins_with_the_named_row(self):
        contract = self._create_works_draft(advance_is_recovered=True)
        contract.milestone_ids = [
            Command.create({"name": "Advance", "kind": "advance", "amount": 40000.0, "sequence": -1})
        ]
        contract.advance_recovery_from_id = contract.milestone_ids.filtered(
            lambda row: row.kind == "completion"
        )
        self._activate(contract)
        self._pay_advance(contract)
        first, second, last = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
        for row in (first, second):
            settlement = self._settle_row(row)
            self.assertFalse(self._recovered(settlement))
            self._bill(settlement).action_post()
        settlement = self._settle_row(last)
        self.assertEqual(self._recovered(settlement), [40000.0])
        self._bill(settlement).action_post()
        self.assertEqual(contract.amount_advance_open, 0.0)

    def test_uneven_cents_are_recovered_exactly(self):
        contract = self._create_works_draft(
            amount_total=10000.01,
            advance_is_recovered=True,
            advance_recovery_rate=33.0,
            milestone_ids=[
                Command.create({"name": str(index), "percent": percent, "sequence": index})
                for index, percent in enumerate((33.3333, 33.3333, 33.3334), 1)
            ]
            + [Command.create({"name": "A", "kind": "advance", "percent": 31.7, "sequence": -1})],
        )
        self._activate(contract)
        self._pay_advance(contract)
        self.assertEqual(contract.amount_advance, 3170.0)
        recovered = []
        for row in contract.milestone_ids.filtered(lambda row: not row.is_prepayment):
            settlement = self._settle_row(row)
            recovered += self._recovered(settlement)
            self._bill(settlement).action_post()
        self.assertEqual(recovered, [1100.0, 1100.0, 970.0])
        self.assertEqual(contract.amount_advance_open, 0.0)

    def test_no_more_is_taken_back_than_is_payable(self):
        contract = self._create_advance_contract(percent=60.0)
        self._pay_advance(contract)
        row = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)[0]
        settlement = self._settle_row(row)
        # 60,000.00 less 3 % retention is all there is
        self.assertEqual(self._recovered(settlement), [58200.0])
        self.assertEqual(settlement.amount_payable, 0.0)

    def test_partial_acceptance_gives_back_its_share_once(self):
        contract = self._create_advance_contract(advance_recovery_rate=50.0)
        self._pay_advance(contract)
        row = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)[0]
        first = self._settle_row(row, amount=20000.0)
        self.assertEqual(self._recovered(first), [10000.0])
        first.action_generate_lines()
        self.assertEqual(self._recovered(first), [10000.0])
        self._bill(first).action_post()
        second = self._settle_row(row)
        self.assertEqual(self._recovered(second), [20000.0])
        self.assertEqual(contract.amount_advance_open, 10000.0)

    def test_last_work_gives_back_all_that_is_left(self):
        contract = self._create_advance_contract(advance_recovery_rate=20.0)
        self._pay_advance(contract)
        *first, last = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
        settlement = self._settle_row(first[0])
        settlement.action_generate_lines()
        self._bill(settlement).action_post()
        second = self._settle_row(first[1])
        second.line_ids.filtered(lambda line: line.kind == "advance_recovery")._gated().unlink()
        self._bill(second).action_post()
        settlement = self._settle_row(last)
        self.assertEqual(self._recovered(settlement), [28000.0])

    def test_of_rows_settled_together_the_last_gives_back_all_that_is_left(self):
        """20 % of 60,000 and 80,000 are 12,000 and 16,000; the last row gives back the other 12,000."""
        contract = self._create_advance_contract(advance_recovery_rate=20.0)
        self._pay_advance(contract)
        rows = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
        for row in rows:
            self._accept(row, day=date(2026, 5, 31))
        self.assertEqual(self._recovered(self._settle(rows)), [12000.0, 16000.0, 12000.0])

    def test_tax_on_top_recovers_net_amounts(self):
        contract = self._create_advance_contract(advance_recovery_rate=50.0, tax_included=False)
        self._pay_advance(contract)
        row = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)[0]
        settlement = self._settle_row(row)
        self.assertEqual(self._recovered(settlement), [30000.0])
        # 60,000.00 + 9 % less 3 % retention of the gross amount less the advance
        self.assertEqual(settlement.amount_payable, 65400.0 - 1962.0 - 30000.0)
        self._bill(settlement).action_post()

    def test_cancelled_bill_opens_the_advance_again(self):
        contract = self._create_advance_contract()
        bill = self._bill(self._advance_settlement(contract))
        advance = contract.milestone_ids.filtered("is_prepayment")
        self.assertEqual((advance.amount_billed, advance.amount_to_bill), (0.0, 0.0))  # a draft
        bill.action_post()
        self.assertEqual(advance.amount_billed, 40000.0)
        bill.button_cancel()
        self.assertEqual(advance.amount_billed, 0.0)
        self.assertEqual(contract.amount_advance_open, 0.0)

    def _advance_settlement(self, contract):
        advance = contract.milestone_ids.filtered("is_prepayment")
        advance.with_user(self.user_manager).action_release_advance()
        return self._settle(advance)

    def test_advance_is_billed_once(self):
        contract = self._create_advance_contract()
        self._pay_advance(contract)
        advance = contract.milestone_ids.filtered("is_prepayment")
        with self.assertRaisesRegex(UserError, "Nothing here is accepted"):
            self._settle(advance)

    def test_two_drafts_do_not_recover_the_same_money(self):
        contract = self._create_advance_contract()
        self._pay_advance(contract)
        first, second = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)[:2]
        one, other = self._settle_row(first), self._settle_row(second)
        self.assertEqual(self._recovered(one), [40000.0])
        self.assertFalse(self._recovered(other))
        # as if both had been drawn up in the same second
        other.line_ids._gated().create(
            {
                "settlement_id": other.id,
                "kind": "advance_recovery",
                "name": "Again",
                "price_unit": -100.0,
                "milestone_id": second.id,
            }
        )
        with self.assertRaisesRegex(UserError, "more of the advance would be recovered"):
            other.with_user(self.user_supervisor).action_submit()

    def test_two_drafts_taken_over_again_together_recover_no_more_than_is_open(self):
        contract = self._create_advance_contract(advance_recovery_rate=50.0)
        self._pay_advance(contract)
        first, second = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)[:2]
        older, newer = self._settle_row(first), self._settle_row(second)
        (newer | older).action_generate_lines()
        self.assertEqual((self._recovered(older), self._recovered(newer)), ([30000.0], [10000.0]))

    def test_contract_with_an_open_advance_is_not_closed(self):
        contract = self._create_advance_contract()
        self._pay_advance(contract)
        contract.with_user(self.user_manager).action_complete()
        with self.assertRaisesRegex(UserError, "40,000.00 of the advance is not recovered"):
            contract.with_user(self.user_manager).action_close()

    def test_recovered_amount_is_not_written_by_a_client(self):
        contract = self._create_works_draft()
        with self.assertRefused("These values are written by the system alone"):
            contract.with_user(self.user_manager).write({"amount_advance_recovered": 1.0})

    def test_retention_stops_at_its_cap(self):
        contract = self._create_works(retention_cap=3000.0)
        first = self._settle(contract.milestone_ids[0])
        self.assertEqual(first.amount_retention, 1800.0)
        self._accept(contract.milestone_ids[1], day=date(2026, 5, 31))
        second = self._settle(contract.milestone_ids[1])
        self.assertEqual(second.amount_retention, 1200.0)
        self.assertRegex(
            second.line_ids.filtered(lambda line: line.kind == "retention").formula,
            "capped at [$¥]3,000.00 in total",
        )
        self._accept(contract.milestone_ids[2], day=date(2026, 6, 30))
        self.assertEqual(self._settle(contract.milestone_ids[2]).amount_retention, 0.0)
        bill = self._bill(second)
        bill.action_post()
        self.assertEqual(bill.amount_total, 80000.0 - 1200.0)

    def test_two_drafts_taken_over_again_together_retain_no_more_than_the_cap(self):
        contract = self._create_works(retention_cap=3000.0)
        older = self._settle(contract.milestone_ids[0])
        newer = self._settle_row(contract.milestone_ids[1])
        (newer | older).action_generate_lines()
        self.assertEqual((older.amount_retention, newer.amount_retention), (1800.0, 1200.0))


@tagged("post_install", "-at_install")
class TestSettlementAdvanceGeneric(SettlementAdvanceCases, SettlementCommon):
    allow_inherited_tests_method = True
    chart_template = "generic_coa"

    def test_expense_account_is_no_prepayment_account(self):
        with self.assertRaisesRegex(ValidationError, "must be a prepayment"):
            self.company.outsourcing_prepayment_account_id = self.company_data["default_account_expense"]


@tagged("post_install", "-at_install", "outsourcing_cn")
class TestSettlementAdvanceChina(SettlementAdvanceCases, SettlementCommon):
    """On the Chinese chart; l10n_cn is in the template database of the test run."""

    allow_inherited_tests_method = True
    chart_template = "cn"
    country_code = "CN"

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()

    def test_prepayment_account_is_that_of_the_chinese_chart(self):
        contract = self._create_advance_contract()
        self._pay_advance(contract)
        account = self.company.outsourcing_prepayment_account_id
        self.assertTrue(account.with_company(self.company).code.startswith("1123"), account.code)
