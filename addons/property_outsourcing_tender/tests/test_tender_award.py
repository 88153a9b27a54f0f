from odoo.exceptions import AccessError
from odoo.tests import tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderAward(TenderCommon):
    """The first of the ranking wins, nobody beyond its number of lots, and whoever refuses is followed."""

    def test_the_award_marks_winner_and_losers(self):
        tender = self._award(self._create_opened())
        states = [self._get_bid(tender, firm).state for firm in self.firms]
        self.assertEqual(states, ["awarded", "lost", "lost"])
        lot = tender.lot_ids
        self.assertEqual((lot.contractor_id, lot.amount_awarded), (self.contractor, 84000.0))
        self.assertEqual((lot.saving, lot.saving_rate), (6000.0, 6.67))
        self.assertEqual(tender.amount_awarded, 84000.0)

    def test_a_supervisor_awards_nothing(self):
        tender = self._create_opened()
        tender.action_evaluate()
        with self.assertRefused("You are not the person who may take this step", AccessError):
            tender.with_user(self.user_supervisor).action_award()

    def test_a_winner_that_is_suspended_in_between_is_not_awarded(self):
        tender = self._create_opened()
        tender.action_evaluate()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("suspended", "Accident")
        with self.assertRefused("Steady Elevators is Suspended: Accident"):
            tender.action_award()

    def test_a_winner_is_judged_in_the_company_of_the_tender(self):
        tender = self._create_opened()
        tender.action_evaluate()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("suspended", "Accident")
        other = self.env["res.company"].create({"name": "Other company"})
        self.user_manager.company_ids |= other
        elsewhere = tender.with_context(allowed_company_ids=(other | self.company).ids)
        with self.assertRefused("Steady Elevators is Suspended: Accident"):
            elsewhere.action_award()

    def test_one_bidder_wins_no_more_lots_than_allowed(self):
        lots = [self._prepare_lot("Lot 1", 50000.0), self._prepare_lot("Lot 2", 40000.0)]
        tender = self._publish(self._create_tender(lot_ids=lots, max_lots=1))
        for lot in tender.lot_ids:
            for firm, price in zip(self.firms, (3900.0, 4200.0, 4700.0), strict=True):
                self._submit_bid(tender, firm, price, lot)
        tender = self._award(self._open(tender))
        self.assertEqual(tender.lot_ids.mapped("contractor_id"), self.contractor | self.competitor)

    def test_a_winner_that_does_not_sign_is_followed_by_the_next(self):
        tender = self._award(self._create_opened())
        winner = self._get_bid(tender, self.contractor)
        self._decide_with_reason(winner, "action_winner_refused", "Price no longer held")
        self.assertEqual((winner.state, winner.disqualify_reason), ("disqualified", "Price no longer held"))
        self.assertEqual(tender.lot_ids.contractor_id, self.competitor)
        self.assertEqual(self._get_bid(tender, self.competitor).state, "awarded")

    def test_a_losing_bid_is_not_deleted(self):
        tender = self._award(self._create_opened())
        bid = self._get_bid(tender, self.third_firm)
        with self.assertRaises(AccessError):  # core's own
            bid.with_user(self.user_admin).unlink()
        with self.assertRefused("can no longer be deleted"):
            bid.sudo().unlink()

    def test_the_firm_counts_its_bids_and_wins_after_the_opening(self):
        self._award(self._create_opened())
        firm = self.contractor.with_user(self.user_manager)
        self.assertEqual((firm.outsourcing_bid_count, firm.outsourcing_bid_won_count), (1, 1))
        self.assertEqual(self.community.with_user(self.user_manager).tender_count, 1)
