from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf
from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .tender_common import TenderFactory

BASE = "/my/outsourcing"


@tagged("post_install", "-at_install")
class TestTenderPortal(TenderFactory, PortalCommon):
    """A firm bids on its phone; another one, and staff, find nothing by guessing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        cls.tender = cls._publish(cls._create_tender())

    def _bid_over_http(self, user, price="7000"):
        """Bid as a phone would; return the bid."""
        lot = self.tender.lot_ids
        page = self._send(f"{BASE}/tenders/{self.tender.id}/bid/{lot.id}", user=user)
        self.assertIn("Prices, taxes included", page.text)
        bid = self.env["outsourcing.bid"].sudo().search([("user_id", "=", user.id)], order="id desc", limit=1)
        form = {
            f"price_{lot.item_ids.id}": price,
            "validity_days": "90",
            "tax_rate": "6",
            "plan": "Twice a month",
        }
        files = [("files_letter", ("letter.pdf", make_pdf()))]
        page = self._send(f"{BASE}/bids/{bid.id}/save", form, files=files)
        self.assertIn("Saved. It is not handed in yet.", page.text)
        return bid

    def test_a_bid_is_drawn_up_handed_in_and_has_its_receipt(self):
        bid = self._bid_over_http(self.portal_contractor)
        page = self._send(f"{BASE}/bids/{bid.id}/submit")
        self.env.invalidate_all()
        self.assertEqual(bid.state, "submitted")
        self.assertIn(bid.receipt, page.text)
        self.assertIn(bid.receipt_salt, page.text)
        page = self._send(f"{BASE}/bids/{bid.id}/withdraw")
        self.env.invalidate_all()
        self.assertEqual(bid.state, "withdrawn")

    def test_what_was_typed_wrong_is_said_and_kept(self):
        bid = self._bid_over_http(self.portal_contractor)
        item = self.tender.lot_ids.item_ids
        form = {f"price_{item.id}": "seven", "validity_days": "90", "tax_rate": "6", "plan": "Kept text"}
        page = self._send(f"{BASE}/bids/{bid.id}/save", form)
        self.assertIn("seven is not a price.", page.text)
        self.assertIn("Kept text", page.text)

    def test_a_price_in_another_currency_is_no_price(self):
        bid = self._bid_over_http(self.portal_contractor)
        item = self.tender.lot_ids.item_ids
        for price in ("USD 7000", "$7000", "7000 €"):
            form = {f"price_{item.id}": price, "validity_days": "90", "tax_rate": "6"}
            page = self._send(f"{BASE}/bids/{bid.id}/save", form)
            self.assertIn(f"{price} is not a price.", page.text)
        self.env.invalidate_all()
        self.assertEqual(bid.line_ids.price_unit, 7000.0)

    def test_what_was_uploaded_in_time_is_not_handed_in_a_second_late(self):
        bid = self._bid_over_http(self.portal_contractor)
        passed = fields.Datetime.now() - timedelta(seconds=1)
        self.tender.sudo()._gated().write({"date_deadline": passed})
        self.env.flush_all()
        page = self._send(f"{BASE}/bids/{bid.id}/submit")
        self.assertIn("nothing was handed in or changed", page.text)
        self.env.invalidate_all()
        self.assertEqual(bid.state, "draft")

    def test_strangers_find_nothing(self):
        bid = self._bid_over_http(self.portal_contractor)
        file = bid.file_ids
        paths = (
            f"{BASE}/bids/{bid.id}",
            f"{BASE}/bids/{bid.id}/files/{file.id}",
            f"/web/content/outsourcing.bid.file/{file.id}/content",
        )
        for user in (self.portal_competitor, self.portal_representative, self.user_manager, self.user_admin):
            for path in paths:
                with self.subTest(user=user.name, path=path):
                    self.assertIn(self._page(path, user).status_code, (403, 404))
        self.assertEqual(self._page(paths[1], self.portal_contractor).content, make_pdf())

    def test_an_invitation_is_not_read_by_others(self):
        page = self._page(f"{BASE}/tenders/{self.tender.id}", self.portal_representative)
        self.assertEqual(page.status_code, 404)
        page = self._page(f"{BASE}/tenders", self.portal_competitor)
        self.assertIn("Elevator maintenance", page.text)
        page = self._page(f"{BASE}/tenders/{self.tender.id}")
        self.assertNotIn("Steady Elevators", page.text)
        self.assertNotIn("90,000", page.text)

    def test_papers_are_for_those_who_read_the_tender(self):
        tender = self._create_tender()
        file = self._attach_scan(tender)
        self._publish(tender)
        path = f"{BASE}/tenders/{tender.id}/files/{file.id}"
        self.assertEqual(self._page(path, self.portal_competitor).content, file.raw)
        self.assertEqual(self._page(path, self.portal_representative).status_code, 404)
        other = f"{BASE}/tenders/{self.tender.id}/files/{file.id}"
        self.assertEqual(self._page(other, self.portal_competitor).status_code, 404)

    def test_a_blocked_firm_reads_what_is_missing(self):
        document = self._archive_licence(self.competitor)
        page = self._page(f"{BASE}/tenders/{self.tender.id}", self.portal_competitor)
        self.assertIn("Before you can bid:", page.text)
        self.assertIn(document.type_id.name, page.text)

    def test_a_blocked_firm_hands_in_what_is_missing_at_once(self):
        kind = self._archive_licence(self.competitor).type_id
        page = f"{BASE}/tenders/{self.tender.id}"
        path = f"{page}/documents/{kind.id}"
        self.assertIn(path, self._page(page, self.portal_competitor).text)
        self.assertIn("Scan or photo", self._page(path).text)
        form = {"number": "L-77", "date_start": "2026-01-01", "date_end": "2031-01-01"}
        refused = self._send(f"{path}/submit", form)
        self.assertIn("Please add a scan or photo of the document.", refused.text)
        self.assertIn("L-77", refused.text)
        answer = self._send(f"{path}/submit", form, files=[("files", ("licence.pdf", make_pdf()))])
        self.assertIn("You can bid as soon as the property company has verified it.", answer.text)
        self.assertIn("The property company looks at it", answer.text)
        self.assertNotIn("Bid for this lot", answer.text)
        document = self.competitor.sudo().outsourcing_document_ids.filtered(lambda row: row.number == "L-77")
        document.with_user(self.user_manager).action_verify()
        self.env.flush_all()
        self.assertIn("Bid for this lot", self._page(page).text)
        self.assertEqual(self._page(path).status_code, 404, "nothing is missing any more")

    def test_only_what_is_asked_is_handed_in_from_a_tender(self):
        kind = self._archive_licence(self.competitor).type_id
        path = f"{BASE}/tenders/{self.tender.id}/documents"
        other = self.env["outsourcing.document.type"].create({"name": "Holiday photo"})
        self.assertEqual(self._page(f"{path}/{other.id}", self.portal_competitor).status_code, 404)
        for user in (self.portal_contractor, self.portal_representative, self.user_manager):
            self.assertEqual(self._page(f"{path}/{kind.id}", user).status_code, 404, user.name)

    def test_a_loser_reads_its_points_the_winner_and_objects(self):
        for firm, price in zip(self.firms, (7000.0, 7200.0, 7500.0), strict=True):
            self._submit_bid(self.tender, firm, price)
        bid = self._get_bid(self.tender, self.competitor)
        self._open(self.tender)
        page = self._page(f"{BASE}/bids/{bid.id}", self.portal_competitor)
        self.assertNotIn("Winner", page.text)
        self._award(self.tender)
        self.env.flush_all()
        page = self._page(f"{BASE}/bids/{bid.id}")
        self.assertIn("97.22", page.text)
        self.assertIn("Steady Elevators", page.text)
        self.assertNotIn("Careful Elevators", page.text)
        page = self._send(f"{BASE}/tenders/{self.tender.id}/object", {"text": "Not fair"})
        self.assertIn("The objection is handed in.", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.tender.sudo().objection_ids.text, "Not fair")

    def test_a_question_is_asked_and_its_answer_read_by_the_others(self):
        path = f"{BASE}/tenders/{self.tender.id}"
        page = self._send(f"{path}/ask", {"question": "Who cleans?"}, user=self.portal_competitor)
        self.assertIn("without names", page.text)
        self.assertIn("Your question waits for its answer.", page.text)
        self.assertNotIn("Who cleans?", self._page(path, self.portal_contractor).text)
        question = self.tender.sudo().question_ids
        question.with_user(self.user_supervisor)._take_reasoned_step("answer", "The contractor.")
        self.env.flush_all()
        page = self._page(path)
        self.assertIn("Who cleans?", page.text)
        self.assertIn("The contractor.", page.text)
        self.assertNotIn("Rapid", page.text)
        refused = self._send(f"{path}/ask", {"question": "x"}, user=self.portal_representative)
        self.assertEqual(refused.status_code, 404)
        self.assertIn(self._page(f"{path}/ask").status_code, (404, 405))

    def test_an_addendum_is_read_and_acknowledged_on_the_phone(self):
        bid = self._bid_over_http(self.portal_contractor)
        vals = {"tender_id": self.tender.id, "text": "Thirteen visits"}
        addendum = self.env["outsourcing.tender.addendum"].with_user(self.user_manager).create(vals)
        self.env.flush_all()
        self.assertNotIn("Thirteen visits", self._page(f"{BASE}/tenders/{self.tender.id}").text)
        addendum.action_issue()
        self.env.flush_all()
        self.assertIn("Thirteen visits", self._page(f"{BASE}/tenders/{self.tender.id}").text)
        self.assertIn("Addendum to acknowledge", self._page(f"{BASE}/bids").text)
        refused = self._send(f"{BASE}/bids/{bid.id}/acknowledge", user=self.portal_competitor)
        self.assertEqual(refused.status_code, 404)
        page = self._send(f"{BASE}/bids/{bid.id}/acknowledge", user=self.portal_contractor)
        self.assertIn("The addenda are acknowledged.", page.text)
        self.env.invalidate_all()
        self.assertEqual(bid.acknowledged_ids, addendum)

    def test_a_bidder_clarifies_on_the_phone_and_nobody_else(self):
        self._submit_bids(self.tender, (4000.0, 7200.0, 7500.0))
        self._open(self.tender).action_evaluate()
        self.env.flush_all()
        asked = self.tender.sudo().clarification_ids
        path = f"{BASE}/bids/{asked.bid_id.id}"
        self.assertIn("below the mean of the others", self._page(path, self.portal_contractor).text)
        refused = self._send(f"{path}/clarify/{asked.id}", {"answer": "x"}, user=self.portal_competitor)
        self.assertEqual(refused.status_code, 404)
        refused = self._send(f"{path}/clarify/{asked.id}", {"answer": "x"}, user=self.user_manager)
        self.assertIn("Only the contractor of this document may take this step.", refused.text)
        own = self._get_bid(self.tender, self.competitor)
        refused = self._send(
            f"{BASE}/bids/{own.id}/clarify/{asked.id}", {"answer": "x"}, user=self.portal_competitor
        )
        self.assertEqual(refused.status_code, 404)
        page = self._send(
            f"{path}/clarify/{asked.id}", {"answer": "Our depot is near."}, user=self.portal_contractor
        )
        self.assertIn("The answer is handed in.", page.text)
        self.env.invalidate_all()
        self.assertEqual((asked.state, asked.answer), ("answered", "Our depot is near."))

    def test_the_device_of_a_bid_is_kept_for_the_opening(self):
        bid = self._bid_over_http(self.portal_contractor)
        self._page(f"{BASE}/bids/{bid.id}")
        self._send(f"{BASE}/bids/{bid.id}/submit")
        self.env.invalidate_all()
        self.assertRegex(bid.submit_device, "^[0-9a-f]{16}$")
        self.assertTrue(bid.submit_address)

    def test_the_workbook_is_for_those_who_read_the_tender(self):
        self._page(f"/outsourcing/tender/{self.tender.id}/xlsx", self.user_manager)
        page = self._page(f"/outsourcing/tender/{self.tender.id}/xlsx")
        self.assertEqual(page.status_code, 200)
        for user in (self.portal_competitor, self.user_outsider):
            self.assertEqual(self._page(f"/outsourcing/tender/{self.tender.id}/xlsx", user).status_code, 404)
