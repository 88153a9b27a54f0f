from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if {"parent_id", "is_company"} & set(vals) and self.sudo().user_ids:  # whether anybody logs in
            # whoever changes the firm no longer reads what record rules kept in mind for the former one
            self.env.registry.clear_cache()
        return result
