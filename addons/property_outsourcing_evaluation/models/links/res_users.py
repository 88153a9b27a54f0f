from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..card.outsourcing_card import IN_FORCE, SHOWN


class ResUsers(models.Model):
    """Contractors find their quarters in the portal."""

    _inherit = "res.users"

    def _get_outsourcing_sections(self):
        return super()._get_outsourcing_sections() | {
            "evaluations": "outsourcing.evaluation",
            "cards": "outsourcing.card",
            "awards": "outsourcing.award",
        }

    def _get_waiting_evaluation_domain(self, today):
        """Return the domain of the firm's previews that are open to appeal on ``today``."""
        firm = self.partner_id.commercial_partner_id
        return [("contractor_id", "=", firm.id), ("state", "=", "preview"), ("appeal_deadline", ">=", today)]

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if "contractor" not in roles:
            return cards
        today, firm = trade_today(self), self.partner_id.commercial_partner_id
        card = self._prepare_outsourcing_card(
            "evaluations", "fa-star-half-o", self.env._("Evaluations"), "outsourcing.evaluation",
            self._get_waiting_evaluation_domain(today), "appeal_deadline", today,
        )  # fmt: skip
        shown = [("contractor_id", "=", firm.id), ("state", "!=", "draft")]
        warning = self._prepare_outsourcing_card(
            "cards", "fa-exclamation-triangle", self.env._("Yellow and red cards"), "outsourcing.card",
            self._get_waiting_plan_domain(), "plan_deadline", today,
        )  # fmt: skip
        # an honour waits for nobody
        gold = self._prepare_outsourcing_card("awards", "fa-trophy", self.env._("Gold partner"))
        awarded = [("contractor_id", "=", firm.id), ("state", "in", ("awarded", "revoked"))]
        issued = [("contractor_id", "=", firm.id), ("state", "in", SHOWN)]
        return [
            *cards,
            {**card, "exists": [("outsourcing.evaluation", shown)]},
            {**warning, "exists": [("outsourcing.card", issued)]},
            {**gold, "exists": [("outsourcing.award", awarded)]},
        ]

    def _get_waiting_plan_domain(self):
        """Return the domain of the firm's yellow cards that await a plan of rectification."""
        firm = self.partner_id.commercial_partner_id
        return [("contractor_id", "=", firm.id), ("state", "in", IN_FORCE), ("color", "=", "yellow"),
                ("date_plan", "=", False)]  # fmt: skip
