from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return super()._get_fact_types() | {
            "power_read": FactType(_("Electricity read")),
            "power_wasted": FactType(_("Electricity wasted"), is_breach=True, denominator="power_read"),
        }
