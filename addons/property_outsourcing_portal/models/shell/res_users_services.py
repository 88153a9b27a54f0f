from odoo import models


class ResUsers(models.Model):
    """What owners' representatives read of the contracts that serve their community: words, no money."""

    _inherit = "res.users"

    def _get_outsourcing_services(self):
        """Return (contract, community) for each running contract of a community the person represents.

        Records in sudo: the page shows title, firm, term, rounds and time limits, and never an amount.
        """
        self.ensure_one()
        ids = self._get_represented_community_ids()
        if not ids:
            return []
        # sudo: contracts of communities the person represents
        contracts = self.env["outsourcing.contract"].sudo().search(
            [("state", "=", "active"), ("community_ids", "in", ids)], order="service_type_id, id"
        )  # fmt: skip
        return [
            (contract, community)
            for contract in contracts
            for community in contract.community_ids.filtered(lambda community: community.id in ids)
        ]

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if "representative" not in roles:
            return cards
        label = self.env._("Services of the community")
        card = self._prepare_outsourcing_card("services", "fa-building-o", label)
        report = self._prepare_outsourcing_card("defect_new", "fa-bullhorn", self.env._("Report a problem"))
        return [*cards, card, {**report, "url": "/my/outsourcing/defects/new"}]
