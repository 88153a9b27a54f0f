from odoo.tests import tagged

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestScanTarget(ExtensionCommon):
    def test_the_label_of_a_meter_leads_to_it_and_others_where_they_led_before(self):
        reading = self._read_meter(self._create_active_contract(), 1)
        locations = self.env["outsourcing.location"].with_user(self.user_supervisor)
        self.assertEqual(locations._resolve_code("METER-1"), reading.meter_id)
        self.assertEqual(locations._resolve_code("EQ-SG01-3-1"), self.elevator)
        self.assertIsNone(locations._resolve_code("METER-2"))
