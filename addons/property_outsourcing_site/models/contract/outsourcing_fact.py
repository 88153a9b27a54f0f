from odoo import api, models

from odoo.addons.property_outsourcing.models.performance.fact_type import FactType


class OutsourcingFact(models.Model):
    """What is recorded on site."""

    _inherit = "outsourcing.fact"

    @api.model
    def _get_fact_types(self):
        _ = self.env._
        types = super()._get_fact_types()
        judged = ("inspection_done", "inspection_missed", "inspection_failed")
        return {
            **types,
            **{code: types[code]._replace(denominator="inspection_due") for code in judged},
            "inspection_due": FactType(_("Inspection due"), is_measure=True),
            "inspection_passed": FactType(_("Spot check passed"), denominator="inspection_due"),
            "visit_done": FactType(_("Visit done")),
            "log_due": FactType(_("Site log due"), is_measure=True),
            "log_late": FactType(
                _("Site log late"), hours_per_unit=24.0, is_breach=True, denominator="log_due"
            ),
            "log_missing": FactType(_("Site log missing"), is_breach=True, denominator="log_due"),
            "defect_found": FactType(_("Defect found")),
            "defect_repeated": FactType(_("Defect repeated"), is_breach=True, denominator="defect_found"),
            "rectification_overdue": FactType(_("Rectification overdue"), by_day=False),
        }
