from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .tender_common import TENDER, TenderCommon


@tagged("post_install", "-at_install")
class TestTenderOpening(TenderCommon):
    """Two people open, not before the deadline, and only lots with enough bids."""

    def test_nobody_opens_before_the_deadline(self):
        tender = self._publish(self._create_tender())
        self._submit_bids(tender)
        with self.assertRefused("The bids are opened on "):
            tender.with_user(self.user_supervisor).action_ready_to_open()
        with self.assertRefused("The bids are opened on "):
            tender.action_open()

    def test_bids_are_opened_from_the_very_moment_of_the_opening(self):
        tender = self._publish(self._create_tender())
        self._submit_bids(tender)
        with freeze_time(tender.date_opening or tender.date_deadline):
            tender.with_user(self.user_supervisor).action_ready_to_open()
            tender.with_user(self.user_manager).action_open()
        self.assertEqual(tender.state, "opened")

    def test_one_person_does_not_open_alone(self):
        tender = self._publish(self._create_tender())
        self._submit_bids(tender)
        with self._after_deadline(tender):
            with self.assertRefused("Two people open"):
                tender.action_open()
            tender.action_ready_to_open()
            with self.assertRefused("another person must take this step"):
                tender.action_open()
        self.assertEqual(tender.state, "published")

    def test_the_opening_names_both_and_compares_the_receipts(self):
        tender = self._publish(self._create_tender())
        bids = self._submit_bids(tender)
        bids[1].sudo().line_ids._gated().price_unit = 1.0
        self._open(tender)
        self.assertEqual(tender.opener_id, self.user_supervisor)
        self.assertEqual(tender.second_opener_id, self.user_manager)
        self.assertEqual(bids.sudo().mapped("hash_state"), ["same", "changed", "same"])
        self.assertEqual(set(bids.sudo().mapped("state")), {"opened"})

    def test_too_few_bids_stay_sealed(self):
        tender = self._publish(self._create_tender())
        bids = self._submit_bid(tender, self.contractor) | self._submit_bid(tender, self.competitor)
        self._open(tender)
        self.assertEqual(tender.state, "failed")
        self.assertEqual(tender.lot_ids.fail_reason, "Fewer than 3 bids: they were not opened.")
        self.assertEqual(set(bids.sudo().mapped("state")), {"submitted"})
        self.assertEqual(self.env["outsourcing.bid"].with_user(self.user_admin).search_count([]), 0)

    def test_a_lot_opens_without_the_one_that_fails(self):
        lots = [self._prepare_lot("Lot 1", 50000.0), self._prepare_lot("Lot 2", 40000.0)]
        tender = self._publish(self._create_tender(lot_ids=lots))
        self._submit_bids(tender)
        self._submit_bid(tender, self.contractor, lot=tender.lot_ids[1])
        self._open(tender)
        self.assertEqual(tender.lot_ids.mapped("result"), ["open", "failed"])
        self.assertEqual(tender.state, "opened")

    def test_a_withdrawn_bid_is_not_opened(self):
        tender = self._publish(self._create_tender())
        bids = self._submit_bids(tender)
        bids[0].with_user(self.portal_contractor).action_withdraw()
        self._submit_bid(tender, self.contractor, 6000.0)
        self._open(tender)
        self.assertEqual(bids[0].sudo().state, "withdrawn")
        self.assertEqual(tender.bid_count, 3)

    def test_the_job_asks_the_responsible_person_once(self):
        tender = self._publish(self._create_tender())
        with freeze_time(tender.date_deadline + timedelta(minutes=1)):
            for _run in range(2):
                self.env["outsourcing.tender"]._cron_openings()
        self.assertEqual(tender.activity_ids.user_id, self.user_manager)
        self.assertEqual(
            tender.activity_ids.activity_type_id, self.env.ref(f"{TENDER}.activity_type_tender_opening")
        )
