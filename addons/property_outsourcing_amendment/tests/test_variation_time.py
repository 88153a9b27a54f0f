from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .amendment_common import SIGNATURE
from .variation_common import VariationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestVariationTime(VariationCommon):
    """A record comes complete and in time, and silence is no consent unless the company says so."""

    # ---- complete and in time ---------------------------------------------------------------------------

    def test_incomplete_record_is_refused_by_name(self):
        cases = (
            ({"photo": False}, "photo"),
            ({"reason": " "}, "what was found"),
            ({"kind": "design", "photo": False}, "changed drawing"),
        )
        for vals, sentence in cases:
            with self.assertRaisesRegex(UserError, sentence):
                self._submit_variation(self.contract, self.tiles, **vals)
        with self.assertRaisesRegex(UserError, "enter the quantities"):
            self._submit_variation(self.contract)

    def test_late_record_is_flagged_and_too_late_refused_without_a_managers_reason(self):
        self.assertFalse(self._submit_variation(self.contract, self.tiles).is_late)
        self.assertTrue(self._submit_variation(self.contract, self.tiles, date=date(2026, 6, 7)).is_late)
        late = self._draft_variation(self.contract, self.tiles, date=date(2026, 6, 6))
        contractor = late.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "4 days ago, at most 3"):
            contractor._portal_submit(SIGNATURE, "Chen")
        with self.assertRaisesRegex(UserError, "reason"):
            late.with_user(self.user_manager).action_allow_late()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            late.with_user(self.user_supervisor).action_allow_late()
        late.with_user(self.user_manager).late_reason = "Typhoon, site closed"
        late.with_user(self.user_manager).action_allow_late()
        contractor._portal_submit(SIGNATURE, "Chen")
        self.assertEqual((late.state, late.is_late), ("submitted", True))
        with self.assertRaisesRegex(ValidationError, "not come yet"):
            self._draft_variation(self.contract, self.tiles, date=date(2026, 6, 11))

    def test_whose_turn_it_is_is_an_activity_until_the_step_is_taken(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertIn(variation.activity_ids.user_id, self.community.supervisor_ids)
        self.assertEqual(variation.activity_ids.date_deadline, variation.date_answer_due)
        variation.with_user(self.user_supervisor).action_check()
        asked = variation.activity_ids.user_id
        self.assertEqual(len(asked), 1)
        self.assertTrue(asked.has_group("property_outsourcing.group_outsourcing_manager"))
        variation.with_user(self.user_manager).action_approve()
        self.assertFalse(variation.activity_ids)

    def test_contractor_asks_for_a_late_record_and_what_is_allowed_is_that_day(self):
        late = self._draft_variation(self.contract, self.tiles, date=date(2026, 6, 6))
        contractor = late.with_user(self.portal_contractor)
        contractor._portal_save({"reason": "Found on tapping"})
        self.assertFalse(late.activity_ids)
        contractor._portal_save({"late_reason": "Typhoon, site closed"})
        contractor._portal_save({"late_reason": "Typhoon, site closed"})
        self.assertEqual(late.activity_ids.user_id, self.contract.manager_id)
        self.assertEqual(len(late.activity_ids), 1)
        late.with_user(self.user_manager2).action_allow_late()
        self.assertFalse(late.activity_ids)
        contractor._portal_save({"date": date(2026, 6, 1)})
        self.assertFalse(late.late_allowed_by_id)
        with self.assertRaisesRegex(UserError, "9 days ago, at most 3"):
            contractor._portal_submit(SIGNATURE, "Chen")

    def test_works_only_and_running_only(self):
        service = self._create_active_contract()
        with self.assertRaisesRegex(ValidationError, "Only a works contract"):
            self._draft_variation(service)
        self.contract._gated().write({"state": "completed"})
        with self.assertRaisesRegex(ValidationError, "only a running or suspended"):
            self._draft_variation(self.contract)

    # ---- silence ----------------------------------------------------------------------------------------

    def test_silence_is_escalated_and_does_not_count_as_accepted(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertEqual(variation.date_answer_due, date(2026, 6, 17))
        variations = self.env["outsourcing.variation"]
        self.assertFalse(variations._get_unanswered(date(2026, 6, 17)) & variation)
        late = variations._get_unanswered(date(2026, 6, 18)) & variation
        late._process_unanswered()
        self.assertEqual((variation.state, variation.is_deemed), ("submitted", False))
        self.assertEqual(variation.activity_ids.user_id, self.user_manager)
        self.assertFalse(variations._get_unanswered(date(2026, 6, 18)) & variation)

    def test_silence_counts_as_accepted_where_the_company_has_set_so(self):
        self.company.outsourcing_variation_silence = "deemed"
        variation = self._submit_variation(self.contract, self.tiles)
        new_price = self._submit_variation(self.contract, {"name": "X", "price_unit": 5.0, "quantity": 1.0})
        (variation | new_price)._process_unanswered()
        self.assertEqual((variation.state, variation.is_deemed), ("approved", True))
        self.assertFalse(variation.approved_by_id)
        self.assertEqual(new_price.state, "submitted")

    def test_schedule_costs_the_same_for_one_and_for_thirty(self):
        def run(count):
            variations = self.env["outsourcing.variation"].union(
                *(self._submit_variation(self.contract, self.tiles) for _n in range(count))
            )
            self.company.outsourcing_variation_silence = "deemed"
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            variations._as_system()._transition_to("approved")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        run(1)
        few, many = run(1), run(30)
        self.assertLessEqual(many, few + 3)
