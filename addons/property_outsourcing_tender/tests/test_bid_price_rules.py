from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestBidPriceRules(TenderCommon):
    """Arithmetic, abnormally low prices, distance to the base price, clarification."""

    def _evaluate(self, prices=(7000.0, 7200.0, 7500.0), stated=None, **vals):
        """Return a tender whose prices are open; ``stated`` is what the first letter says."""
        tender = self._publish(self._create_tender(**vals))
        for firm, price in zip(self.firms, prices, strict=True):
            bid = self._draft_bid(tender, firm, price)
            if stated and firm == self.contractor:
                bid._portal_save({"stated_total": stated}, {}, [])
            bid.action_submit()
        self._open(tender)
        tender.with_user(self.user_manager).action_evaluate()
        self.env.flush_all()
        self.env.invalidate_all()
        return tender.with_user(self.user_manager)

    def _answer(self, asked, text="We work nearby.", agrees=None, firm=None):
        office = self.offices[firm or asked.sudo().contractor_id]
        asked.with_user(office)._portal_answer(text, agrees)

    # ---- arithmetic -------------------------------------------------------------------------------------

    def test_unit_prices_hold_against_a_wrong_total(self):
        tender = self._evaluate(stated=83000.0)
        bid = self._get_bid(tender, self.contractor)
        self.assertEqual((bid.amount_stated, bid.amount_total), (83000.0, 84000.0))
        self.assertIn(
            "The letter says $83,000.00, the prices add up to $84,000.00.", bid.clarification_ids.text
        )
        with self.assertRefused("Not clarified yet: Steady Elevators · Arithmetic Error"):
            tender.action_award()
        self._answer(bid.clarification_ids, "", agrees=True)
        tender.action_award()
        self.assertEqual(bid.state, "awarded")

    def test_the_total_holds_against_a_slipped_decimal_point(self):
        tender = self._evaluate(prices=(700.0, 7200.0, 7500.0), stated=84000.0)
        bid = self._get_bid(tender, self.contractor)
        self.assertEqual((bid.line_ids.price_unit, bid.amount_total), (7000.0, 84000.0))
        self.assertIn("has its decimal point in the wrong place", bid.clarification_ids.text)
        self.assertEqual(bid.hash_state, "same")

    def test_a_corrected_price_is_asked_about_with_all_its_decimals(self):
        tender = self._evaluate(prices=(699.9125, 7200.0, 7500.0), stated=83989.5)
        bid = self._get_bid(tender, self.contractor)
        text = bid.clarification_ids.text
        self.assertIn("the price $699.9125 has its decimal point in the wrong place", text)
        self.assertIn("and the price is $6,999.125.", text)

    def test_a_price_that_cannot_be_kept_does_not_stop_the_opening(self):
        """A thousandth of it would have seven decimals."""
        tender = self._evaluate(prices=(6999.1234, 7200.0, 7500.0), stated=83.99)
        bid = self._get_bid(tender, self.contractor)
        self.assertEqual(bid.line_ids.price_unit, 6999.1234)
        self.assertIn("The prices hold: the quote is $83,989.48.", bid.clarification_ids.text)

    def test_who_does_not_stand_by_the_corrected_total_is_out(self):
        tender = self._evaluate(stated=83000.0)
        bid = self._get_bid(tender, self.contractor)
        with self.assertRefused("Say whether you stand by the corrected total."):
            self._answer(bid.clarification_ids)
        self._answer(bid.clarification_ids, "", agrees=False)
        self.assertEqual(bid.state, "disqualified")
        self.assertEqual(self._get_bid(tender, self.competitor).rank, 1)

    def test_the_stated_total_is_not_read_before_the_prices_are_open(self):
        tender = self._publish(self._create_tender())
        for firm in self.firms:
            bid = self._draft_bid(tender, firm)
            bid._portal_save({"stated_total": 83000.0}, {}, [])
            bid.action_submit()
        self._open(tender)
        opened = self._get_bid(tender, self.contractor)
        self.assertFalse(opened.amount_stated)
        for user in (self.user_manager, self.user_admin):
            with self.assertRaises(AccessError):  # core's own
                opened.with_user(user).read(["stated_total"])

    def test_a_right_total_asks_nothing(self):
        tender = self._evaluate(stated=84000.0)
        self.assertFalse(tender.clarification_ids)

    # ---- low price --------------------------------------------------------------------------------------

    def test_an_abnormally_low_price_is_explained_before_the_award(self):
        tender = self._evaluate(prices=(4000.0, 7200.0, 7500.0))
        asked = tender.clarification_ids
        self.assertEqual((asked.kind, asked.contractor_id), ("low", self.contractor))
        self.assertIn("45.58 % below the mean", asked.text)
        with self.assertRefused("Not clarified yet"):
            tender.action_award()
        self._answer(asked)
        asked._take_reasoned_step("accept", "Its depot is next door.")
        tender.action_award()
        self.assertEqual(tender.lot_ids.contractor_id, self.contractor)

    def test_a_price_as_far_below_as_the_way_allows_is_explained_too(self):
        self.env.ref("property_outsourcing_tender.way_quotes").low_price_rate = 30.0
        tender = self._evaluate(prices=(7000.0, 10000.0, 10000.0))
        self.assertEqual(tender.clarification_ids.contractor_id, self.contractor)

    def test_what_is_not_explained_is_excluded(self):
        tender = self._evaluate(prices=(4000.0, 7200.0, 7500.0))
        asked = tender.clarification_ids
        with self.assertRefused("The bidder still has time to answer."):
            asked._take_reasoned_step("refuse", "No word.")
        with freeze_time(asked.date_due + timedelta(seconds=1)):
            with self.assertRefused("The time for this answer is over."):
                self._answer(asked)
            asked._take_reasoned_step("refuse", "No word.")
        self.assertEqual(asked.bid_id.state, "disqualified")
        self.assertEqual(self._get_bid(tender, self.competitor).rank, 1)

    # ---- clarification ----------------------------------------------------------------------------------

    def test_a_clarification_changes_no_price(self):
        tender = self._evaluate()
        bid = self._get_bid(tender, self.competitor)
        bid._take_reasoned_step("clarify", "Who is your engineer?")
        self._answer(bid.clarification_ids, "Li, and we lower our price to 1.")
        self.assertEqual((bid.amount_total, bid.clarification_ids.state), (86400.0, "answered"))
        with self.assertRefused("is Answered and cannot become Answered"):
            self._answer(bid.clarification_ids, "Once more")

    def test_others_neither_ask_nor_answer(self):
        tender = self._evaluate()
        bid = self._get_bid(tender, self.competitor)
        with self.assertRefused("You are not the person", AccessError):
            bid.with_user(self.user_supervisor)._take_reasoned_step("clarify", "Why?")
        bid._take_reasoned_step("clarify", "Why?")
        with self.assertRefused("Only the contractor", AccessError):
            self._answer(bid.clarification_ids, firm=self.contractor)
        with self.assertRaises(AccessError):  # core's own
            bid.clarification_ids.with_user(self.portal_competitor).read(["text"])
        with self.assertRaises(AccessError):  # core's own
            bid.clarification_ids.write({"answer": "Planted"})

    # ---- base price -------------------------------------------------------------------------------------

    def test_points_fall_with_the_distance_to_the_base_price(self):
        vals = {"price_method": "base", "base_discount": 0.0, "points_above": 2.0, "points_below": 1.0}
        tender = self._evaluate(prices=(6300.0, 7000.0, 7700.0), **vals)
        points = [self._get_bid(tender, firm).score_price for firm in self.firms]
        self.assertEqual(points, [90.0, 100.0, 80.0])
        self.assertIn("= 10.00 % × 2", self._get_bid(tender, self.third_firm).score_explanation)

    def test_the_method_is_fixed_with_the_publication(self):
        tender = self._publish(self._create_tender())
        with self.assertRefused("can no longer be changed"):
            tender.price_method = "base"
        self.assertLess(fields.Datetime.now(), tender.date_deadline)
