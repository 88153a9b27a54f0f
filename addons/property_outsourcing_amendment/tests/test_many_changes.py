from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import ManyContractsCommon, ManyWorksCommon, Step

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
class TestManyAmendments(AmendmentCommon, ManyContractsCommon):
    """Amendments of thirty contracts are asked for, told of and dropped for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.yesterday = cls.today - timedelta(days=1)

    def _draft_amendments(self):
        row = {"kind": "row_new", "name": "Extra", "amount": 1000.0, "date": self.today}
        drafts = [
            self._draft_amendment(contract, {**row, "community_id": contract.community_id.id})
            for contract in self.contracts
        ]
        return drafts[0].union(*drafts[1:])

    def test_amendments_wait_for_their_signature_for_the_price_of_one(self):
        amendments = self._draft_amendments()
        amendments._gated().write({"state": "to_sign", "date_sign_due": self.yesterday})
        self._take_steps(
            amendments,
            Step("outsourcing.contract.amendment.action_print", self.user_manager),
            Step("outsourcing.contract.amendment._process_unsigned"),
        )
        self.assertTrue(all(amendments.mapped("date_reminded")))

    def test_amendments_are_given_back_and_dropped_for_the_price_of_one(self):
        amendments = self._draft_amendments()
        amendments.with_user(self.user_supervisor).action_submit()
        amendments.with_user(self.user_manager).return_note = "The price is too high"
        self._take_steps(
            amendments,
            Step("outsourcing.contract.amendment.action_return", self.user_manager),
            Step("outsourcing.contract.amendment.action_cancel", self.user_supervisor),
        )
        self.assertEqual(set(amendments.mapped("state")), {"cancelled"})


@tagged("post_install", "-at_install")
class TestManyVariations(AmendmentCommon, ManyWorksCommon):
    """Site variations of thirty works take each step for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.yesterday = cls.today - timedelta(days=1)

    def _create_variations(self, state):
        """Return variations of one new price each, as if handed in by the firms."""
        variations = self.env["outsourcing.variation"].create(
            [
                {"contract_id": contract.id, "title": "Hollow tiles", "reason": "Found on tapping",
                 "community_id": contract.community_id.id, "date": self.today, "kind": "site"}
                for contract in self.many_works
            ]
        )  # fmt: skip
        self.env["outsourcing.variation.line"].create(
            [{"variation_id": v.id, "name": "Tiles", "quantity": 2, "price_unit": 80.0} for v in variations]
        )
        variations._gated().write(
            {"state": state, "user_id": self.env.ref("base.user_root").id, "date_answer_due": self.yesterday}
        )
        return variations

    def test_variations_are_approved_for_the_price_of_one(self):
        variations = self._create_variations("submitted")
        self._take_steps(
            variations,
            Step("outsourcing.variation.action_check", self.user_supervisor),
            Step("outsourcing.variation.action_agree_new_prices", self.user_manager),
            Step("outsourcing.variation.action_approve", self.user_manager2),
        )
        self.assertEqual(set(variations.mapped("state")), {"approved"})
        self._take_steps(variations, Step("outsourcing.variation.action_print", self.user_manager))

    def test_variations_are_answered_otherwise_for_the_price_of_one(self):
        for name in ("action_return", "action_reject"):
            variations = self._create_variations("submitted")
            variations.with_user(self.user_supervisor).answer = "No tile is hollow"
            steps = {
                "action_return": Step("outsourcing.variation.action_return", self.user_supervisor),
                "action_reject": Step("outsourcing.variation.action_reject", self.user_manager),
            }
            self._take_steps(variations, steps[name])

    def test_late_variations_are_allowed_for_the_price_of_one(self):
        variations = self._create_variations("draft")
        variations.write({"date": self.today - timedelta(days=60), "late_reason": "Found late"})
        self._take_steps(
            variations,
            Step("outsourcing.variation.action_allow_late", self.user_manager, core=self._tell_by_core),
        )
        self.assertTrue(all(variations.mapped("late_allowed_by_id")))

    def test_silence_about_variations_has_an_outcome_for_the_price_of_one(self):
        variations = self._create_variations("checked")
        self._take_steps(variations, Step("outsourcing.variation._process_unanswered"))
        self.company.outsourcing_variation_silence = "deemed"
        variations._gated().write({"new_price_agreed_by_id": self.user_manager.id, "date_escalated": False})
        self._take_steps(variations, Step("outsourcing.variation._process_unanswered"))
        self.assertEqual(set(variations.mapped("state")), {"approved"})
