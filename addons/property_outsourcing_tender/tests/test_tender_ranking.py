from unittest.mock import patch

from odoo.tests import tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderRanking(TenderCommon):
    """The lowest price ranks first; ties, ceilings, past performance and exclusions follow their rules."""

    def _rank(self, prices, **vals):
        tender = self._create_opened(prices=prices, **vals)
        tender.action_evaluate()
        return tender

    def _get_ranks(self, tender):
        return [self._get_bid(tender, firm).rank for firm in self.firms]

    def test_the_price_alone_ranks_three_quotes(self):
        tender = self._rank((150.0, 100.0, 120.0))
        self.assertEqual(self._get_ranks(tender), [3, 1, 2])
        self.assertEqual(self._get_bid(tender, self.third_firm).score_total, 83.33)

    def test_past_performance_adds_its_own_line(self):
        def bonus(_self, contractors):
            return {firm: [("Gold partner", 5.0)] if firm == self.third_firm else [] for firm in contractors}

        with patch.object(self.registry["outsourcing.tender"], "_get_bid_bonus", bonus):
            tender = self._rank((100.0, 101.0, 102.0))
        bid = self._get_bid(tender, self.third_firm)
        self.assertEqual((bid.rank, bid.score_bonus), (1, 5.0))
        self.assertIn("Gold partner", bid.score_explanation)
        self._decide_with_reason(self._get_bid(tender, self.contractor), "action_exclude", "Forged reference")
        self.assertEqual(bid.score_bonus, 5.0, "known with the first ranking, it stays whatever comes later")

    def test_every_figure_is_explained(self):
        tender = self._rank((100.0, 120.0, 150.0))
        bid = self._get_bid(tender, self.competitor)
        self.assertIn("$1,200.00 ÷ $1,440.00 × 100", bid.score_explanation)

    def test_a_quote_above_a_ceiling_that_was_not_published_is_excluded(self):
        lots = [self._prepare_lot("Lot 1", 900.0, ceiling=1300.0)]
        tender = self._rank((100.0, 120.0, 105.0), lot_ids=lots, show_ceiling=False)
        bid = self._get_bid(tender, self.competitor)
        self.assertEqual(bid.state, "disqualified")
        self.assertEqual(bid.disqualify_reason, "The quote is above the ceiling price of $1,300.00.")
        self.assertEqual(self._get_ranks(tender), [1, 0, 2])

    def test_a_quote_at_a_ceiling_that_was_not_published_is_ranked(self):
        lots = [self._prepare_lot("Lot 1", 900.0, ceiling=1260.0)]
        tender = self._rank((100.0, 120.0, 105.0), lot_ids=lots, show_ceiling=False)
        self.assertEqual(self._get_ranks(tender), [1, 0, 2])

    def test_an_exclusion_moves_the_others_up(self):
        tender = self._rank((100.0, 120.0, 150.0))
        self._decide_with_reason(self._get_bid(tender, self.contractor), "action_exclude", "Forged reference")
        self.assertEqual(self._get_ranks(tender), [0, 1, 2])
        self.assertEqual(self._get_bid(tender, self.competitor).score_price, 100.0)

    def test_a_supervisor_excludes_nobody(self):
        tender = self._rank((100.0, 120.0, 150.0))
        with self.assertRefused("You are not the person who may take this step"):
            self._get_bid(tender, self.contractor).with_user(self.user_supervisor).action_exclude()
