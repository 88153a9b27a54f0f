from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestSettlementPage(PortalCommon, ExtensionCommon):
    def test_the_contractor_reads_what_electricity_it_is_charged(self):
        self._read_meter(self.contract, 100)
        row = self._accept(self.contract.milestone_ids[0])
        settlement = self._settle(row)
        self._approve(settlement)
        page = self._page(f"/my/outsourcing/settlements/{settlement.id}", self.portal_contractor)
        self.assertIn("Electricity: Roof", page.text)
        self.assertIn("100.0 kWh on", page.text)
