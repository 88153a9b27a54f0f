from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_money_cards(self):
        cards = super()._get_money_cards()
        label, model = self.env._("Monthly roll-ups"), "outsourcing.order.rollup"
        card = self._prepare_outsourcing_card("rollups", "fa-calculator", label, model, None)
        cards.insert(-1, {**card, "exists": [(model, [])]})  # few firms work under a framework
        return cards
