from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
class TestContractLiability(AmendmentCommon):
    """Liability, warranty and retention run from the completion, or from a part handed over on its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works = cls._create_works_contract()
        cls.bedding, cls.tiling, cls.completion = cls.works.milestone_ids.sorted("sequence")

    def _accept_on(self, row, day):
        self._accept_row(row, row.amount, day, row.contract_id)

    def test_a_part_waits_for_the_completion(self):
        self._accept_on(self.bedding, date(2026, 3, 31))
        self.assertFalse(self.bedding.date_liability_end or self.bedding.date_warranty_end)
        self.assertEqual(self.bedding.liability_text, "12 months from completion")
        self._accept_on(self.completion, date(2026, 8, 31))
        self.assertEqual(self.works.date_handed_over, date(2026, 8, 31))
        self.assertEqual(self.bedding.date_liability_end, date(2027, 8, 31))
        self.assertEqual(self.bedding.date_warranty_end, date(2031, 8, 31))
        self.assertEqual(self.bedding.liability_text, "until 2027-08-31")

    def test_what_is_accepted_after_the_completion_counts_from_its_own_day(self):
        self._accept_on(self.completion, date(2026, 8, 31))
        self.assertFalse(self.tiling.date_liability_end)
        self._accept_on(self.tiling, date(2026, 9, 15))
        self.assertEqual(self.tiling.date_liability_end, date(2027, 9, 15))
        self.assertEqual(self.completion.date_liability_end, date(2027, 8, 31))

    def test_a_completion_that_is_withdrawn_opens_the_dates_again(self):
        self._accept_on(self.bedding, date(2026, 3, 31))
        self._accept_on(self.completion, date(2026, 8, 31))
        self.completion._record_acceptances({self.completion: (0.0, False, None)})
        self.assertFalse(self.works.date_handed_over)
        self.assertEqual(self.bedding.liability_text, "12 months from completion")

    def test_a_part_handed_over_on_its_own_counts_from_its_acceptance(self):
        contract = self._create_works_draft()
        with Form(contract.with_user(self.user_manager)) as form, form.milestone_ids.edit(0) as line:
            line.is_separate_handover = True
        self._activate(contract)
        part = contract.milestone_ids[0]
        self._accept_on(part, date(2026, 3, 31))
        self.assertEqual(part.date_liability_end, date(2027, 3, 31))

    def test_without_a_completion_row_the_declared_completion_counts(self):
        contract = self._create_works_draft()
        contract.milestone_ids.kind = "milestone"
        self._activate(contract)
        row = contract.milestone_ids[0]
        self._accept_on(row, date(2026, 3, 31))
        self.assertFalse(row.date_liability_end)
        with freeze_time("2026-09-10 04:00:00"):
            contract.with_user(self.user_manager).action_complete()
        self.assertEqual(
            (contract.date_completed, row.date_liability_end), (date(2026, 9, 10), date(2027, 9, 10))
        )

    def test_of_a_contract_that_ended_early_the_last_day_counts(self):
        self._accept_on(self.bedding, date(2026, 3, 31))
        reason = self.env.ref("property_outsourcing.termination_reason_visits")
        self.works.with_user(self.user_manager)._terminate(reason, "Left the site", date=date(2026, 6, 30))
        self.assertEqual(self.bedding.date_liability_end, date(2027, 6, 30))
        self.assertFalse(self.tiling.date_liability_end)

    def test_a_completion_row_that_was_dropped_completes_nothing(self):
        self._amend(
            self.works,
            {"kind": "row_amount", "milestone_id": self.completion.id, "amount": 0.0},
            {"kind": "row_delta", "milestone_id": self.tiling.id, "amount": self.completion.amount},
        )
        self._accept_on(self.tiling, date(2026, 7, 31))
        self.assertFalse(self.works.date_handed_over)
        with freeze_time("2026-09-10 04:00:00"):
            self.works.with_user(self.user_manager).action_complete()
        self.assertEqual(self.tiling.date_liability_end, date(2027, 9, 10))

    def test_a_month_of_service_is_a_matter_of_its_own(self):
        contract = self._create_contract(retention_months=6)
        self._activate(contract)
        row = contract.milestone_ids[0]
        self._accept_on(row, date(2026, 2, 3))
        self.assertEqual(row.date_liability_end, date(2026, 8, 3))
