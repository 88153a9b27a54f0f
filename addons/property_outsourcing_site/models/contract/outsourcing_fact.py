from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What is recorded on site."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return {
            **super()._get_fact_types(),
            "visit_done": FactType(_("Visit done")),
            "defect_found": FactType(_("Defect found")),
            "rectification_overdue": FactType(_("Rectification overdue"), by_day=False),
        }
