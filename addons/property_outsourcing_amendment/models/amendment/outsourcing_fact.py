from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What changes of a contract tell about its price."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        deviation = FactType(_("Price deviation (%)"), is_measure=True, by_day=False)
        return {**super()._get_fact_types(), "price_deviation": deviation}
