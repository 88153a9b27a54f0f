from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What cards tell of a contractor."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return {
            **super()._get_fact_types(),
            "card_yellow": FactType(_("Yellow card issued"), is_breach=True, of_contract=False),
            "card_red": FactType(_("Red card issued"), is_breach=True, of_contract=False),
        }
