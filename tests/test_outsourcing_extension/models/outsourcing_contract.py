from odoo import fields, models


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    # what a contract has is fixed once it runs, unless _get_free_fields says otherwise
    extension_power_price = fields.Monetary("Price per kWh", default=0.8)
    extension_meter_ids = fields.One2many("extension.meter", "contract_id")
    extension_reading_ids = fields.One2many("extension.meter.reading", "contract_id")

    def _prepare_settlement_lines(self, milestones):
        lines = super()._prepare_settlement_lines(milestones)
        return lines + [reading._prepare_settlement_line() for reading in self.extension_reading_ids]
