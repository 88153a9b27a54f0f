from odoo import models

RUNNING = [("state", "=", "running")]


class ResUsers(models.Model):
    """Owners' representatives find the surveys of their communities in the portal."""

    _inherit = "res.users"

    def _get_outsourcing_sections(self):
        return super()._get_outsourcing_sections() | {"surveys": "outsourcing.survey.round"}

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if "representative" not in roles:
            return cards
        model, label = "outsourcing.survey.round", self.env._("Satisfaction surveys")
        card = self._prepare_outsourcing_card("surveys", "fa-smile-o", label, model, RUNNING)
        return [*cards, {**card, "exists": [(model, [])]}]
