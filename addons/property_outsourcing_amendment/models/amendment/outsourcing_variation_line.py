from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.units.uom_uom import UNITS
from odoo.addons.property_outsourcing.tools import Quantity, UnitPrice, format_price


class OutsourcingVariationLine(models.Model):
    """A quantity of extra or omitted work, at the price of the contract's item or at a new one."""

    _name = "outsourcing.variation.line"
    _description = "Quantity of a Site Variation"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "variation_id, sequence, id"
    _workflow_parent = "variation_id"

    variation_id = fields.Many2one("outsourcing.variation", required=True, index=True, ondelete="cascade")
    contract_id = fields.Many2one(related="variation_id.contract_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="variation_id.currency_id")
    sequence = fields.Integer(default=10)
    item_id = fields.Many2one(
        "outsourcing.contract.item",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
        help="Without an item of the contract the price is new and a manager has to agree to it.",
    )
    name = fields.Char(
        "Description",
        compute="_compute_from_item",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        domain=UNITS,
        compute="_compute_from_item",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    price_unit = UnitPrice(
        "Unit Price", compute="_compute_from_item", store=True, readonly=False, precompute=True
    )
    quantity = Quantity(help="Negative for work that is omitted.")
    is_new_price = fields.Boolean("New Price", compute="_compute_is_new_price")
    amount = fields.Monetary(compute="_compute_amount", store=True)

    @api.depends("item_id")
    def _compute_from_item(self):
        """Snapshot the contract's item: a later price does not change what was recorded."""
        unit = self.env["uom.uom"]._outsourcing_get_default()
        for line in self:
            item = line.item_id
            line.name = item.name or line.name
            line.uom_id = item.uom_id or line.uom_id or unit
            line.price_unit = item.price_unit if item else line.price_unit

    @api.depends("item_id")
    def _compute_is_new_price(self):
        for line in self:
            line.is_new_price = not line.item_id

    @api.depends("price_unit", "quantity")
    def _compute_amount(self):
        for line in self:
            amount = line.price_unit * line.quantity
            line.amount = line.currency_id.round(amount) if line.currency_id else amount

    @api.constrains("item_id", "price_unit", "uom_id", "variation_id")
    def _check_item(self):
        for line in self.sudo():  # the contract's own price list
            item = line.item_id
            if item and item.contract_id != line.variation_id.contract_id:
                raise ValidationError(self.env._("%s is an item of another contract.", item.name))
            if item and (line.price_unit != item.price_unit or line.uom_id != item.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(item)s costs %(price)s by contract; a new price is a line without item.",
                        item=item.name,
                        price=format_price(item, item.price_unit),
                    )
                )
            if line.price_unit < 0:
                raise ValidationError(self.env._("%s: a price cannot be negative.", line.name))
