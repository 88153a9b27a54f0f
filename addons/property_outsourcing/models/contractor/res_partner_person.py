from odoo import models


class ResPartner(models.Model):
    """Who signs for a firm is a person of it, never the firm itself."""

    _inherit = "res.partner"

    def _is_person_of(self, firm):
        """Return whether the partner ``self`` is a person of ``firm``; a sole trader is its own person."""
        self.ensure_one()
        person, firm = self.sudo(), firm.sudo().commercial_partner_id  # whose person it is, no more
        return bool(firm) and person.commercial_partner_id == firm and not person.is_company
