from odoo import api, models


class OutsourcingLocation(models.Model):
    """A scanned code may stand for equipment: its label, registration code or serial number."""

    _inherit = "outsourcing.location"

    @api.model
    def _resolve_code(self, code):
        return super()._resolve_code(code) or self.env["maintenance.equipment"]._find_by_code(code) or None
