from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "property_outsourcing.group_outsourcing_user"


class OutsourcingComplaint(models.Model):
    _inherit = "outsourcing.complaint"

    @api.model
    def _get_repeated_domain(self):
        """Return the domain of the repeated complaints that came in within the days of their company."""
        now = fields.Datetime.now()
        return Domain("is_repeated", "=", True) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_received",
                ">=",
                now - timedelta(days=company._get_outsourcing_setting("outsourcing_complaint_repeat_days")),
            )
            for company in self.env["res.company"].sudo().search([])  # settings
        )

    @api.model
    def _count_for(self, places, name):
        """Set counts and flags of ``places``, which complaints name in their field ``name``."""
        complaints = self.env["outsourcing.complaint"]
        there = Domain(name, "in", places.ids) & Domain("state", "!=", "merged")
        repeated = there & self._get_repeated_domain()
        counts = dict(complaints._read_group(there, [name], ["__count"]))
        flagged = {place for [place] in complaints._read_group(repeated, [name])}
        for place in places:
            place.complaint_count = counts.get(place._origin, 0)
            place.has_repeated_complaints = place._origin in flagged

    @api.model
    def _search_places(self, name, operator, value):
        """Return the domain of places with, or without, repeated complaints."""
        if operator != "in":
            return NotImplemented
        domain = self._get_repeated_domain() & Domain(name, "!=", False)
        found = Domain("id", "in", self.env["outsourcing.complaint"]._search(domain).subselect(name))
        return found if True in value else ~found

    @api.model
    def _open_of(self, places, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_action"
        )
        return {**action, "domain": [(name, "in", places.ids)], "context": {"search_default_not_merged": 1}}


class MaintenanceEquipment(models.Model):
    """What residents report about it."""

    _inherit = "maintenance.equipment"

    complaint_count = fields.Integer("Complaints", compute="_compute_complaints", groups=STAFF)
    has_repeated_complaints = fields.Boolean(
        "Repeated Complaints",
        compute="_compute_complaints",
        search="_search_has_repeated_complaints",
        groups=STAFF,
        help="The same problem was reported again and again within the days before.",
    )

    def _compute_complaints(self):
        self.env["outsourcing.complaint"]._count_for(self, "equipment_id")

    def _search_has_repeated_complaints(self, operator, value):
        return self.env["outsourcing.complaint"]._search_places("equipment_id", operator, value)

    def action_view_complaints(self):
        """Open the complaints about the equipment."""
        return self.env["outsourcing.complaint"]._open_of(self, "equipment_id")


class OutsourcingLocation(models.Model):
    """What residents report about it."""

    _inherit = "outsourcing.location"

    complaint_count = fields.Integer("Complaints", compute="_compute_complaints", groups=STAFF)
    has_repeated_complaints = fields.Boolean(
        "Repeated Complaints",
        compute="_compute_complaints",
        search="_search_has_repeated_complaints",
        groups=STAFF,
        help="The same problem was reported again and again within the days before.",
    )

    def _compute_complaints(self):
        self.env["outsourcing.complaint"]._count_for(self, "location_id")

    def _search_has_repeated_complaints(self, operator, value):
        return self.env["outsourcing.complaint"]._search_places("location_id", operator, value)

    def action_view_complaints(self):
        """Open the complaints about the place."""
        return self.env["outsourcing.complaint"]._open_of(self, "location_id")
