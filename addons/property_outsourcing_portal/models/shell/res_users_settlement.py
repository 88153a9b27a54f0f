from odoo import models


class ResUsers(models.Model):
    """Money: what of a settlement waits for the contractor."""

    _inherit = "res.users"

    def _get_statement_domain(self):
        """Return the domain of the firm's settlements whose statement it may confirm or dispute."""
        return [
            ("contractor_id", "=", self.partner_id.commercial_partner_id.id),
            ("state", "in", ("submitted", "checked")),
            ("statement_state", "in", ("waiting", "silent")),
        ]
