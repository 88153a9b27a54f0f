from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .tender_common import TENDER, TenderCommon


@tagged("post_install", "-at_install")
class TestTenderPublication(TenderCommon):
    """What is published is complete, approved, and fixed from then on."""

    def test_all_that_is_missing_is_said_at_once(self):
        tender = self._create_tender(lot_ids=[], date_deadline=False, contract_date_start=False)
        tender.criterion_ids.weight = 99.9
        with self.assertRefused("The points of the factors add up to 99.9, not to 100.") as caught:
            tender.action_publish()
        for sentence in ("one lot at least", "deadline is missing", "last day of the contract are missing"):
            self.assertIn(sentence, str(caught.exception))

    def test_bidders_have_the_days_of_the_way(self):
        tender = self._create_tender(date_deadline=fields.Datetime.now() + timedelta(days=1))
        with self.assertRefused("leaves bidders 2 days at least"):
            tender.action_publish()

    def test_three_quotes_invite_three_firms_that_may_bid(self):
        tender = self._create_tender(invited_ids=[Command.set(self.contractor.ids)])
        with self.assertRefused("invite 3 firms at least"):
            tender.action_publish()
        tender.invited_ids = self.firms
        self.competitor.with_user(self.user_manager)._set_outsourcing_state("suspended", "Late")
        with self.assertRefused("Rapid Elevators is Suspended"):
            tender.action_publish()

    def test_a_direct_award_needs_a_reason_and_a_second_manager(self):
        tender = self._create_tender("direct", invited_ids=[Command.set(self.contractor.ids)])
        tender.lot_ids.estimate = 5000
        with self.assertRefused("needs a reason in writing"):
            tender.action_request_approval()
        tender.reason = "Elevator stands still, the maker alone has the part"
        tender.action_request_approval()
        self.assertEqual(
            tender.activity_ids.activity_type_id, self.env.ref(f"{TENDER}.activity_type_tender_approval")
        )
        with self.assertRefused("another person must take this step"):
            tender.action_publish()
        tender.with_user(self.user_manager2).action_publish()
        self.assertEqual((tender.state, tender.approved_by_id), ("published", self.user_manager2))
        self.assertFalse(tender.activity_ids)

    def test_nothing_of_a_published_tender_changes(self):
        tender = self._publish(self._create_tender())
        with self.assertRefused("Deadline can no longer be changed"):
            tender.date_deadline += timedelta(days=1)
        with self.assertRefused("its lines can no longer be changed"):
            tender.criterion_ids.weight = 50
        with self.assertRefused("its lines can no longer be changed"):
            tender.lot_ids.item_ids.quantity = 1
        with self.assertRefused("changes only through the buttons of the workflow"):
            tender.state = "draft"

    def test_a_supervisor_does_not_publish(self):
        tender = self._create_tender().with_user(self.user_supervisor)
        with self.assertRefused("You are not the person who may take this step", AccessError):
            tender.action_publish()

    def test_a_second_round_has_everything_but_the_bids(self):
        tender = self._publish(self._create_tender())
        self._decide_with_reason(tender, "action_cancel", "Scope changed")
        self.assertEqual((tender.state, tender.end_reason), ("cancelled", "Scope changed"))
        second = self.env["outsourcing.tender"].browse(tender.action_second_round()["res_id"])
        self.assertEqual(second.state, "draft")
        self.assertEqual(second.lot_ids.item_ids.mapped("quantity"), [12.0])
        self.assertEqual(second.weight_total, 100)
        self.assertFalse(second.date_deadline or second.date_published)

    def test_papers_for_bidders_are_fixed_and_go_with_the_second_round(self):
        tender = self._create_tender()
        file = self._attach_scan(tender, "drawing.png")
        self._publish(tender)
        with self.assertRefused("can no longer be changed"):
            file.with_user(self.user_manager).raw = b"other"
        self._decide_with_reason(tender, "action_cancel", "Scope changed")
        second = self.env["outsourcing.tender"].browse(tender.action_second_round()["res_id"])
        self.assertEqual(second.attachment_ids.mapped("name"), ["drawing.png"])
