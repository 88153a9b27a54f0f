from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestPaymentScheme(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.facade = cls.env.ref("property_outsourcing.service_type_facade")
        cls.half = cls.env.ref("property_outsourcing.payment_scheme_half")

    def _fill_form(self, **vals):
        """Return a draft of works as a manager types it: parties, term and amount."""
        contracts = self.env["outsourcing.contract"].with_user(self.user_manager)
        with Form(contracts) as form:
            form.service_type_id = self.facade
            form.contractor_id = self.contractor
            form.community_id = self.community
            form.date_start, form.date_end = date(2026, 3, 1), date(2026, 6, 9)
            form.amount_total = 200_000.01
            for name, value in vals.items():
                form[name] = value
        return form.record

    def test_works_take_title_and_rows_from_their_type(self):
        contract = self._fill_form()
        self.assertEqual(contract.title, f"Sunshine Garden {self.facade.name}")
        self.assertEqual(contract.payment_scheme_id, self.half)
        rows = contract.milestone_ids
        self.assertEqual(rows.mapped("percent"), [30.0, 40.0, 30.0])
        self.assertEqual(rows.mapped("kind"), ["milestone", "milestone", "completion"])
        self.assertEqual(rows.mapped("amount"), [60_000.0, 80_000.0, 60_000.01])
        self.assertEqual(rows.mapped("date_due"), [date(2026, 3, 11), date(2026, 4, 25), date(2026, 6, 9)])
        self._file_letter(contract)
        contract.action_submit()
        self.assertEqual(contract.state, "to_approve")

    def test_another_scheme_is_one_choice(self):
        contract = self._fill_form(
            payment_scheme_id=self.env.ref("property_outsourcing.payment_scheme_completion")
        )
        self.assertEqual(contract.milestone_ids.mapped("amount"), [200_000.01])

    def test_planned_dates_follow_the_term_of_a_draft_only(self):
        contract = self._fill_form()
        contract.date_end = date(2026, 7, 29)
        self.assertEqual(contract.milestone_ids[-1].date_due, date(2026, 7, 29))
        self._activate(contract)
        contract._gated().date_end = date(2026, 12, 31)
        self.assertEqual(contract.milestone_ids[-1].date_due, date(2026, 7, 29))

    def test_service_takes_its_rhythm(self):
        contract = self._create_contract()
        contract.payment_scheme_id = self.env.ref("property_outsourcing.payment_scheme_quarter")
        contract.with_user(self.user_manager).action_apply_payment_scheme()
        self.assertEqual(contract.period_months, 3)
        self.assertEqual(set(contract.milestone_ids.mapped("kind")), {"period"})

    def test_rows_that_are_there_are_not_replaced(self):
        contract = self._fill_form()
        rows = contract.milestone_ids
        self.assertTrue(rows)
        with self.assertRaisesRegex(UserError, "delete them before you fill in others"):
            contract.with_user(self.user_manager).action_apply_payment_scheme()
        self.assertEqual(contract.milestone_ids, rows)

    def test_rows_are_filled_in_a_draft_only(self):
        contract = self._create_works_contract()
        with self.assertRaisesRegex(UserError, "filled in a draft only"):
            contract.with_user(self.user_manager).action_apply_payment_scheme()

    def test_shares_of_a_scheme_make_up_the_whole(self):
        schemes = self.env["outsourcing.payment.scheme"].with_user(self.user_manager)
        with self.assertRaisesRegex(ValidationError, "the shares add up to 90 %, not to 100 %"):
            schemes.create({"name": "Odd", "line_ids": [Command.create({"name": "One", "percent": 90})]})
        with self.assertRaises(AccessError):  # core's own
            self.half.with_user(self.user_supervisor).name = "Mine"

    def test_copy_is_a_draft_to_hand_in(self):
        contract = self._fill_form()
        self._activate(contract)
        copied = contract.with_user(self.user_supervisor).copy()
        today = copied.date_start
        self.assertEqual((copied.title, copied.state), (f"{contract.title} (copy)", "draft"))
        self.assertEqual((copied.date_end - today).days, 100)
        self.assertEqual(copied.milestone_ids[-1].date_due, copied.date_end)
        self.assertEqual(copied.manager_id, self.user_supervisor)
        self.assertFalse(copied.document_ids or copied.purchase_order_id)
        self._file_letter(copied)
        copied.action_submit()

    def test_copy_of_a_service_has_the_periods_of_its_own_term(self):
        copied = self._create_active_contract().with_user(self.user_manager).copy()
        rows = copied.milestone_ids
        self.assertEqual((rows[0].date_start, rows[-1].date_end), (copied.date_start, copied.date_end))
        self.assertEqual(sum(rows.mapped("amount")), copied.amount_total)
