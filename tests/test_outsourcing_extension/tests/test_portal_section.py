from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalSection(PortalCommon):
    """A firm that does nothing but read meters finds its section in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        firm = cls.env["res.partner"].create({"name": "Meter Readers", "is_company": True})
        cls.reader = cls._create_portal_user("13800000031", "Reader", firm)
        vals = {"name": "Roof", "contract_id": cls.contract.id, "reader_id": firm.id}
        cls.meter = cls.env["extension.meter"].create(vals)

    def test_the_list_shows_the_meters_of_the_firm_and_leads_to_them(self):
        text = self._page("/my/outsourcing/meters", self.reader).text
        self.assertIn(f'href="/my/outsourcing/meters/{self.meter.id}"', text)
        self.assertIn("Never read", text)
        self.meter.reading_ids.create({"meter_id": self.meter.id, "quantity": 12})
        self.assertIn("12.0", self._page(f"/my/outsourcing/meters/{self.meter.id}").text)

    def test_strangers_find_neither_meter_nor_section(self):
        page = f"/my/outsourcing/meters/{self.meter.id}"
        self.assertEqual(self._page(page, self.portal_contractor).status_code, 404)
        self.assertNotIn("/my/outsourcing/meters", self._page("/my/outsourcing").text)

    def test_the_role_opens_the_first_page_with_a_card_that_counts(self):
        self.assertEqual(self.reader._get_outsourcing_roles(), {"meter_reader"})
        text = self._page("/my/outsourcing", self.reader).text
        self.assertIn('data-card="meters"', text)
        self.assertNotIn("/my/outsourcing/acceptances", text)
        self.meter.reading_ids.create({"meter_id": self.meter.id, "quantity": 12})
        self.assertNotIn('data-card="meters"', self._page("/my/outsourcing").text)

    def test_the_bar_at_the_bottom_leads_to_the_section(self):
        bar = self._page("/my/outsourcing/meters", self.reader).text.partition(
            '<nav class="o_outsourcing_nav'
        )[2]
        entry = bar.partition("</nav>")[0].partition('href="/my/outsourcing/meters"')[2].partition("</a>")[0]
        self.assertIn("active", entry)
        self.assertIn("fa-bolt", entry)

    def test_a_document_of_the_section_is_found_by_whatever_links_to_it(self):
        self.assertEqual(
            self.reader._get_outsourcing_url(self.meter), f"/my/outsourcing/meters/{self.meter.id}"
        )

    def test_its_label_leads_to_its_page_for_whoever_may_read_it(self):
        self.meter.code = "M-ROOF"
        scan = "/my/outsourcing/scan?code=M-ROOF"
        self.assertTrue(self._page(scan, self.reader).url.endswith(f"/meters/{self.meter.id}"))
        self.assertIn("nothing of yours has this label", self._page(scan, self.portal_contractor).text)
        staff = self._page("/outsourcing/label/M-ROOF", self.user_supervisor)
        self.assertIn(f"/odoo/extension.meter/{self.meter.id}", staff.url)

    def test_the_terms_of_its_scripts_are_served_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        terms = self.url_open("/website/translations?lang=zh_CN").json()["modules"]
        messages = {row["id"]: row["string"] for row in terms["test_outsourcing_extension"]["messages"]}
        self.assertEqual(messages, {"Read the meter twice.": "请抄表两次。"})
