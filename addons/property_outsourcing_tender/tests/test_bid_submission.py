from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestBidSubmission(TenderCommon):
    """Handing in, replacing and withdrawing, until the deadline by the clock of the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tender = cls._publish(cls._create_tender())

    def test_the_second_of_the_deadline_counts(self):
        bid = self._draft_bid(self.tender, self.contractor)
        with self._after_deadline(self.tender), self.assertRefused("nothing was handed in or changed"):
            bid.action_submit()
        with freeze_time(self.tender.date_deadline):
            bid.action_submit()
        self.assertEqual(bid.state, "submitted")

    def test_nothing_is_drawn_up_or_withdrawn_after_the_deadline(self):
        bid = self._submit_bid(self.tender, self.contractor)
        with self._after_deadline(self.tender):
            with self.assertRefused("nothing was handed in or changed"):
                bid.action_withdraw()
            with self.assertRefused("nothing was handed in or changed"):
                self._draft_bid(self.tender, self.competitor)

    def test_a_bid_that_was_handed_in_is_not_changed(self):
        bid = self._submit_bid(self.tender, self.contractor)
        with self.assertRefused("draw up a new one"):
            bid._portal_save({}, {}, [])

    def test_a_new_bid_replaces_the_former_one(self):
        first = self._submit_bid(self.tender, self.contractor, 7000.0)
        second = self._draft_bid(self.tender, self.contractor, 6900.0)
        self.assertEqual(first.state, "submitted")
        self.assertEqual(len(second.file_ids), 2)
        second.action_submit()
        self.assertEqual((first.state, second.state), ("withdrawn", "submitted"))

    def test_what_is_missing_is_said_at_once(self):
        lot = self.tender.lot_ids.with_user(self.portal_contractor)
        bid = self.env["outsourcing.bid"].with_user(self.portal_contractor)._portal_begin(lot)
        with self.assertRefused("Fee of Lot 1: the price is missing.") as caught:
            bid.action_submit()
        self.assertIn("signed letter of tender is missing", str(caught.exception))

    def test_a_negative_price_is_refused(self):
        lot = self.tender.lot_ids.with_user(self.portal_contractor)
        bid = self.env["outsourcing.bid"].with_user(self.portal_contractor)._portal_begin(lot)
        with self.assertRefused("A price cannot be negative."):
            bid._portal_save({}, {lot.sudo().item_ids.id: -1.0}, [])

    def test_a_bid_for_nothing_is_refused(self):
        with self.assertRefused("Fee of Lot 1: the price is missing."):
            self._submit_bid(self.tender, self.contractor, 0.0)

    def test_a_bid_in_another_currency_is_not_taken(self):
        bid = self._draft_bid(self.tender, self.contractor)
        other = self.env["res.currency"].search([("id", "!=", bid.sudo().currency_id.id)], limit=1)
        for record in (bid, bid.sudo().line_ids.with_user(self.portal_contractor)):
            with self.assertRaises(AccessError):  # core's own
                record.write({"currency_id": other.id})
        with self.assertRefused("can no longer be changed"):
            self.tender.with_user(self.user_manager).currency_id = other
        bid.action_submit()
        self.assertEqual(bid.sudo().currency_id, self.company.currency_id)

    def test_a_quote_above_the_published_ceiling_is_refused(self):
        lots = [self._prepare_lot("Lot 1", 90000.0, ceiling=80000.0)]
        tender = self._publish(self._create_tender(lot_ids=lots))
        bid = self._draft_bid(tender, self.contractor, 7000.0)
        with self.assertRefused("The quote of $84,000.00 is above the ceiling price of $80,000.00."):
            bid.action_submit()

    def test_a_quote_at_the_published_ceiling_is_handed_in(self):
        lots = [self._prepare_lot("Lot 1", 90000.0, ceiling=84000.0)]
        bid = self._submit_bid(self._publish(self._create_tender(lot_ids=lots)), self.contractor, 7000.0)
        self.assertEqual(bid.sudo().state, "submitted")

    def test_a_firm_without_its_documents_reads_which_one_is_missing(self):
        self._archive_licence(self.competitor)
        with self.assertRefused("Rapid Elevators: "):
            self._draft_bid(self.tender, self.competitor)

    def test_another_firm_does_not_act_for_the_bidder(self):
        bid = self._draft_bid(self.tender, self.contractor)
        for user in (self.portal_competitor, self.user_manager, self.user_admin):
            with (
                self.subTest(user=user.name),
                self.assertRefused("This is sealed, it is not yours", AccessError),
            ):
                bid.with_user(user).action_submit()

    def test_staff_does_not_bid(self):
        bids = self.env["outsourcing.bid"].with_user(self.user_manager)
        with self.assertRefused("Only the people of a firm bid", AccessError):
            bids._portal_begin(self.tender.lot_ids.with_user(self.user_manager))

    def test_a_firm_that_is_not_invited_finds_nothing(self):
        stranger = self._create_contractor("Stranger", services=self.service_elevator)
        office = self._create_portal_user("13800000029", "Stranger's office", stranger)
        self.assertFalse(self.env["outsourcing.tender"].with_user(office).search([]))
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.bid"].with_user(office)._portal_begin(self.tender.lot_ids.with_user(office))

    def test_a_firm_writes_nothing_of_its_bid_past_the_pages(self):
        bid = self._draft_bid(self.tender, self.contractor)
        for values in ({"state": "submitted"}, {"plan": "x"}, {"validity_days": 1}):
            with self.subTest(values=values), self.assertRaises(AccessError):  # core's own
                bid.write(values)
        with self.assertRaises(AccessError):  # core's own
            bid.line_ids.write({"price_unit": 1})

    def test_the_receipt_vouches_for_price_text_and_files(self):
        bid = self._submit_bid(self.tender, self.contractor)
        self.assertRegex(bid.receipt, "^[0-9a-f]{64}$")
        sealed = bid.sudo()
        self.assertTrue(sealed._is_as_submitted())
        sealed.line_ids._gated().price_unit = 6999.99
        self.assertFalse(sealed._is_as_submitted())
        self.assertNotEqual(sealed._compute_receipt("a"), sealed._compute_receipt("b"))

    def test_validity_shorter_than_asked_is_refused(self):
        bid = self._draft_bid(self.tender, self.contractor)
        bid._portal_save({"validity_days": 30}, {}, [])
        with (
            self.assertRefused("The bid has to be valid for 90 days."),
            freeze_time(self.tender.date_deadline - timedelta(hours=1)),
        ):
            bid.action_submit()
