from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.tools import format_money, format_price

SLIPS = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)  # a decimal point one to three places off


class OutsourcingBid(models.Model):
    """The total of the letter beside the sum of the prices (order 87 of the Ministry of Finance, art. 59).

    Where both differ the unit prices hold, unless one has its decimal point in the wrong place: then the
    total holds. The bidder is asked whether it stands by the corrected total; if not, its bid is out.
    """

    _inherit = "outsourcing.bid"

    amount_stated = fields.Monetary(
        "Total of the Letter", readonly=True, copy=False, groups="base.group_user"
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"amount_stated"}

    def _unseal_prices(self):
        differing = self.filtered(
            lambda bid: (
                bid.stated_total and bid.currency_id.compare_amounts(bid.stated_total, bid._get_quote())
            )
        )
        asked = {bid: bid._correct_prices() for bid in differing}
        result = super()._unseal_prices()
        for bid in self.filtered("stated_total"):
            bid._gated().write({"amount_stated": bid.stated_total})
        self._create_clarifications(
            "arithmetic", {bid: text for bid, text in asked.items() if bid.state == "opened"}
        )
        return result

    def _correct_prices(self):
        """Put a slipped decimal point right (in sudo); return what the bidder is asked."""
        self.ensure_one()
        stated = format_money(self, self.stated_total)
        line, price = self._find_slip(self.stated_total)
        if not line:
            return self.env._(
                "The letter says %(stated)s, the prices add up to %(computed)s. The prices hold: the quote "
                "is %(computed)s. Do you stand by it?",
                stated=stated,
                computed=format_money(self, self._get_quote()),
            )
        read = line.price_unit
        line._gated().write({"price_unit": price})
        return self.env._(
            "%(item)s: the price %(read)s has its decimal point in the wrong place. The total of the letter, "
            "%(stated)s, holds, and the price is %(price)s. Do you stand by it?",
            item=line.item_id.display_name,
            read=format_price(self, read),
            price=format_price(self, price),
            stated=stated,
        )

    def _find_slip(self, stated):
        """Return (line, price) of the one price whose slipped decimal point explains the ``stated`` total."""
        total = sum(self.line_ids.mapped("amount"))
        found = [
            (line, line.price_unit * factor)
            for line in self.line_ids
            for factor in SLIPS
            if not self.currency_id.compare_amounts(total - line.amount + line.amount * factor, stated)
            and line._may_cost(line.price_unit * factor)
        ]
        return found[0] if len(found) == 1 else (None, 0.0)


class OutsourcingBidLine(models.Model):
    _inherit = "outsourcing.bid.line"

    def _may_cost(self, price):
        """Return whether somebody can have meant ``price``: one that is not kept would stop the opening."""
        try:
            self._fields["price_unit"].check_kept(price, self)
        except ValidationError:
            return False
        return True
