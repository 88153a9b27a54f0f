from odoo.tests import tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestManyBids(TenderCommon):
    """Lists, counters and the ranking cost the same for one document and for thirty."""

    def _count_queries(self, records, names):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        records.with_user(self.user_manager).read(names)
        return self.env.cr.sql_log_count - before

    def test_the_list_of_tenders(self):
        first = self._create_tender()
        tenders = self.env["outsourcing.tender"].union(first, *(first.copy() for _number in range(29)))
        names = ["display_name", "way_id", "amount_estimate", "bid_count", "missing_points", "contract_count"]
        names.remove("missing_points")
        self._count_queries(first, names)
        self.assertLessEqual(self._count_queries(tenders, names), self._count_queries(first, names) + 2)

    def test_the_ranking(self):
        tender = self._create_opened()
        tender.action_evaluate()
        lot, bids = tender.lot_ids.sudo(), tender.bid_ids.sudo()
        few = self._count_ranking(lot)
        for number in range(27):
            firm = self._create_contractor(f"Firm {number}")
            copy = bids[0]._gated().copy({"contractor_id": firm.id})
            copy._gated().write({"state": "scored", "has_price": True, "amount_total": 1000.0 + number})
        self.assertLessEqual(self._count_ranking(lot), few + 4)

    def _count_ranking(self, lot):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        lot._rank_bids()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
