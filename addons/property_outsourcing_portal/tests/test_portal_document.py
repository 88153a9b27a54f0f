from datetime import timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tests.common import PIXEL

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalDocument(PortalCommon):
    """The contractor sees what is asked of it and hands in its own documents; they count once verified."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurance = cls.env.ref("property_outsourcing.document_type_employer_liability")
        cls.certificate = cls.env.ref("property_outsourcing.document_type_elevator_worker_certificate")
        cls.until = cls.today + timedelta(days=400)

    def _row(self, document_type, firm=None):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [
            ("partner_id", "=", (firm or self.contractor).id),
            ("document_type_id", "=", document_type.id),
            ("is_repeated", "=", False),
        ]
        return self.env["outsourcing.compliance"].search(domain, limit=1)

    def _hand_in(self, row, user, scan=("policy.png", PIXEL), **vals):
        data = {"number": "NEW-1", "date_end": self.until, "insured_amount": "2,000,000", **vals}
        files = [("files", (*scan, "image/png"))] if scan else None
        response = self._send(f"/my/outsourcing/documents/{row.id}/submit", data, user=user, files=files)
        self.env.invalidate_all()
        return response

    def _handed_in(self):
        return self.env["outsourcing.document"].search([("number", "=", "NEW-1")])

    def test_renewal_handed_in_counts_once_somebody_verified_it(self):
        old = self.env["outsourcing.document"].search(
            [("type_id", "=", self.insurance.id), ("partner_id", "=", self.contractor.id)]
        )
        open_gate(old).date_end = self.today - timedelta(days=1)
        row = self._row(self.insurance)
        self.assertEqual(row.state, "expired")
        home = self._page("/my/outsourcing", self.portal_contractor).text
        self.assertIn('data-card="documents"', home)
        self.assertIn("Employer&#39;s liability insurance", self._page("/my/outsourcing/documents").text)
        self.assertIn("o_outsourcing_document_form", self._page(f"/my/outsourcing/documents/{row.id}").text)
        self.assertEqual(self._hand_in(row, self.portal_contractor).status_code, 200)
        document = self._handed_in()
        self.assertEqual((document.state, document.previous_id), ("unverified", old))
        self.assertEqual((document.insured_amount, document.uploaded_by_id), (2e6, self.portal_contractor))
        self.assertEqual(document.attachment_ids.raw, PIXEL)
        self.assertEqual(document.activity_ids.user_id, self.user_manager)
        self.assertEqual(self._row(self.insurance).state, "unverified")
        document.with_user(self.user_manager).action_verify()
        self.assertFalse(document.activity_ids)
        self.assertTrue(old.is_superseded)
        self.assertEqual(self._row(self.insurance).state, "valid")

    def test_certificate_is_handed_in_for_a_person_of_the_firm_alone(self):
        row = self._row(self.certificate)
        stranger = self._create_contact("Stranger", self.competitor)
        page = self._hand_in(row, self.portal_contractor, person_id=stranger.id).text
        self.assertIn("Choose a person of your own firm.", page)
        self.assertFalse(self._handed_in())
        self._hand_in(row, self.portal_contractor, person_id=self.performer.id)
        self.assertEqual(self._handed_in().person_id, self.performer)

    def test_insured_amount_is_read_in_every_writing(self):
        row = self._row(self.insurance)
        self._hand_in(row, self.portal_contractor, insured_amount="５００，０００")
        self.assertEqual(self._handed_in().insured_amount, 500000)

    def test_what_is_incomplete_is_refused_in_one_sentence_and_kept_in_the_form(self):
        row = self._row(self.insurance)
        cases = [
            ({"scan": None}, "Please add a scan or photo of the document."),
            ({"scan": ("policy.pdf", PIXEL)}, "policy.pdf is not a PDF or a photo"),
            ({"scan": ("policy.png", b"")}, "policy.png is empty."),
            ({"date_end": ""}, "please fill in until when it is valid"),
            ({"date_end": "soon"}, "soon is not a date."),
            ({"insured_amount": "much"}, "much is not an amount."),
            ({"insured_amount": "nan"}, "nan is not an amount."),
            ({"insured_amount": "-1"}, "-1 is not an amount."),
            ({"date_start": self.until + timedelta(days=1)}, "A document cannot end before it starts"),
        ]
        for vals, message in cases:
            with self.subTest(message=message), mute_logger("odoo.sql_db"):
                page = self._hand_in(row, self.portal_contractor, **vals).text
                self.assertIn(message, page)
                self.assertIn('value="NEW-1"', page)
        self.assertFalse(self._handed_in())

    @mute_logger("odoo.http")
    def test_others_neither_see_nor_fill_the_rows_of_a_firm(self):
        row = self._row(self.insurance)
        url = f"/my/outsourcing/documents/{row.id}"
        for user in (self.portal_competitor, self.portal_representative, self.portal_third_party):
            self.assertEqual(self._page(url, user).status_code, 404, user.login)
            self.assertEqual(self._hand_in(row, user).status_code, 404, user.login)
        forged = self._send(f"{url}/submit", user=self.portal_contractor, csrf=False)
        self.assertEqual(forged.status_code, 400)
        self.assertIn(self._page(f"{url}/submit").status_code, (404, 405))
        self._log_in(None)
        self._hand_in(row, None)
        self.assertFalse(self._handed_in())

    def test_candidate_without_a_contract_finds_the_page(self):
        firm = self._create_contractor("New firm", state="candidate")
        firm.outsourcing_service_type_ids = [Command.set(self.service_elevator.ids)]
        user = self._create_portal_user("13800000099", "New office", firm)
        self.assertIn("/my/outsourcing/documents", self._page("/my/outsourcing", user).text)
        self._hand_in(self._row(self.insurance, firm), user)
        self.assertEqual(self._handed_in().partner_id, firm)

    def test_the_list_costs_the_same_for_many_rows(self):
        types = self.env["outsourcing.document.type"].create([{"name": f"Paper {n}"} for n in range(30)])
        self.service_elevator.required_document_type_ids |= types[0]
        few = self._count_list_queries()
        self.service_elevator.required_document_type_ids |= types
        self.assertEqual(self._count_list_queries(), few)

    def _count_list_queries(self):
        user = self.portal_contractor
        counts = []
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = self.env["outsourcing.compliance"].with_user(user)
            found = rows.search([("partner_id", "=", self.contractor.id)]).sudo()
            self.assertTrue(found.mapped(lambda r: (r.document_type_id.name, r.contract_id.title, r.state)))
            counts.append(self.cr.sql_log_count - before)
        return counts[-1]
