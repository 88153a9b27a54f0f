from datetime import timedelta

from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingDefect(models.Model):
    """The same thing wrong at the same place again, though it had been rectified."""

    _inherit = "outsourcing.defect"

    def _prepare_repeated_facts(self):
        """Return the facts of the defects ``self`` that were rectified a short time ago and are there again.

        The same is: the same item of a checklist, or else the same clause, at the same equipment, or else the
        same location, under one contract. Whoever found one before that counts; what the contractor finds
        himself now does not.
        """
        fresh = self.filtered(lambda defect: defect.found_by != "contractor" and defect._get_sameness())
        if not fresh:
            return []
        earliest = min(defect._get_repeat_start() for defect in fresh)
        before = self.search(
            [
                ("contract_id", "in", fresh.contract_id.ids),
                ("id", "not in", fresh.ids),
                ("date_rectified", ">=", earliest),
            ]
        ).grouped(lambda defect: (defect.contract_id, defect._get_sameness()))
        pairs = [(defect, before.get((defect.contract_id, defect._get_sameness()), ())) for defect in fresh]
        return [
            defect._prepare_fact_vals(
                "defect_repeated",
                date=defect.date_found,
                note=join_names(self.env, [other.name for other in others]),
            )
            for defect, earlier in pairs
            if (others := [other for other in earlier if defect._repeats(other)])
        ]

    def _get_sameness(self):
        """Return what makes a defect the same as another: (what, where), or None where it does not say."""
        what = self.inspection_line_id.item_id or self.clause_id
        where = self.equipment_id or self.location_id
        return (what, where) if what and where else None

    def _get_repeat_start(self):
        return self.date_found - timedelta(days=self.company_id.outsourcing_repeat_days)

    def _repeats(self, other):
        rectified = trade_day(other, other.date_rectified)
        return self._get_repeat_start() <= rectified <= self.date_found
