from odoo import models


class ResourceCalendar(models.Model):
    """The working hours of a company tell its time zone where its partner names none."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env.registry.clear_cache()
        return result
