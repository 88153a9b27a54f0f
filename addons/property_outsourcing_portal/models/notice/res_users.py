from odoo import models
from odoo.http import request


class ResUsers(models.Model):
    """What the person has not read yet."""

    _inherit = "res.users"

    def _get_outsourcing_unread(self):
        """Return what is unread: dict section -> dict document id -> number; looked up once a request."""
        self.ensure_one()
        kept = vars(request).setdefault("outsourcing_unread", {}) if request else {}
        if self.id not in kept:
            kept[self.id] = self.env["outsourcing.notice"]._get_unread(self.partner_id)
        return kept[self.id]
