from odoo import models


class ResUsers(models.Model):
    """Money: what of a settlement waits for the contractor."""

    _inherit = "res.users"

    def _get_statement_domain(self):
        """Return the domain of the firm's settlements whose statement it may confirm or dispute."""
        return [
            ("contractor_id", "=", self.partner_id.commercial_partner_id.id),
            ("state", "in", ("submitted", "checked")),
            ("statement_state", "in", ("waiting", "silent")),
        ]

    def _get_statement_clock(self, today):
        """Return the date by which a statement is answered, and today; none where silence means nothing."""
        company = self.company_id.sudo()  # a setting of it
        silence = company._get_outsourcing_setting("outsourcing_statement_silence")
        return () if silence == "open" else ("statement_deadline", today)

    def _get_money_cards(self):
        cards = super()._get_money_cards()
        model = "outsourcing.payment.application"
        card = self._prepare_outsourcing_card(
            "applications", "fa-hand-o-up", self.env._("Payment applications"), model, None
        )
        own = [("contractor_id", "=", self.partner_id.commercial_partner_id.id)]
        place = next((n for n, other in enumerate(cards) if other["key"] == "settlements"), len(cards))
        # who has a contract may apply: the list has the button
        cards.insert(place, {**card, "exists": [("outsourcing.contract", own)]})
        return cards
