import re

from odoo import api, models

from odoo.addons.property_outsourcing.models.workflow.step_refusal import refuse_step

from ..complaint.outsourcing_complaint_reporter import STAFF
from .outsourcing_complaint_code import PATH

LINK = re.compile(rf"{PATH}([A-Za-z0-9_-]+)/?$")


class OutsourcingLocation(models.Model):
    """Places whose codes residents scan; the same label leads staff and contractors to the place."""

    _inherit = "outsourcing.location"

    @api.model
    def _resolve_code(self, code):
        found = super()._resolve_code(code)
        printed = LINK.search(code or "")
        if found or not printed:
            return found
        row = self.env["outsourcing.complaint.code"]._find(printed[1])
        place = (row.equipment_id or row.location_id).with_env(self.env)  # with the rights of who scans
        return place if place and place.has_access("read") else None

    def action_print_report_codes(self):
        """Print the sheets with which residents report at these places."""
        return print_report_codes(self)


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    def action_print_report_codes(self):
        """Print the sheets with which residents report at this equipment."""
        return print_report_codes(self)


def print_report_codes(places):
    """Return the print of the codes of ``places``, which staff that sees them may have."""
    if not places.env.user.has_group(STAFF):
        raise refuse_step(places.env, STAFF)
    places.check_access("read")
    return places.env["outsourcing.complaint.code"]._get_or_create(places).action_print()
