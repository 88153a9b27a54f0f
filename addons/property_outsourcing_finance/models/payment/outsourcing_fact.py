from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """How we pay: no reproach to the contractor, but what its file and our reports have to tell."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return {
            **super()._get_fact_types(),
            "payment_made": FactType(_("Paid in full"), is_measure=True, by_day=False),
            "payment_late": FactType(
                _("Paid late by us"),
                hours_per_unit=24.0,
                denominator="payment_made",
                is_measure=True,
                by_day=False,
            ),
        }
