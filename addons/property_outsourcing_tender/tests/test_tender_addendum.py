from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderAddendum(TenderCommon):
    """The papers change by numbered addenda; who does not acknowledge them is out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tender = cls._publish(cls._create_tender())

    def _draft(self, **vals):
        addenda = self.env["outsourcing.tender.addendum"].with_user(self.user_supervisor)
        return addenda.create({"tender_id": self.tender.id, "text": "Thirteen visits", **vals})

    def _issue(self, **vals):
        addendum = self._draft(**vals)
        addendum.with_user(self.user_manager).action_issue()
        self.env.flush_all()
        self.env.invalidate_all()
        return addendum

    def test_addenda_are_numbered_when_they_are_issued(self):
        draft, second = self._draft(), self._draft()
        self.assertFalse(draft.number)
        for addendum in (second, draft):
            addendum.with_user(self.user_manager).action_issue()
        self.assertEqual((second.number, draft.number), (1, 2))
        with self.assertRefused("can no longer be changed"):
            draft.text = "Other"
        with self.assertRefused("can no longer be deleted"):
            draft.unlink()

    def test_a_supervisor_does_not_issue(self):
        with self.assertRefused("You are not the person", AccessError):
            self._draft().action_issue()

    def test_a_bid_is_handed_in_with_the_acknowledgement_only(self):
        self._issue()
        bid = self._draft_bid(self.tender, self.contractor)
        with self.assertRefused("Acknowledge addendum 1 first."):
            bid.action_submit()
        bid._portal_acknowledge()
        bid.action_submit()
        self.assertEqual(bid.state, "submitted")

    def test_a_bid_handed_in_before_counts_once_it_is_acknowledged(self):
        bids = self._submit_bids(self.tender)
        self._issue()
        for bid, office in zip(bids, self.offices.values(), strict=True):
            bid.with_user(office)._portal_acknowledge()
        self._open(self.tender)
        self.assertEqual(set(bids.sudo().mapped("state")), {"opened"})

    def test_without_acknowledgement_a_bid_is_excluded_with_the_reason(self):
        fourth = self._create_contractor("Fourth Elevators", services=self.service_elevator)
        self.offices[fourth] = self._create_portal_user("13800000022", "Fourth office", fourth)
        self._create_contact("Mechanic", fourth)
        self._create_required_documents(fourth)
        self.tender.env["outsourcing.tender.invitation"].sudo().create(
            {"tender_id": self.tender.id, "contractor_id": fourth.id}
        )
        forgotten = self._submit_bid(self.tender, fourth)
        self._issue()
        for firm in self.firms:
            bid = self._draft_bid(self.tender, firm)
            bid._portal_acknowledge()
            bid.action_submit()
        self._open(self.tender)
        self.assertEqual(forgotten.sudo().state, "disqualified")
        self.assertEqual(
            forgotten.sudo().disqualify_reason, "Addendum 1 was not acknowledged before the deadline."
        )

    def test_bids_without_acknowledgement_do_not_make_up_the_number(self):
        bids = self._submit_bids(self.tender)
        self._issue()
        bids[0].with_user(self.portal_contractor)._portal_acknowledge()
        self._open(self.tender)
        self.assertEqual(self.tender.state, "failed")
        self.assertEqual(set(bids.sudo().mapped("state")), {"submitted"})

    def test_another_firm_or_staff_does_not_acknowledge(self):
        self._issue()
        bid = self._draft_bid(self.tender, self.contractor)
        for user in (self.portal_competitor, self.user_manager, self.user_admin):
            with self.subTest(user=user.name), self.assertRefused("Only the contractor", AccessError):
                bid.with_user(user)._portal_acknowledge()

    def test_nothing_is_acknowledged_after_the_deadline(self):
        self._issue()
        bid = self._draft_bid(self.tender, self.contractor)
        with self._after_deadline(self.tender), self.assertRefused("nothing was handed in or changed"):
            bid._portal_acknowledge()

    def test_the_deadline_is_put_off_and_the_opening_with_it(self):
        before, opening = self.tender.date_deadline, self.tender.date_opening
        addendum = self._issue(date_deadline=before + timedelta(days=3))
        self.assertEqual(self.tender.date_deadline, before + timedelta(days=3))
        self.assertEqual(self.tender.date_opening, opening + timedelta(days=3))
        self.assertEqual(addendum.date_deadline_before, before)
        self.assertIn("The deadline is now ", self.tender.message_ids[0].body)

    def test_a_deadline_is_never_brought_forward(self):
        with self.assertRefused("A deadline is only put off, never brought forward."):
            self._issue(date_deadline=self.tender.date_deadline - timedelta(days=1))

    def test_a_deadline_that_passed_does_not_move(self):
        with self._after_deadline(self.tender), self.assertRefused("The deadline has passed"):
            self._issue(date_deadline=fields.Datetime.now() + timedelta(days=9))

    def test_shortly_before_the_deadline_it_has_to_move(self):
        with freeze_time(self.tender.date_deadline - timedelta(hours=5)):
            with self.assertRefused("Bidders need 2 days after an addendum"):
                self._issue()
            self._issue(date_deadline=self.tender.date_deadline + timedelta(days=3))

    def test_invited_firms_are_told_whether_they_bid_or_not(self):
        for firm, office in self.offices.items():
            office.partner_id.email = f"{firm.id}@example.com"
        self._submit_bid(self.tender, self.contractor)
        self._issue()
        told = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "outsourcing.tender"),
                    ("res_id", "=", self.tender.id),
                    ("message_type", "=", "user_notification"),
                ]
            )
        )
        people = [office.partner_id for office in self.offices.values()]
        self.assertEqual(
            sorted(message.notified_partner_ids.id for message in told), sorted(p.id for p in people)
        )

    def test_who_is_invited_and_has_no_e_mail_is_told_on_the_first_page(self):
        self._issue()
        notices = self.env["outsourcing.notice"].sudo()
        told = notices.search([("res_id", "=", self.tender.id), ("sentence", "like", "Thirteen visits")])
        people = self.env["res.partner"].union(*(office.partner_id for office in self.offices.values()))
        self.assertEqual(told.filtered(lambda notice: notice.channel == "page").partner_id, people)

    def test_the_acknowledgement_tells_staff_nothing(self):
        addendum = self._issue()
        bid = self._draft_bid(self.tender, self.contractor)
        bid._portal_acknowledge()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.user_manager, self.user_admin):
            found = (
                self.env["outsourcing.bid"].with_user(user).search([("acknowledged_ids", "in", addendum.ids)])
            )
            self.assertFalse(found)
            self.assertNotEqual(addendum.with_user(user).write_uid, self.portal_contractor)
