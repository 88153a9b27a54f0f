from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .money_common import MoneyCommon

DUE = date(2027, 5, 31)  # twelve months after the completion


class SecuritiesCases:
    """6,000.00 are withheld of 200,000.00: 1,800.00, 2,400.00 and 1,800.00; due a year after completion."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works()
        for row in cls.contract.milestone_ids[1:]:
            cls._accept(row, day=row.date_due)
        cls.bills = cls.env["account.move"]
        for row in cls.contract.milestone_ids:
            bill = cls._post_bill(row)
            cls._pay(bill)
            cls.bills |= bill.with_env(cls.env)
        cls.retentions = cls.bills.outsourcing_settlement_id.line_ids.filtered(
            lambda line: line.kind == "retention"
        ).sorted("id")

    def _open_dialog(self, user=None, records=None):
        records = records or self.contract
        dialog = self.env["outsourcing.security.return"].with_user(user or self.user_supervisor)
        return Form(dialog.with_context(active_model=records._name, active_ids=records.ids))

    def _draw_up(self, *amounts, reason=False, **kwargs):
        """Return the settlement that returns ``amounts`` of the retentions, in their order."""
        with self._open_dialog(**kwargs) as form:
            for index, amount in enumerate(amounts):
                with form.line_ids.edit(index) as line:
                    line.amount = amount
            if reason:
                form.early_reason = reason
        action = form.record.action_confirm()
        return self.env["outsourcing.settlement"].browse(action["res_id"])

    def _get_kept(self):
        self.env.invalidate_all()
        return self.retentions.mapped("amount_withheld")

    def test_the_contractor_applies_for_the_return_on_a_paper(self):
        settlement = self._draw_up(1800.0, 0.0, 0.0, reason="Agreed")
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing_finance.retention_application_document"
        text = " ".join(report._render_qweb_html(name, settlement.ids)[0].decode().split())
        for part in (
            "Application for the return of the quality retention",
            f"Applicant: {self.contractor.name}",
            "1,800.00",
            "6,000.00",
            "Head of the company",
        ):
            self.assertIn(part, text)
        with self.assertRaisesRegex(UserError, "cannot be printed yet: it returns no retention"):
            report._render_qweb_html(name, self.bills[0].outsourcing_settlement_id.ids)

    def test_what_goes_back_was_invoiced_with_the_work(self):
        invoice = self._draw_up(1000.0, 0.0, 0.0, reason="Agreed")._get_statement_data()["invoice"]
        self.assertIn("invoiced with the work", invoice)

    def test_withheld_is_shown_with_its_day(self):
        self.assertEqual(self._get_kept(), [1800.0, 2400.0, 1800.0])
        self.assertEqual(self.contract.amount_withheld, 6000.0)
        self.assertEqual(set(self.retentions.mapped("date_due")), {DUE})
        self.assertEqual(self.contract.amount_paid, 194000.0)

    @freeze_time(DUE)
    def test_whole_return_is_billed_paid_and_cleared_on_the_account(self):
        with self._open_dialog() as form:
            pass
        self.assertEqual(form.record.line_ids.mapped("amount"), [1800.0, 2400.0, 1800.0])
        settlement = self._draw_up()
        self.assertEqual((settlement.kind, settlement.amount_payable), ("return", 6000.0))
        bill = self._bill(settlement)
        account = self.company.outsourcing_retention_account_id
        self.assertEqual(bill.invoice_line_ids.account_id.with_env(self.env), account)
        self.assertFalse(bill.amount_tax)
        self.assertEqual(self._get_kept(), [0.0, 0.0, 0.0])
        bill.action_post()
        self.assertTrue(all(self.retentions.account_move_line_ids.mapped("reconciled")))
        self._pay(bill)
        self.env.invalidate_all()
        self.assertRecordValues(settlement, [{"payment_state": "paid", "amount_paid": 6000.0}])
        self.assertEqual(self.contract.amount_paid, 200000.0)
        for row in self.contract.milestone_ids:
            self.assertEqual(row.amount_paid, row.amount)

    @freeze_time(DUE)
    def test_part_of_it_may_go_back(self):
        bill = self._bill(self._draw_up(1000.0, 0.0, 0.0))
        bill.action_post()
        self.assertEqual(self._get_kept(), [800.0, 2400.0, 1800.0])
        self.assertEqual(self.retentions[0].account_move_line_ids.outsourcing_retention_open, 800.0)
        rest = self._draw_up()
        self.assertEqual(rest.amount_payable, 5000.0)

    @freeze_time(DUE)
    def test_no_more_goes_back_than_is_withheld(self):
        with self.assertRaisesRegex(UserError, "between .0.00 and .1,800.00 can go back, not .1,800.01"):
            self._draw_up(1800.01)
        with self.assertRaisesRegex(UserError, "not -[$¥]5.00"):
            self._draw_up(-5.0)
        with self.assertRaisesRegex(UserError, "Enter what goes back"):
            self._draw_up(0.0, 0.0, 0.0)
        self._draw_up()
        with self.assertRaisesRegex(UserError, "Nothing is withheld or deposited here"):
            self._draw_up()

    def test_before_its_day_a_reason_is_asked(self):
        settlement = self._draw_up(1800.0)
        with self._refused(r"Mobilisation.*it is due on 2027-05-31.\n.*write the reason on the settlement"):
            settlement.with_user(self.user_supervisor).action_submit()
        settlement.with_user(self.user_supervisor).early_reason = "The contractor gave a bank guarantee"
        bill = self._bill(settlement)
        self.assertEqual(bill.amount_total, 1800.0)

    @freeze_time(DUE)
    def test_after_a_draft_was_dropped_more_can_be_drawn_up(self):
        first, second = self._draw_up(100.0, 0.0, 0.0), self._draw_up(200.0, 0.0, 0.0)
        first.with_user(self.user_supervisor).unlink()
        self.assertEqual(self._get_kept(), [1600.0, 2400.0, 1800.0])
        third = self._draw_up(300.0, 0.0, 0.0)
        self.assertEqual(third.amount_payable, 300.0)
        self.assertNotEqual(*(second | third).line_ids.mapped("source_key"))

    @freeze_time(DUE)
    def test_something_that_stands_in_the_way_keeps_it(self):
        settlement = self._draw_up()
        self.patch(
            self.env.registry["outsourcing.contract"],
            "_get_retention_blockers",
            lambda contract, communities: [f"{len(communities)} roof leaks"],
        )
        with self._refused("1 roof leaks"):
            settlement.with_user(self.user_supervisor).action_submit()

    @freeze_time(DUE)
    def test_return_taken_back_is_withheld_again(self):
        settlement = self._draw_up(1000.0, 0.0, 0.0)
        bill = self._bill(settlement)
        bill.action_post()
        refund = self._reverse(bill)
        self.assertEqual(settlement.state, "approved")
        self.assertEqual(self._get_kept(), [800.0, 2400.0, 1800.0])  # on its way again
        refund.button_draft()
        self.assertEqual((settlement.state, self._get_kept()[0]), ("billed", 800.0))
        refund.action_post()
        settlement.with_user(self.user_manager)._step_back("cancelled", "Not yet")
        self.assertEqual(self._get_kept(), [1800.0, 2400.0, 1800.0])

    @freeze_time(DUE)
    def test_return_reset_to_draft_clears_nothing(self):
        bill = self._bill(self._draw_up(1000.0, 0.0, 0.0))
        bill.action_post()
        bill.button_draft()
        self.assertEqual(self.retentions[0].account_move_line_ids.outsourcing_retention_open, 1800.0)
        bill.action_post()
        self.assertEqual(self.retentions[0].account_move_line_ids.outsourcing_retention_open, 800.0)

    @freeze_time(DUE)
    def test_a_bill_whose_retention_went_back_is_not_reversed(self):
        settlement = self._draw_up()
        self._bill(settlement).action_post()
        with self._refused(f"1,800.00 of it was returned by {settlement.name}. Take that back first"):
            self._reverse(self.bills[0])
        with self._refused("Take that back first"):
            self.bills[0].button_draft()

    @freeze_time(DUE)
    def test_what_was_confirmed_since_is_taken_off(self):
        adjustment = self._deduct(self.contract, self.contract.milestone_ids[2], amount=500.0)
        adjustment._gated().write({"milestone_id": False})
        settlement = self._draw_up()
        self.assertEqual(settlement.amount_deduction, 500.0)
        bill = self._bill(settlement)
        bill.action_post()
        self.assertEqual(bill.amount_total, 5500.0)

    @freeze_time(DUE)
    def test_statement_tells_what_is_kept(self):
        self._bill(self._draw_up(1000.0, 0.0, 0.0)).action_post()
        second = self._draw_up(500.0, 0.0, 0.0)
        account = dict(second._get_account())
        self.assertEqual(account["Retention withheld in all"], 6000.0)
        self.assertEqual(account["Returned before"], 1000.0)
        self.assertEqual(account["Returned now"], 500.0)
        self.assertEqual(account["Still withheld"], 4500.0)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "property_outsourcing_finance.outsourcing_settlement_report", second.ids
        )
        self.assertIn("Return of Retention and Bond", html.decode())
        self.assertTrue(second._render_xlsx())

    def test_finance_returns_from_the_list_of_retention(self):
        items = self.retentions.account_move_line_ids.with_user(self.user_finance)
        action = items.action_outsourcing_return_retention()
        dialog = self.env[action["res_model"]].with_user(self.user_finance).with_context(**action["context"])
        self.assertEqual(dialog.create({}).line_ids.returned_line_id.with_env(self.env), self.retentions)

    def test_the_person_in_charge_is_told_in_good_time(self):
        def announced():
            kind = self.env.ref("property_outsourcing_finance.activity_type_retention_due")
            return self.contract.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

        Contract = self.env["outsourcing.contract"]
        with freeze_time(fields.Date.subtract(DUE, days=31)):
            Contract._cron_announce_retention()
            self.assertFalse(announced())
        with freeze_time(fields.Date.subtract(DUE, days=30)):
            Contract._cron_announce_retention()
            Contract._cron_announce_retention()
        self.assertEqual(len(announced()), 1)
        self.assertEqual((announced().user_id, announced().date_deadline), (self.user_manager, DUE))
        self.assertIn("6,000.00", announced().summary)
        with freeze_time(DUE):
            self._draw_up().with_user(self.user_supervisor).action_submit()
        self.assertFalse(announced())


@tagged("post_install", "-at_install")
class TestSecuritiesGeneric(SecuritiesCases, MoneyCommon):
    allow_inherited_tests_method = True


@tagged("post_install", "-at_install", "outsourcing_cn")
class TestSecuritiesChina(SecuritiesCases, MoneyCommon):
    allow_inherited_tests_method = True

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()
