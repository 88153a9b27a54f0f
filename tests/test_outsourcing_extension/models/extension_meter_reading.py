from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

MUCH = 1000.0  # kWh


class ExtensionMeterReading(models.Model):
    """What was drawn until one day; charged with the next settlement, judged by a schedule."""

    _name = "extension.meter.reading"
    _description = "Meter Reading"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.batch.mixin"]
    _rec_name = "date"

    meter_id = fields.Many2one("extension.meter", required=True, index=True, ondelete="cascade")
    contract_id = fields.Many2one(related="meter_id.contract_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    date = fields.Date(required=True, default=trade_today)
    quantity = fields.Float("kWh", required=True)
    date_judged = fields.Date("Judged on", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_judged"}

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.contract_id.manager_id

    def _get_event_document(self):
        return self.contract_id  # whose chatter tells what a job could not deal with

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

    @api.model
    def _cron_judge(self):
        """Record what was read, and what was too much."""
        due = [("date_judged", "=", False)]
        self.search(due)._run_in_batches("_process_judgement", domain=due)

    def _process_judgement(self):
        facts = [
            {"fact_type": fact_type, "contract": reading.contract_id, "source": reading, "date": reading.date}
            for reading in self
            for fact_type in ("power_read", "power_wasted")
            if fact_type == "power_read" or reading.quantity > MUCH
        ]
        self.env["outsourcing.fact"]._record(facts)
        self._gated().write({"date_judged": trade_today(self)})
