from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What acceptances and monthly scores tell."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        return {
            **super()._get_fact_types(),
            "acceptance_counted": FactType(
                _("Work put forward for acceptance"), is_measure=True, by_day=False
            ),
            "acceptance_first_pass": FactType(
                _("Accepted the first time"), denominator="acceptance_counted", by_day=False
            ),
            "score": FactType(_("Monthly score"), by_day=False),
            "level_passed": FactType(_("Acceptance level passed"), by_day=False),
            "level_failed": FactType(_("Acceptance level failed"), is_breach=True, by_day=False),
        }
