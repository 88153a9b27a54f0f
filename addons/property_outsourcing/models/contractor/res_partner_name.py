from odoo import api, models


class ResPartner(models.Model):
    """People of a firm are shown by their own name where the firm is known anyway."""

    _inherit = "res.partner"

    @api.depends_context("partner_display_name_hide_company")
    def _compute_display_name(self):
        # core reads the key, but does not keep apart what was computed with and without it
        return super()._compute_display_name()
