from odoo import models

from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingVariation(models.Model):
    """How far the agreed price of a variation moves the price the contract was signed for."""

    _inherit = "outsourcing.variation"

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "approved":
            self._record_price_deviation()

    def _record_price_deviation(self):
        """Record the agreed price of the variations ``self`` in percent of the contract's first price.

        Omitted work counts below zero. The weight is that price: the percents of one contract add up, and
        over many contracts the sum of value x weight is divided by the weights, each contract's once.
        """
        prices = self.contract_id._get_prices_signed()
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "price_deviation",
                    "contract": variation.contract_id,
                    "source": variation,
                    "community": variation.community_id,
                    "value": round(100 * variation.amount_total / price, 4),
                    "weight": price,
                    "note": " / ".join(
                        format_money(variation, figure) for figure in (variation.amount_total, price)
                    ),
                }
                for variation in self
                if (price := prices[variation.contract_id])
            ]
        )


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    def _get_prices_signed(self):
        """Return a dict: contract -> the amount it had before its first amendment in force."""
        amendments = self.env["outsourcing.contract.amendment"].search(
            [("contract_id", "in", self.ids), ("state", "=", "active")], order="id desc"
        )
        prices = {contract: contract.amount_total for contract in self}
        return prices | {amendment.contract_id: amendment.amount_before for amendment in amendments}
