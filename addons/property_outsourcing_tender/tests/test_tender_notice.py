from psycopg2.errors import UniqueViolation

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf
from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from ..models.notice import outsourcing_registration as registering
from .tender_common import TenderFactory

BASE = "/outsourcing/notices"
FIRM = {
    "name": "Brand New Lifts",
    "vat": "91440101ma5d8h7w2x",
    "contact_name": "Old Chen",
    "phone": "139 0000 0001",
    "note": "<b>bold</b>",
}


@tagged("post_install", "-at_install")
class TestTenderNotice(TenderFactory, PortalCommon):
    """Everybody reads a public notice without login, nobody anything else by guessing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        cls.tender = cls._create_tender(
            "public",
            factors=[("Plan", "technical", 40), ("Price", "price", 60)],
            lot_ids=[cls._prepare_lot("Lot 1", 93456.0, ceiling=95000.0)],
        )
        cls.file = cls._attach_scan(cls.tender)
        cls._publish(cls.tender)

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["outsourcing.invitation"]), "_get_lang", lambda self: "en_US")

    def _register(self, files=None, csrf=True, **vals):
        files = [("files", file) for file in files or [("licence.pdf", make_pdf())]]
        return self._send(f"{BASE}/{self.tender.id}/register", {**FIRM, **vals}, files=files, csrf=csrf)

    def _get_registrations(self):
        self.env.invalidate_all()
        return self.env["outsourcing.registration"].sudo().search([("vat", "=", FIRM["vat"].upper())])

    def test_the_list_shows_the_tenders_of_all_companies_with_their_client(self):
        branch = self.env["res.company"].create({"name": "Harbour Estates"})
        place = self.env["outsourcing.community"].create({"name": "Harbour", "company_id": branch.id})
        vals = {"company_id": branch.id, "community_ids": [Command.set(place.ids)], "manager_id": False}
        tender = self.env["outsourcing.tender"].create(self._prepare_tender("public", **vals))
        tender.write({"title": "Drains of the harbour"})
        tender._gated().write({"state": "published", "date_published": self.tender.date_published})
        self._log_in(None)
        page = self._page(BASE).text
        for text in ("Elevator maintenance", "Drains of the harbour", "Harbour Estates", self.company.name):
            self.assertIn(text, page)

    def test_a_visitor_reads_notice_and_papers_but_no_secret(self):
        self._log_in(None)
        self.assertIn("Elevator maintenance", self._page(BASE).text)
        page = self._page(f"{BASE}/{self.tender.id}").text
        for text in ("Fee of Lot 1", "95,000.00", "Plan", "Register the firm"):
            self.assertIn(text, page)
        for text in ("93,456", "93456", "Steady Elevators", self.user_manager.name):
            self.assertNotIn(text, page)
        path = f"{BASE}/{self.tender.id}/files/{self.file.id}"
        self.assertEqual(self._page(path).content, self.file.raw)

    def test_drafts_invitations_and_foreign_files_are_not_found(self):
        invited = self._publish(self._create_tender())
        draft = self._create_tender("public")
        foreign = self._attach_scan(draft)
        self._log_in(None)
        for path in (
            f"{BASE}/{invited.id}",
            f"{BASE}/{draft.id}",
            f"{BASE}/{invited.id}/register",
            f"{BASE}/{self.tender.id}/files/{foreign.id}",
            f"{BASE}/0",
        ):
            with self.subTest(path=path):
                self.assertEqual(self._page(path).status_code, 404)

    def test_the_page_does_not_change_when_somebody_bids(self):
        self._log_in(None)
        before = self._page(f"{BASE}/{self.tender.id}").text.count("Elevators")
        for firm in self.firms:
            self._submit_bid(self.tender, firm)
        after = self._page(f"{BASE}/{self.tender.id}").text
        self.assertEqual(after.count("Elevators"), before)

    def test_a_new_firm_registers_and_becomes_a_candidate(self):
        self._log_in(None)
        self.assertIn("Thank you.", self._register().text)
        registration = self._get_registrations()
        self.assertEqual(registration.attachment_ids.mimetype, "application/pdf")
        self.assertFalse({field for field in registration._fields if "tender" in field})
        registration.with_user(self.user_manager).action_accept()
        firm = registration.partner_id
        self.assertEqual((firm.outsourcing_state, firm.child_ids.name), ("candidate", "Old Chen"))
        self.assertEqual(len(firm.outsourcing_document_ids.attachment_ids), 1)

    def test_a_firm_that_was_archived_does_not_come_back_as_a_new_one(self):
        self.contractor.vat = FIRM["vat"].upper()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("blacklisted", "Bribes")
        self.contractor.sudo()._write({"active": False})
        self.env.invalidate_all()
        self._log_in(None)
        self._register()
        with self.assertRefused("Steady Elevators has this tax id already: invite its people instead."):
            self._get_registrations().with_user(self.user_manager).action_accept()

    def test_one_firm_waits_once_though_it_registers_twice_at_once(self):
        self._log_in(None)
        self._register()
        vals = self._get_registrations().copy_data()[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as caught:
            self.env["outsourcing.registration"]._gated().create(vals)
        self.assertEqual(caught.exception.diag.constraint_name, "outsourcing_registration_waiting_uniq")

    def test_what_is_wrong_is_said_at_once_and_kept(self):
        self._log_in(None)
        page = self._register(vat="1", phone="call me", name="B").text
        for text in ("full name of the firm", "15 to 20 digits", "Enter a telephone number.", "Old Chen"):
            self.assertIn(text, page)
        self.assertIn("waits for our answer", (self._register(), self._register())[1].text)
        self.assertEqual(len(self._get_registrations()), 1)

    def test_files_are_read_by_their_content(self):
        self._log_in(None)
        for name, data in (
            ("licence.pdf", b"<html><script>alert(1)</script></html>"),
            ("licence.html", b"<html></html>"),
            ("licence.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("licence.exe", b"MZ" + bytes(64)),
        ):
            with self.subTest(name=name):
                page = self._register([(name, data)]).text
                self.assertIn("is not a PDF or a photo, or its name says otherwise.", page)
        self.assertFalse(self._get_registrations())

    def test_a_flood_is_stopped(self):
        self._log_in(None)
        for number in range(registering.PER_ADDRESS):
            self._register(vat=f"91440101MA5D8H{number:04d}")
        self.assertIn("Too many registrations came in today.", self._register().text)
        self.assertFalse(self._get_registrations())

    def test_tries_are_counted_even_if_refused(self):
        self._log_in(None)
        attempts = self.env["outsourcing.invitation.attempt"]
        self.patch(type(attempts), "_is_link_blocked", lambda self, mark: mark.startswith("register "))
        self.assertIn("There were too many attempts.", self._register().text)
        self.assertFalse(self._get_registrations())

    def test_a_form_of_another_site_is_refused(self):
        self._log_in(None)
        self.assertEqual(self._register(csrf=False).status_code, 400)
        self.assertFalse(self._get_registrations())

    def test_the_award_stands_on_the_page_with_the_way_to_object(self):
        self._submit_bids(self.tender)
        tender = self._open(self.tender)
        lot = tender.sudo().lot_ids
        lot._gated().write(
            {"result": "awarded", "contractor_id": self.contractor.id, "amount_awarded": 84000.0}
        )
        tender._gated().write({"state": "awarded", "date_publicity_end": self.today})
        self.env.flush_all()
        self._log_in(None)
        page = self._page(f"{BASE}/{tender.id}").text
        for text in ("Steady Elevators", "84,000.00", "Log in and object"):
            self.assertIn(text, page)
        self.assertNotIn("Rapid Elevators", page)

    def test_staff_prints_the_notice_with_its_code(self):
        report = self.env["ir.actions.report"].with_user(self.user_manager)
        name = "property_outsourcing_tender.report_tender_notice"
        html = report._render_qweb_html(name, self.tender.ids)[0].decode()
        self.assertIn(f"/outsourcing/notices/{self.tender.id}", html)
        self.assertIn("data:image/png;base64,", html)
        with self.assertRefused("Only a public tender that is published has a public page."):
            self._create_tender().action_print_notice()
        with self.assertRefused("You are not the person"):
            self._log_in(None)
            self._register()
            self._get_registrations().with_user(self.user_supervisor).action_accept()
