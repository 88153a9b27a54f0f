from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .amendment_common import SIGNATURE
from .variation_common import VariationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestVariation(VariationCommon):
    """Site variations and design changes: priced from the contract, signed by both sides."""

    # ---- prices -----------------------------------------------------------------------------------------

    def test_quantities_are_priced_from_the_items_of_the_contract(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertEqual((variation.line_ids.price_unit, variation.amount_total), (180.0, 6480.0))
        self.item._gated().write({"price_unit": 999.0})
        self.assertEqual(variation.amount_total, 6480.0)

    def test_numbers_are_drawn_with_the_approval(self):
        refused = self._submit_variation(self.contract, self.tiles)
        refused.with_user(self.user_manager).answer = "Part of the contract"
        refused.with_user(self.user_manager).action_reject()
        approved = self._approve_variation(self.contract, self.tiles, kind="design")
        self.assertEqual((refused.name, approved.name), (False, f"{self.contract.name}-D01"))
        self.assertEqual(refused.display_name, "Hollow tiles")

    def test_contractor_does_not_set_the_price_of_an_item(self):
        variation = self._draft_variation(self.contract, {**self.tiles, "price_unit": 500.0})
        self.assertEqual(variation.line_ids.price_unit, 180.0)
        with self.assertRaises(AccessError):  # core's own
            variation.line_ids.with_user(self.portal_contractor).write({"price_unit": 500.0})
        with self.assertRaisesRegex(ValidationError, r"costs \$180.00 by contract"):
            variation.line_ids.with_user(self.user_supervisor).write({"price_unit": 500.0})

    def test_item_of_another_contract_is_refused(self):
        other = self._add_item(self._create_works_draft())
        with self.assertRaisesRegex(ValidationError, "another contract"):
            self._draft_variation(self.contract, {"item_id": other.id, "quantity": 1.0})

    def test_new_price_needs_a_managers_agreement(self):
        line = {"name": "Crane", "price_unit": 1500.0, "quantity": 2.0}
        variation = self._submit_variation(self.contract, line)
        variation.with_user(self.user_supervisor).action_check()
        with self.assertRaisesRegex(UserError, "agree to the new prices"):
            variation.with_user(self.user_manager).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            variation.with_user(self.user_supervisor2).action_agree_new_prices()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            variation.with_user(self.portal_contractor).action_agree_new_prices()
        variation.with_user(self.user_manager).action_agree_new_prices()
        variation.with_user(self.user_manager).action_approve()
        self.assertEqual((variation.state, variation.amount_total), ("approved", 3000.0))

    def test_omitted_work_counts_negative(self):
        variation = self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": -10.0})
        self.assertEqual(variation.amount_total, -1800.0)

    # ---- who --------------------------------------------------------------------------------------------

    def test_three_persons_of_two_sides(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertEqual(
            (variation.signer_name, variation.submitted_by_id), ("Chen Foreman", self.portal_contractor)
        )
        for step in ("action_check", "action_approve", "action_reject", "action_return", "action_allow_late"):
            with self.assertRefused("You are not the person who may take this step.", AccessError, msg=step):
                getattr(variation.with_user(self.portal_contractor), step)()
        with self.assertRaisesRegex(UserError, "checks the quantities first"):
            variation.with_user(self.user_manager).action_approve()
        variation.with_user(self.user_manager).action_check()
        with self.assertRaisesRegex(UserError, "another person"):
            variation.with_user(self.user_manager).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            variation.with_user(self.user_supervisor).action_approve()
        variation.with_user(self.user_manager2).action_approve()
        self.assertEqual(
            (variation.checked_by_id, variation.approved_by_id), (self.user_manager, self.user_manager2)
        )

    def test_large_variation_needs_two_managers(self):
        self.company.outsourcing_variation_second_amount = 6000.0
        variation = self._submit_variation(self.contract, self.tiles)
        variation.with_user(self.user_supervisor).action_check()
        variation.with_user(self.user_manager).action_approve()
        self.assertEqual(variation.state, "checked")
        with self.assertRaisesRegex(UserError, "another person"):
            variation.with_user(self.user_manager).action_approve()
        variation.with_user(self.user_manager2).action_approve()
        self.assertEqual(variation.state, "approved")

    def test_limit_of_a_second_manager_is_in_the_company_currency(self):
        self.company.outsourcing_variation_second_amount = 6000.0
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertTrue(variation.needs_second_approval)
        self._price_foreign(variation, 2.0)
        self.assertFalse(variation.needs_second_approval)

    def test_refusal_and_return_need_an_opinion(self):
        variation = self._submit_variation(self.contract, self.tiles)
        for step in ("action_reject", "action_return"):
            with self.assertRaisesRegex(UserError, "opinion"):
                getattr(variation.with_user(self.user_manager), step)()
        variation.with_user(self.user_manager).answer = "Already in item 3"
        variation.with_user(self.user_manager).action_return()
        self.assertEqual((variation.state, variation.signature), ("draft", False))
        variation.with_user(self.portal_contractor)._portal_submit(SIGNATURE, "Chen Foreman")
        variation.with_user(self.user_manager).action_reject()
        self.assertEqual(variation.state, "rejected")

    def test_recorded_from_paper_with_the_scan_and_checked_by_another(self):
        variation = self._draft_paper()
        staff = variation.with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "scan"):
            staff._record_paper(self.performer, [])
        with self.assertRaisesRegex(UserError, "not one of the people"):
            staff._record_paper(self.representative, [self._scan()])
        staff._add_evidence([self._photo()], phase="before")
        staff._record_paper(self.performer, [self._scan()])
        self.assertEqual((variation.state, variation.is_paper), ("submitted", True))
        self.assertEqual(variation.signer_name, "Chen Foreman")
        with self.assertRaisesRegex(UserError, "another person"):
            staff.action_check()

    def _draft_paper(self):
        variations = self.env["outsourcing.variation"].with_user(self.user_supervisor)
        vals = {
            "title": "Paper", "contract_id": self.contract.id, "reason": "Found",
            "line_ids": [Command.create(self.tiles)],
        }  # fmt: skip
        return variations.create(vals).with_env(self.env)
