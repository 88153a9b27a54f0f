from odoo import api, fields, models


class OutsourcingContract(models.Model):
    """The contract shows the card its contractor has."""

    _inherit = "outsourcing.contract"

    card_alert = fields.Char(
        "Card of the Contractor", compute="_compute_card_alert", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("contractor_id.outsourcing_active_card_ids", "company_id")
    @api.depends_context("lang")
    def _compute_card_alert(self):
        for contract in self:
            cards = contract.contractor_id and contract.contractor_id._get_outsourcing_cards_in_force(
                contract.company_id
            )
            sentences = [contract.contractor_id._get_card_sentence(card) for card in cards or ()]
            contract.card_alert = " ".join(sentences) or False
