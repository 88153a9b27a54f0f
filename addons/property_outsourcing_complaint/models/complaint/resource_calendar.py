from odoo import models

from .complaint_clock import DUES
from .outsourcing_complaint import TO_DO_STATES


class ResourceCalendar(models.Model):
    """What is entered later about working time moves the deadlines of complaints as well."""

    _inherit = "resource.calendar"

    def _move_deadlines(self, date_from=None, date_to=None):
        result = super()._move_deadlines(date_from, date_to)
        complaints = self.env["outsourcing.complaint"].sudo()  # clocks follow, whoever keeps the calendar
        open_ones = complaints.search(
            [
                ("state", "in", TO_DO_STATES),
                "|",
                ("community_id.complaint_calendar_id", "in", self.ids),
                "&",
                ("community_id.complaint_calendar_id", "=", False),
                ("company_id.resource_calendar_id", "in", self.ids),
            ]
        )
        for name in DUES:
            self.env.add_to_compute(complaints._fields[name], open_ones)
        return result
