from odoo import fields, models


class OutsourcingCommunity(models.Model):
    """When the desk of a community works, and its telephone."""

    _inherit = "outsourcing.community"

    complaint_calendar_id = fields.Many2one(
        "resource.calendar",
        "Hours of the Desk",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The time limits of complaints run in these hours; empty: the working hours of the company.",
    )
    complaint_phone = fields.Char(
        "Telephone of the Desk", help="Residents call it when the page cannot take their report."
    )

    def _get_complaint_calendar(self):
        """Return the calendar on which the time limits of complaints run."""
        self.ensure_one()
        community = self.sudo()  # working hours only
        return community.complaint_calendar_id or community.company_id.resource_calendar_id
