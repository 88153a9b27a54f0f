from odoo import models

from ..bid.outsourcing_bid import EFFECTIVE_STATES


class OutsourcingTenderLot(models.Model):
    """A price far below the others is explained, or the bid is out (order 87, art. 60)."""

    _inherit = "outsourcing.tender.lot"

    def _ask_low_bidders(self):
        """Ask the bidders of ``self`` (in sudo) whose quote lies far below the mean of the others."""
        bids = self.env["outsourcing.bid"].search(
            [("lot_id", "in", self.ids), ("state", "in", EFFECTIVE_STATES), ("has_price", "=", True)]
        )
        asked = {}
        for lot, own in bids.grouped("lot_id").items():
            rate = lot.way_id.low_price_rate
            if not rate or len(own) < 3:  # of two prices one is always lower
                continue
            total = sum(own.mapped("amount_total"))
            for bid in own:
                mean = (total - bid.amount_total) / (len(own) - 1)
                below = round(100 - 100 * bid.amount_total / mean, 2)
                if below >= rate:
                    asked[bid] = bid.env._(
                        "Your quote lies %(below)s %% below the mean of the others. Explain in writing, with "
                        "proof, how the work can be done well for it.",
                        below=f"{below:g}",
                    )
        bids._create_clarifications("low", asked)


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    def _open_prices(self):
        result = super()._open_prices()
        self.lot_ids._ask_low_bidders()
        return result
