from odoo import api, fields, models

from odoo.addons.property_outsourcing.tools import Quantity, UnitPrice


class OutsourcingBidLine(models.Model):
    """The price of one item. Staff reads it once the prices are opened, not before."""

    _name = "outsourcing.bid.line"
    _description = "Price of a Bid"
    _inherit = ["outsourcing.sealed.mixin", "outsourcing.workflow.line.mixin"]
    _order = "bid_id, id"
    _workflow_parent = "bid_id"

    bid_id = fields.Many2one("outsourcing.bid", required=True, index=True, ondelete="cascade")
    contractor_id = fields.Many2one(related="bid_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="bid_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="bid_id.currency_id")
    item_id = fields.Many2one("outsourcing.tender.item", required=True, index=True, ondelete="restrict")
    uom_id = fields.Many2one(related="item_id.uom_id")
    quantity = Quantity(related="item_id.quantity")
    price_unit = UnitPrice("Unit Price")
    amount = fields.Monetary(compute="_compute_amount", store=True)
    is_open = fields.Boolean("Opened", readonly=True, copy=False, index=True)

    _item_uniq = models.Constraint("UNIQUE(bid_id, item_id)", "An item has one price in a bid.")
    _price_not_negative = models.Constraint("CHECK(price_unit >= 0)", "A price cannot be negative.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"is_open"}

    @api.depends("price_unit", "item_id.quantity")
    def _compute_amount(self):
        for line in self:
            amount, currency = line.price_unit * line.item_id.quantity, line.bid_id.tender_id.currency_id
            line.amount = currency.round(amount) if currency else amount
