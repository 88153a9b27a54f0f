from odoo import fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class ExtensionMeterReading(models.Model):
    """What was drawn until one day; charged with the next settlement."""

    _name = "extension.meter.reading"
    _description = "Meter Reading"
    _rec_name = "date"

    meter_id = fields.Many2one("extension.meter", required=True, index=True, ondelete="cascade")
    contract_id = fields.Many2one(related="meter_id.contract_id", store=True, index=True)
    date = fields.Date(required=True, default=trade_today)
    quantity = fields.Float("kWh", required=True)

    def _prepare_settlement_line(self):
        """Return what the contractor is charged, as ``_prepare_settlement_lines`` describes it."""
        return {
            "key": f"power:{self.id}",
            "kind": "power",
            "name": self.env._("Electricity: %s", self.meter_id.name),
            "quantity": self.quantity,
            "price_unit": -self.contract_id.extension_power_price,
            "formula": self.env._("%(quantity)s kWh on %(date)s", quantity=self.quantity, date=self.date),
            "source": self.meter_id,
        }
