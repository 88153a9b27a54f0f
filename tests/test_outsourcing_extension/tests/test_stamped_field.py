from odoo.tests import tagged

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestStampedField(ExtensionCommon):
    """When a reading was judged is written by the schedule alone."""

    def test_nobody_writes_it(self):
        reading = self._read_meter(self._create_active_contract(), 1)
        with self.assertRefused("These values are written by the system alone: Judged on."):
            reading.write({"date_judged": "2026-01-01"})

    def test_nobody_plants_it(self):
        contract = self._create_active_contract()
        with self.assertRefused("These values are written by the system alone: Judged on."):
            self._read_meter(contract, 1, date_judged="2026-01-01")
        reading = self._read_meter(contract, 1)
        with self.assertRefused("These values are written by the system alone: Judged on."):
            reading.with_context(default_date_judged="2026-01-01").create(
                {"meter_id": reading.meter_id.id, "quantity": 1}
            )
