from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingTenderWay(models.Model):
    """How much may be asked as a bid bond and when it goes back (order 87, art. 38: 2 percent, 5 days)."""

    _inherit = "outsourcing.tender.way"

    bond_rate_max = fields.Float(
        "Bid Bond at most (%)", default=2.0, help="Share of the estimate of a lot, else of its ceiling price."
    )
    bond_return_days = fields.Integer(
        "Days to Return Bid Bonds",
        default=5,
        help="From the award for the others, from the start of the contract for the winner.",
    )

    @api.constrains("bond_rate_max", "bond_return_days")
    def _check_bond_figures(self):
        for way in self:
            if not 0 <= way.bond_rate_max <= 100 or way.bond_return_days < 0:
                raise ValidationError(
                    self.env._(
                        "%s: a bid bond is 0 to 100 percent, and days to return it cannot be negative.",
                        way.name,
                    )
                )


class OutsourcingTenderLot(models.Model):
    """What a bidder deposits for the lot."""

    _inherit = "outsourcing.tender.lot"

    bid_bond = fields.Monetary(help="What each bidder of the lot deposits; 0: none.")

    _bid_bond_not_negative = models.Constraint("CHECK(bid_bond >= 0)", "A bid bond cannot be negative.")


class OutsourcingTender(models.Model):
    """Where the bond goes, and that it is not too high."""

    _inherit = "outsourcing.tender"

    bond_note = fields.Text(
        "Where to Pay the Bid Bond", help="Account, bank and what to write on it; bidders read it."
    )
    has_bid_bond = fields.Boolean("Bid Bond Asked for", compute="_compute_has_bid_bond")

    @api.depends("lot_ids.bid_bond")
    def _compute_has_bid_bond(self):
        for tender in self:
            tender.has_bid_bond = any(tender.lot_ids.mapped("bid_bond"))

    def _get_missing_papers(self):
        points = super()._get_missing_papers()
        rate = self.way_id.bond_rate_max
        for lot in self.lot_ids.filtered("bid_bond"):
            most = self.currency_id.round((lot.estimate or lot.ceiling) * rate / 100)
            if self.currency_id.compare_amounts(lot.bid_bond, most) > 0:
                sentence = self.env._(
                    "%(lot)s: the bid bond is above %(most)s, %(rate)s percent of the estimate.",
                    lot=lot.name,
                    most=format_money(self, most),
                    rate=f"{rate:g}",
                )
                points.append(MissingPoint(sentence, self, page="lots"))
        if self.has_bid_bond and not (self.bond_note or "").strip():
            sentence = self.env._("Write where bidders pay the bid bond.")
            points.append(MissingPoint(sentence, self, field="bond_note"))
        return points
