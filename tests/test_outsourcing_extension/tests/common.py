from odoo.addons.property_outsourcing_finance.tests.common import SettlementCommon


class ExtensionCommon(SettlementCommon):
    """Contracts under which a contractor draws electricity."""

    @classmethod
    def _read_meter(cls, contract, quantity, **vals):
        """Let the supervisor enter a reading of a new meter."""
        meter = cls.env["extension.meter"].with_user(cls.user_supervisor)
        meter = meter.create({"name": "Roof", "code": "METER-1", "contract_id": contract.id})
        return meter.reading_ids.create({"meter_id": meter.id, "quantity": quantity, **vals})
