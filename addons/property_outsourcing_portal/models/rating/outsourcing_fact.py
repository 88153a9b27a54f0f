from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """Stars of owners' representatives, for scorecards. Residents' stars and surveys are other facts."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        stars = FactType(self.env._("Stars of owners' representatives"), is_measure=True)
        return super()._get_fact_types() | {"owner_stars": stars}
