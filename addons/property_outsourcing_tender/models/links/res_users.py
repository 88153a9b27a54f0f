from odoo import models

BIDDER = "bidder"
TAKEN = [("state", "=", "published")]


class ResUsers(models.Model):
    """Firms find tenders and their own bids in the portal."""

    _inherit = "res.users"

    def _get_outsourcing_role_domains(self):
        roles = super()._get_outsourcing_role_domains()
        firm = self.partner_id.commercial_partner_id.sudo()  # the own firm
        if not firm.is_company or not firm.outsourcing_state:
            return roles
        return roles | {
            BIDDER: [
                ("outsourcing.tender", TAKEN),
                ("outsourcing.bid", [("contractor_id", "=", firm.id)]),
            ]
        }

    def _get_outsourcing_sections(self):
        return super()._get_outsourcing_sections() | {
            "tenders": "outsourcing.tender",
            "bids": "outsourcing.bid",
        }

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if BIDDER not in roles:
            return cards
        prepare = self._prepare_outsourcing_card
        return [
            *cards,
            prepare("tenders", "fa-bullhorn", self.env._("Tenders"), "outsourcing.tender", TAKEN),
            prepare(
                "bids", "fa-envelope-o", self.env._("My bids"), "outsourcing.bid", [("state", "=", "draft")]
            ),
        ]

    def _get_outsourcing_nav(self, roles):
        entries = super()._get_outsourcing_nav(roles)
        if BIDDER not in roles:
            return entries
        tenders = self._prepare_outsourcing_nav("tenders", "fa-bullhorn", self.env._("Tenders"), sequence=40)
        bids = self._prepare_outsourcing_nav("bids", "fa-envelope-o", self.env._("My bids"), sequence=45)
        return [*entries, tenders, bids]
