from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What evaluations tell of a contractor."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return {
            **super()._get_fact_types(),
            "evaluation_final": FactType(_("Quarter evaluated"), is_measure=True, of_contract=False),
            "evaluation_passed": FactType(
                _("Evaluation passed"), of_contract=False, denominator="evaluation_final"
            ),
            "evaluation_failed": FactType(
                _("Evaluation failed"), is_breach=True, of_contract=False, denominator="evaluation_final"
            ),
            "evaluation_vetoed": FactType(_("Evaluation vetoed"), is_breach=True, of_contract=False),
        }
