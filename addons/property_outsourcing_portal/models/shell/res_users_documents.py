from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

# what the firm has to do something about; what waits for a verification waits for the property company
DOCUMENT_STATES_OPEN = ("missing", "expired", "insufficient", "expiring")


class ResUsers(models.Model):
    """The card of compliance documents, for candidates without a contract as well."""

    _inherit = "res.users"

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        firm = self.partner_id.commercial_partner_id.sudo()  # the user's own firm
        if not firm.outsourcing_state:
            return cards
        return [*cards, self._get_document_card(firm)]

    def _get_document_card(self, firm):
        today = trade_today(self)
        domain = [
            ("partner_id", "=", firm.id),
            ("is_repeated", "=", False),
            ("state", "in", DOCUMENT_STATES_OPEN),
        ]
        return self._prepare_outsourcing_card(
            "documents", "fa-id-card-o", self.env._("Compliance documents"),
            "outsourcing.compliance", domain, "date_end", today,
        )  # fmt: skip
