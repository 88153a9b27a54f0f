from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import Quantity, UnitPrice
from ..units.uom_uom import UNITS


class OutsourcingContractItem(models.Model):
    """A line of the bill of quantities (works) or of the unit-price list (small repairs)."""

    _name = "outsourcing.contract.item"
    _description = "Contract Item"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    community_id = fields.Many2one(related="contract_id.community_id", store=True, index=True)
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    contract_state = fields.Selection(related="contract_id.state", string="State of Contract")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    sequence = fields.Integer(default=10)
    code = fields.Char()
    name = fields.Char(required=True)
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        required=True,
        domain=UNITS,
        default=lambda self: self.env["uom.uom"]._outsourcing_get_default(),
    )
    price_unit = UnitPrice("Unit Price")
    quantity = Quantity()
    quantity_measured = Quantity("Measured so far", readonly=True, copy=False)
    amount = fields.Monetary(compute="_compute_amount", store=True)
    amount_measured = fields.Monetary("Measured Amount", compute="_compute_amount", store=True)

    _code_uniq = models.UniqueIndex(
        "(contract_id, code) WHERE code IS NOT NULL", "Another item of the contract has this code."
    )

    @api.model
    def _get_stamped_fields(self):
        # what was accepted, see ``_add_measured``
        return super()._get_stamped_fields() | {"quantity_measured"}

    @api.depends("price_unit", "quantity", "quantity_measured")
    def _compute_amount(self):
        for item in self:
            amount, measured = item.price_unit * item.quantity, item.price_unit * item.quantity_measured
            item.amount = item.currency_id.round(amount) if item.currency_id else amount
            item.amount_measured = item.currency_id.round(measured) if item.currency_id else measured

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " ".join(part for part in (item.code, item.name) if part)

    @api.constrains("price_unit", "quantity", "quantity_measured")
    def _check_figures(self):
        for item in self:
            self._check_not_negative(item.name, item.price_unit, item.quantity, item.quantity_measured)

    @api.model
    def _check_not_negative(self, name, *figures):
        if min(figures) < 0:
            raise ValidationError(self.env._("%s: price and quantity cannot be negative.", name))
