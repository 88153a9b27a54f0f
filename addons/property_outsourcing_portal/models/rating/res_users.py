from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if "representative" not in roles:
            return cards
        label = self.env._("Rate finished work")
        return [*cards, self._prepare_outsourcing_card("ratings", "fa-star-o", label)]
