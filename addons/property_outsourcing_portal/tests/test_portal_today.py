from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalToday(PortalCommon):
    """What burns stands first, by name; what a firm has nothing of is not offered."""

    def _get_lines(self, user):
        text = self._page("/my/outsourcing", user).text.partition("o_outsourcing_urgent")[2]
        return text.partition("o_outsourcing_cards")[0]

    def _order(self, name, hours):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": name})
        self.env.cr.execute(
            "UPDATE project_task SET outsourcing_next_deadline = %s WHERE id = %s",
            [fields.Datetime.now() + timedelta(hours=hours), order.id],
        )
        self.env.invalidate_all()
        return order

    def test_the_latest_order_comes_first_in_red_with_its_place_and_clock(self):
        self._order("Lamp", 5)
        self._order("Trapped", -6.5)
        defect = self._create_defect()
        lines = self._get_lines(self.portal_contractor)
        self.assertLess(lines.index("Trapped"), lines.index("Lamp"))
        first = lines.partition("</a>")[0]
        self.assertIn("data-late", first)
        self.assertIn("6 h 30 min late", " ".join(first.split()))
        self.assertIn(self.community.name, first)
        self.assertIn(f"/my/outsourcing/defects/{defect.id}", lines)

    def test_no_more_lines_than_a_phone_shows(self):
        for number in range(12):
            self._order(f"Lamp {number}", number + 1)
        lines = self._get_lines(self.portal_contractor)
        self.assertEqual(lines.count("/my/outsourcing/orders/"), 8)
        self.assertIn("Lamp 0<", lines)
        self.assertNotIn("Lamp 11<", lines)

    def test_nobody_else_reads_them(self):
        self._order("Trapped", -6)
        for user in (self.portal_competitor, self.portal_representative, self.portal_third_party):
            self.assertNotIn("Trapped", self._page("/my/outsourcing", user).text)

    def test_orders_stand_in_the_bar_of_firms_that_have_any(self):
        self.env.cr.execute("UPDATE project_task SET outsourcing_contractor_id = NULL")
        self.env.invalidate_all()
        bar = self._page("/my/outsourcing", self.portal_contractor).text.partition("o_outsourcing_nav")[2]
        self.assertNotIn("/my/outsourcing/orders", bar)
        self._order("Lamp", 5)
        bar = self._page("/my/outsourcing").text.partition("o_outsourcing_nav")[2]
        self.assertIn("/my/outsourcing/orders", bar)

    def _get_bar(self, user):
        return self._page("/my/outsourcing", user).text.partition("o_outsourcing_nav")[2]

    def test_what_a_third_party_signs_stands_in_its_bar(self):
        self._create_inspection(kind="spot_check", party_partner_id=self.third_party.id)
        bar = self._get_bar(self.portal_third_party)
        self.assertIn("/my/outsourcing/inspections", bar)
        self.assertNotIn("/my/outsourcing/acceptances", bar)
        self.assertNotIn("/my/outsourcing/concealed", bar)
        self._create_acceptance()
        bar = self._get_bar(self.portal_third_party)
        self.assertIn("/my/outsourcing/acceptances", bar)
        self.assertNotIn("/my/outsourcing/concealed", bar)
        works = self._create_concealed()
        works.with_user(self.user_manager).third_party_id = self.third_party
        works._gated().write({"state": "notified"})
        self.assertIn("/my/outsourcing/concealed", self._get_bar(self.portal_third_party))
        self.assertIn("/my/outsourcing/concealed", self._get_bar(self.portal_representative))

    def test_a_section_appears_with_its_first_document(self):
        self.assertNotIn(
            "/my/outsourcing/adjustments", self._page("/my/outsourcing", self.portal_contractor).text
        )
        self._create_adjustment()
        self.assertIn("/my/outsourcing/adjustments", self._page("/my/outsourcing").text)

    def test_who_maintains_or_cleans_is_offered_no_site_variations(self):
        firm = self.env["outsourcing.contract"].search([("contractor_id", "=", self.contractor.id)])
        self.assertNotIn("works", firm.mapped("kind"))
        page = self._page("/my/outsourcing", self.portal_contractor).text
        self.assertIn('href="/my/outsourcing/contracts"', page)
        self.assertNotIn("/my/outsourcing/variations", page)
