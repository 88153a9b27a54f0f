from odoo import api, fields, models

from ..card.outsourcing_card import IN_FORCE

BARRED = ("tender", "award", "activate")


class ResPartner(models.Model):
    """The cards of a contractor: what they stand in the way of, and how they look on its form."""

    _inherit = "res.partner"

    outsourcing_card_ids = fields.One2many(
        "outsourcing.card", "contractor_id", "Cards of the Contractor", groups="base.group_user"
    )
    outsourcing_card_count = fields.Integer(
        "Cards", compute="_compute_outsourcing_card_count", groups="base.group_user"
    )
    outsourcing_active_card_ids = fields.Many2many(
        "outsourcing.card",
        string="Cards in Force",
        compute="_compute_outsourcing_active_card_ids",
        compute_sudo=True,
        groups="base.group_system",
        export_string_translation=False,
    )
    outsourcing_card_color = fields.Selection(
        [("yellow", "Yellow card"), ("red", "Red card")],
        "Card in Force",
        compute="_compute_outsourcing_card_color",
        compute_sudo=True,
        groups="base.group_user",
        help="The worst card that is in force in this company.",
    )

    def _compute_outsourcing_card_count(self):
        cards = self.env["outsourcing.card"]
        domain = [("contractor_id", "in", self.ids)]
        counts = (
            dict(cards._read_group(domain, ["contractor_id"], ["__count"]))
            if cards.has_access("read")
            else {}
        )
        for firm in self:
            firm.outsourcing_card_count = counts.get(firm._origin, 0)

    # asked by portal users as well: searched as superuser, for all firms at once
    @api.depends("outsourcing_card_ids.state")
    def _compute_outsourcing_active_card_ids(self):
        domain = [("contractor_id", "in", self.ids), ("state", "in", IN_FORCE)]
        cards = self.env["outsourcing.card"].search(domain).grouped("contractor_id")
        for firm in self:
            firm.outsourcing_active_card_ids = cards.get(firm._origin, False)

    @api.depends("outsourcing_active_card_ids")
    @api.depends_context("company")
    def _compute_outsourcing_card_color(self):
        for firm in self:
            colors = firm._get_outsourcing_cards_in_force(self.env.company).mapped("color")
            firm.outsourcing_card_color = "red" if "red" in colors else (colors[0] if colors else False)

    def _get_outsourcing_cards_in_force(self, company):
        """Return the cards of the firm ``self`` (in sudo) that stand in ``company``."""
        self.ensure_one()
        return self.outsourcing_active_card_ids.filtered(lambda card: card.company_id == company)

    def _get_contractor_blockers(self, purpose, contract=None):
        blockers = super()._get_contractor_blockers(purpose, contract)
        if purpose not in BARRED:
            return blockers
        firms, contract = self.sudo().commercial_partner_id, contract and contract.sudo()  # sentences only
        company = contract.company_id if contract else self.env.company
        for firm in firms:
            cards = firm._get_outsourcing_cards_in_force(company)
            blockers += [firm._get_card_sentence(card) for card in cards]
        return blockers

    def _get_card_sentence(self, card):
        values = {"contractor": self.name, "card": card.name, "date": card.date_until}
        if card.color == "red":
            return self.env._("%(contractor)s has the red card %(card)s until %(date)s.", **values)
        return self.env._(
            "%(contractor)s has the yellow card %(card)s: no new work until its rectification is verified.",
            **values,
        )

    def action_view_outsourcing_cards(self):
        """Open the cards of the contractor, past ones as well."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_card_action"
        )
        return {**action, "domain": [("contractor_id", "in", self.ids)], "context": {}}
