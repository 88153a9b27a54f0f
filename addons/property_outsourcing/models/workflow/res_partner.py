from odoo import models


class ResPartner(models.Model):
    """The partner of a company tells its time zone."""

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        # sudo: whether a company is meant; the zones of people, written with each login, are not kept
        if "tz" in vals and self.env["res.company"].sudo().search_count(
            [("partner_id", "in", self.ids)], limit=1
        ):
            self.env.registry.clear_cache()
        return result
