from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.test_outsourcing_extension.models.extension_meter_reading import ExtensionMeterReading

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestJob(ExtensionCommon):
    """The schedule that judges readings stops at none, and judges none twice."""

    def test_a_faulty_reading_stops_no_other_and_is_named_to_a_person(self):
        contract = self._create_active_contract()
        readings = [self._read_meter(contract, quantity) for quantity in (1, 2, 3)]
        process = ExtensionMeterReading._process_judgement

        def fail(records):
            if readings[1] in records:
                raise UserError("The meter is upside down.")  # pylint: disable=translation-required
            process(records)

        with patch.object(ExtensionMeterReading, "_process_judgement", fail):
            self.env["extension.meter.reading"]._cron_judge()
        self.assertEqual([bool(reading.date_judged) for reading in readings], [True, False, True])
        kind = self.env.ref("property_outsourcing.activity_type_job_failed")
        told = contract.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(told.user_id, self.user_manager)
        self.assertIn("The meter is upside down.", told.note)

    def test_run_again_nothing_doubles(self):
        contract = self._create_active_contract()
        self._read_meter(contract, 1)
        for _run in range(2):
            self.env["extension.meter.reading"]._cron_judge()
        read = [("contract_id", "=", contract.id), ("fact_type", "=", "power_read")]
        self.assertEqual(self.env["outsourcing.fact"].search_count(read), 1)
