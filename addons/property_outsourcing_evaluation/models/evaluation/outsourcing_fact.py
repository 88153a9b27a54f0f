from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What evaluations tell of a contractor."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return {
            # named by the preset scorecards, whether or not the add-on that records them is there
            "complaint_handled": FactType(_("Complaint dealt with"), is_measure=True),
            "complaint_returned": FactType(
                _("Returned by the resident"), is_breach=True, denominator="complaint_handled"
            ),
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
