from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, freeze_time, tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

TENDER = "property_outsourcing_tender"


@tagged("post_install", "-at_install")
class TestDemonstrationTenders(TransactionCase):
    """How the facade and the elevator contract were awarded: told in order, by the right people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "zh_CN"})
        cls.facade = cls.env.ref(f"{TENDER}.tender_facade", raise_if_not_found=False)
        cls.elevator = cls.env.ref(f"{TENDER}.tender_elevator", raise_if_not_found=False)

    def setUp(self):
        super().setUp()
        self.assertTrue(self.facade and self.elevator, "this is a test of the demonstration")

    def _get_bids(self, tender, states=("awarded", "lost", "disqualified")):
        return tender._get_all_bids(states)

    def _get_firm(self, name):
        return self.env.ref(f"{TENDER}.contractor_{name}")

    def test_five_bid_for_the_facade_and_the_late_one_is_refused(self):
        bids = self.env["outsourcing.bid"].search([("tender_id", "=", self.facade.id)])
        self.assertEqual(len(bids.contractor_id), 5)
        late = bids.filtered(lambda bid: bid.contractor_id == self._get_firm("chengda"))
        self.assertEqual((late.state, late.date_submitted), ("draft", False))
        with self.assertRaises(UserError) as refused:
            late.with_user(self.env.ref(f"{TENDER}.portal_chengda")).action_submit()
        self.assertNotIn("Error", str(refused.exception))
        self.assertTrue(all(bid.date_submitted < self.facade.date_deadline for bid in bids - late))
        log = " ".join(self.facade.message_ids.mapped("body"))
        self.assertIn("当场拒收", log)

    def test_the_forged_price_is_asked_about_refused_and_costs_the_bond(self):
        bid = self._get_bids(self.facade).filtered(lambda bid: bid.contractor_id == self._get_firm("huatai"))
        asked = bid.clarification_ids
        self.assertEqual((bid.state, asked.kind, asked.state), ("disqualified", "low", "refused"))
        self.assertIn("伪造", asked.decision)
        self.assertEqual(asked.answered_by_id, self.env.ref(f"{TENDER}.portal_huatai"))
        bonds = self.facade.bond_ids.grouped("state")
        self.assertEqual(bonds["forfeited"].contractor_id, bid.contractor_id)
        self.assertEqual(len(bonds["returned"]), 4)

    def test_two_bidders_share_a_device_and_a_manager_has_looked_at_it(self):
        flag = self.facade.flag_ids
        firms = self._get_firm("henggu") | self._get_firm("dingli")
        self.assertEqual((flag.kind, flag.bid_ids.contractor_id), ("device", firms))
        self.assertEqual(flag.decided_by_id, self.env.ref("property_outsourcing.user_manager"))

    def test_a_wrong_total_was_put_right_and_the_bidder_stands_by_it(self):
        asked = self.facade.clarification_ids.filtered(lambda asked: asked.kind == "arithmetic")
        self.assertEqual((asked.contractor_id, asked.state), (self._get_firm("henggu"), "accepted"))

    def test_questions_addendum_and_objection_are_answered_in_their_time(self):
        tender = self.facade
        self.assertEqual(len(tender.question_ids.filtered("answer")), 2)
        self.assertTrue(all(row.date_answered < tender.date_deadline for row in tender.question_ids))
        self.assertTrue(tender.addendum_ids.date_issued < tender.date_deadline)
        objection = tender.objection_ids
        self.assertTrue(tender.date_awarded < objection.date < objection.date_answered)
        self.assertLessEqual(trade_day(tender, objection.date), tender.date_publicity_end)

    def test_the_award_comes_before_the_contract_it_led_to(self):
        for tender, name in ((self.facade, "facade"), (self.elevator, "elevator")):
            contract = self.env.ref(f"property_outsourcing.contract_{name}")
            steps = [
                tender.date_published, tender.date_deadline, tender.date_opened, tender.date_prices_opened,
                tender.date_awarded,
            ]  # fmt: skip
            self.assertEqual(steps, sorted(steps), name)
            self.assertLess(tender.date_publicity_end, contract.date_signed, name)

    def test_bid_contract_and_order_lead_to_one_another_with_the_same_amount(self):
        for tender, name in ((self.facade, "facade"), (self.elevator, "elevator")):
            contract = self.env.ref(f"property_outsourcing.contract_{name}")
            bid = contract.tender_bid_id
            self.assertEqual(tender.lot_ids.contract_id, contract)
            self.assertEqual(tender.lot_ids.awarded_bid_id, bid)
            self.assertEqual(bid.contractor_id, contract.contractor_id)
            self.assertTrue(contract.purchase_order_id, name)
            if name == "facade":
                self.assertEqual(bid.amount_total, contract.amount_total)

    def test_the_log_of_an_award_is_as_old_as_the_award(self):
        for tender in (self.facade, self.elevator):
            latest = max(tender.message_ids.mapped("date"))
            self.assertLess(trade_day(tender, latest), fields.Date.subtract(fields.Date.today(), days=20))

    def test_every_column_of_the_board_holds_a_tender(self):
        tenders = self.env["outsourcing.tender"].search([])
        shown = {"draft", "published", "opened", "evaluating", "awarded", "failed"}
        self.assertEqual(shown - set(tenders.mapped("state")), set())

    def test_sealed_bids_are_shown_to_nobody_in_the_house(self):
        for name in ("river", "encrypted"):
            tender = self.env.ref(f"{TENDER}.tender_{name}")
            self.assertEqual(tender.state, "published")
            bids = self.env["outsourcing.bid"].search([("tender_id", "=", tender.id)])
            self.assertTrue(bids.filtered("date_submitted"), name)
            for login in ("user_manager", "user_supervisor", "user_finance"):
                user = self.env.ref(f"property_outsourcing.{login}")
                self.assertFalse(bids.with_user(user).search([("tender_id", "=", tender.id)]), (name, login))

    def test_the_encrypted_tender_opens_with_two_of_three_passphrases(self):
        tender = self.env.ref(f"{TENDER}.tender_encrypted")
        bids = self.env["outsourcing.bid"].search([("tender_id", "=", tender.id)])
        self.assertFalse(any(bids.line_ids.mapped("price_unit")))
        openers = {
            self.env.ref(f"property_outsourcing.user_{name}"): f"{name}-open-2026"
            for name in ("manager", "supervisor")
        }
        with freeze_time(tender.date_deadline + timedelta(hours=1)):
            tender.with_user(self.env.ref("property_outsourcing.user_manager"))._open_with(openers)
        self.assertEqual(tender.state, "opened")
        self.assertEqual(set(bids.mapped("hash_state")), {"same"})
