from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What households say, told of each contract that serves them."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        satisfaction = FactType(self.env._("Owners' satisfaction (points)"), is_measure=True, by_day=False)
        return {**super()._get_fact_types(), "satisfaction": satisfaction}
