from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from .evidence_common import make_photo
from .evidence_document_common import TAKEN, EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceAccess(EvidenceCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.contract.with_user(cls.portal_contractor)._add_evidence([("site.jpg", make_photo())])

    def test_who_reads_evidence_and_its_file(self):
        readers = {
            self.portal_contractor: True,
            self.portal_representative: False,  # does not read the contract either
            self.user_supervisor: True,
            self.user_manager: True,
            self.user_finance: True,
            self.portal_competitor: False,
            self.portal_third_party: False,
            self.user_outsider: False,
        }
        for user, allowed in readers.items():
            row = self.row.with_user(user)
            with self.subTest(user.name):
                self.assertEqual(row.has_access("read"), allowed)
                self.assertEqual(bool(self.Evidence.with_user(user).search([("id", "=", row.id)])), allowed)
                # portal users have no rights on attachments at all; their way is the field "original"
                file_allowed = allowed and not user.share
                self.assertEqual(row.sudo().attachment_id.sudo(False).has_access("read"), file_allowed)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(row.has_access(operation))

    def test_portal_reads_as_long_as_it_reads_the_document(self):
        row = self.row.with_user(self.portal_contractor)
        self.contract._gated().write({"state": "to_approve"})
        row.invalidate_recordset()
        self.assertFalse(row.has_access("read"))
        self.assertFalse(row.search([("id", "=", row.id)]))
        with self.assertRaises(AccessError):  # core's own
            row.read(["original", "thumbnail"])

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_manager2.write({"company_ids": [(4, company.id)], "company_id": company.id})
        rows = self.Evidence.with_user(self.user_manager2).with_context(allowed_company_ids=company.ids)
        self.assertFalse(rows.search([("id", "=", self.row.id)]))

    def test_portal_does_not_see_where_else_a_photo_was_used(self):
        other = self._create_active_contract(contractor_id=self.competitor.id)
        copy = other.with_user(self.portal_competitor)._add_evidence([("mine.jpg", make_photo())])
        self.assertTrue(copy.is_duplicate)
        with self.assertRaises(AccessError):  # core's own
            copy.read(["duplicate_of_id"])
        self.assertEqual(copy.search([("is_duplicate", "=", True)]), copy)
        self.assertFalse(copy.search([("is_duplicate", "=", False)]))

    def test_chain_is_the_managers(self):
        chain = self.row.sudo().chain_id
        self.assertTrue(chain.with_user(self.user_manager).has_access("read"))
        for user in (self.user_supervisor, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                chain.with_user(user).action_verify()

    def test_views_open_for_a_supervisor(self):
        row = self.row.with_user(self.user_supervisor)
        with Form(row) as form:
            self.assertIn("<img", form.preview)
        views = [(False, "kanban"), (False, "list"), (False, "search")]
        self.assertIn("views", row.get_views(views))
        specification = {"thumbnail": {}, "document_name": {}, "chain_id": {"fields": {"display_name": {}}}}
        self.assertTrue(row.web_search_read([], specification)["records"])
        self.assertEqual(row.action_open_document()["res_id"], self.contract.id)
        action = self.contract.with_user(self.user_supervisor).action_view_evidence()
        self.assertIn(row, row.search(action["domain"]))

    def test_screens_open_in_a_browser(self):
        self._open_screen("outsourcing-evidence", ".o_kanban_record .badge")
        self._open_screen("outsourcing-evidence?view_type=list", ".o_data_row")
        self._open_screen(f"outsourcing-evidence/{self.row.id}", ".o_field_widget[name=preview] img")
        self.row.sudo().chain_id._seal()
        self._open_screen("outsourcing-evidence-chains", ".o_data_row button[name=action_verify]")

    def _open_screen(self, path, selector):
        ready = f"!!document.querySelector('{selector}')"
        self.browser_js(
            f"/odoo/{path}", "console.log('test successful')", ready, login=self.user_manager.login
        )

    def test_file_and_thumbnail_over_http(self):
        photo = make_photo(exif_date=TAKEN + timedelta(days=1))
        row = self._add([("site.jpg", photo)]).sudo()
        urls = (row._get_url(), row._get_url("thumbnail"))
        for user, allowed in (
            (self.portal_contractor, True),
            (self.portal_representative, False),
            (self.user_supervisor, True),
            (self.portal_competitor, False),
            (self.user_outsider, False),
            (None, False),
        ):
            self.authenticate(user and user.login, user and user.login.ljust(8, "x"))
            for url in urls:
                response = self.url_open(url)
                with self.subTest(url, user=user and user.login):
                    self.assertEqual(response.headers.get("Content-Type") == "image/jpeg", allowed)
                    self.assertEqual(response.content == photo, allowed and url.endswith("original"))
