from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalSession(PortalCommon):
    """A session that ended while somebody filled in a form is no dead end, and scripts speak Chinese."""

    def test_after_logging_in_again_the_page_of_the_form_is_shown(self):
        inspection = self._create_inspection()
        page = f"/my/outsourcing/inspections/{inspection.id}"
        self._log_in(None)
        response = self.url_open(f"{page}/submit", data={"csrf_token": "x"}, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("redirect=%2Fmy%2Foutsourcing%2Finspections", response.headers["Location"])
        self.assertNotIn("submit", response.headers["Location"])

    def test_texts_of_the_scripts_are_translated(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["property_outsourcing_portal"], ["zh_CN"])
        text = self.url_open("/website/translations?lang=zh_CN").text
        self.assertIn("property_outsourcing_portal", text)
