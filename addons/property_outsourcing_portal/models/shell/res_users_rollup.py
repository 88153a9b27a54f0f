from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_money_cards(self):
        cards = super()._get_money_cards()
        # few firms work under a framework for small repairs
        if self._count_outsourcing("outsourcing.order.rollup", [], limit=1):
            cards.insert(
                -1,
                self._prepare_outsourcing_card(
                    "rollups",
                    "fa-calculator",
                    self.env._("Monthly roll-ups"),
                    "outsourcing.order.rollup",
                    None,
                ),
            )
        return cards
