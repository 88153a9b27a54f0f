import re

from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalLists(PortalCommon):
    """Lists cost the same for one document and for thirty, and page without losing any."""

    def test_lists_cost_the_same_for_one_and_for_thirty(self):
        self._create_inspection()
        self._create_defect()
        self._create_deliverable()
        self._create_order()
        self._log_in(self.portal_contractor)
        paths = ("inspections", "defects", "deliverables?tab=all", "orders?tab=all")
        few = {path: self._count_page_queries(f"/my/outsourcing/{path}") for path in paths}
        for _n in range(18):
            self._create_inspection()
            self._create_defect()
            self._create_deliverable()
            self._create_order()
        many = {path: self._count_page_queries(f"/my/outsourcing/{path}") for path in paths}
        for path in paths:
            with self.subTest(list=path):
                self.assertLessEqual(many[path], few[path] + 2)

    def test_an_empty_list_leads_to_where_there_is_something(self):
        self._create_defect()
        self._create_defect()
        self._log_in(self.portal_contractor)
        self.assertNotIn("btn btn-light", self._page("/my/outsourcing/defects").text)
        text = " ".join(self._page("/my/outsourcing/defects?tab=closed").text.split())
        self.assertIn("Nothing here.", text)
        link = r'href="/my/outsourcing/defects\?tab=(\w+)"[^>]*>([^<]*)<span class="badge[^>]*>(\d+)</span>'
        self.assertEqual(re.findall(link, text), [("open", "To do ", "2")])

    def test_pages_show_every_document_once(self):
        inspections = self.env["outsourcing.inspection"].browse(
            self._create_inspection().id for _n in range(25)
        )
        self._log_in(self.portal_contractor)
        text = self._page("/my/outsourcing/inspections").text
        text += self._page("/my/outsourcing/inspections/page/2?tab=due").text
        for inspection in inspections:
            self.assertEqual(text.count(f'/my/outsourcing/inspections/{inspection.id}"'), 1)
