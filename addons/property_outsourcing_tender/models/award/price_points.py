from odoo import models

from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingTenderLot(models.Model):
    """The price that the points of the others are measured by."""

    _inherit = "outsourcing.tender.lot"

    def _get_price_base(self, bids):
        """Return the lowest price of ``bids`` (in sudo), or the base price: their mean less a discount."""
        self.ensure_one()
        quotes, tender = bids.mapped("amount_total"), self.tender_id
        if tender.price_method == "lowest":
            return min(quotes)
        return sum(quotes) / len(quotes) * (1 - tender.base_discount / 100)


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    def _get_price_points(self, base, weight):
        """Return the points of the price of ``self`` (in sudo) against the price ``base``."""
        self.ensure_one()
        if self.tender_id.price_method == "lowest":
            return round(base / self.amount_total * weight, 2)
        deviation, loss = self._get_deviation(base)
        return round(max(0.0, weight - abs(deviation) * loss), 2)

    def _get_deviation(self, base):
        """Return (percent above the price ``base``, points that one percent costs)."""
        deviation = 100 * (self.amount_total - base) / base
        tender = self.tender_id
        return deviation, tender.points_above if deviation > 0 else tender.points_below

    def _explain_price_points(self, base, weight):
        """Return how the points of the price come about, as a formula."""
        self.ensure_one()
        quote, asked = format_money(self, self.amount_total), format_money(self, base)
        if self.tender_id.price_method == "lowest":
            return f"{asked} ÷ {quote} × {weight:g}"
        deviation, loss = self._get_deviation(base)
        return f"{weight:g} - |{quote} ÷ {asked} - 1| = {abs(deviation):.2f} % × {loss:g}"
