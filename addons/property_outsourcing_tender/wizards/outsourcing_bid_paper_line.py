from odoo import fields, models

from odoo.addons.property_outsourcing.tools import Quantity, UnitPrice


class OutsourcingBidPaperLine(models.TransientModel):
    """The price of one item on the paper."""

    _name = "outsourcing.bid.paper.line"
    _description = "Price of a Bid on Paper"

    paper_id = fields.Many2one("outsourcing.bid.paper", required=True, ondelete="cascade")
    item_id = fields.Many2one("outsourcing.tender.item", required=True)
    uom_id = fields.Many2one(related="item_id.uom_id")
    quantity = Quantity(related="item_id.quantity")
    price_unit = UnitPrice("Unit Price")
