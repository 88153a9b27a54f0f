from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day


class OutsourcingTenderWay(models.Model):
    """How much the title of gold partner counts where nothing else is said."""

    _inherit = "outsourcing.tender.way"

    gold_points = fields.Float(
        "Points for Gold Partners",
        default=2.0,
        digits=(16, 2),
        help="What is added to the points of a gold partner's bid where a panel decides; 0: nothing.",
    )

    @api.constrains("gold_points")
    def _check_gold_points(self):
        for way in self:
            if not 0 <= way.gold_points <= 10:
                raise ValidationError(self.env._("%s: a gold partner gets 0 to 10 points.", way.name))


class OutsourcingTender(models.Model):
    """The title counts as it stood at the opening: who is awarded later, bidders known, gains nothing."""

    _inherit = "outsourcing.tender"

    gold_points = fields.Float(
        "Points for Gold Partners",
        compute="_compute_gold_points",
        store=True,
        readonly=False,
        precompute=True,
        digits=(16, 2),
        help="What is added to the points of a gold partner's bid; bidders read it, and it is fixed with the "
        "publication. 0: the title does not count.",
    )

    @api.depends("way_id")
    def _compute_gold_points(self):
        for tender in self:
            if tender.state in (False, "draft"):
                way = tender.way_id  # without a panel the price alone decides
                tender.gold_points = way.gold_points if way.panel_size else 0.0
            else:
                tender.gold_points = tender.gold_points or 0.0

    @api.constrains("gold_points")
    def _check_gold_points(self):
        for tender in self:
            if not 0 <= tender.gold_points <= 10:
                raise ValidationError(self.env._("A gold partner gets 0 to 10 points."))

    def _get_bid_bonus(self, contractors):
        bonus = super()._get_bid_bonus(contractors)
        if not self.gold_points:
            return bonus
        awards = self._get_gold_awards(contractors)
        return {
            contractor: [*rows, *self._get_gold_rows(contractor, awards.get(contractor))]
            for contractor, rows in bonus.items()
        }

    def _get_gold_awards(self, contractors):
        """Return the awards that were given before the opening and valid on its day.

        :return: dict contractor (in sudo) -> ``outsourcing.award``, the latest year first
        """
        moment = self.date_opened or fields.Datetime.now()
        found = self.env["outsourcing.award"].search(
            [
                ("contractor_id", "in", contractors.ids),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "awarded"),
                ("date_decided", "<=", moment),
                ("date_until", ">=", trade_day(self, moment)),
            ]
        )
        return found.grouped("contractor_id")

    def _get_gold_rows(self, contractor, awards):
        """Return [(label, points)] for ``contractor`` (in sudo); nothing while a card is in force."""
        if not awards or contractor._get_outsourcing_cards_in_force(self.company_id):
            return []
        label = self.env._(
            "Gold partner %(year)s (award %(number)s)", year=awards[0].year, number=awards[0].name
        )
        return [(label, self.gold_points)]

    def _get_gold_partners(self):
        """Return the awards valid today in the companies of ``self`` (in sudo), for the public page.

        All of them, whoever bids: the list tells nothing of bidders. A title rests while a card is in force.

        :return: ``outsourcing.award``, by the name of the firm
        """
        awards = self.env["outsourcing.award"].search_fetch(
            [("company_id", "in", self.company_id.ids), ("is_valid", "=", True)],
            ["company_id", "contractor_id", "date_until", "name", "year"],
        )
        awards.contractor_id.fetch(["name"])
        held = awards.filtered(
            lambda award: award == award.contractor_id._get_outsourcing_gold_award(award.company_id)
        )
        return held.sorted(lambda award: (award.company_id.id, award.contractor_id.name))


class ResPartner(models.Model):
    """Gold partners are asked first."""

    _inherit = "res.partner"

    def _map_invitation_ranks(self, tender):
        ranks, company = super()._map_invitation_ranks(tender), tender.company_id
        # sudo: whether a firm that may be read holds the title, as its form tells
        return {
            firm: [0 if firm.sudo()._get_outsourcing_gold_award(company) else 1, *rank]
            for firm, rank in ranks.items()
        }
