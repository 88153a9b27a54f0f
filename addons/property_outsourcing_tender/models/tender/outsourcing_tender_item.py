from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.units.uom_uom import UNITS
from odoo.addons.property_outsourcing.tools import Quantity


class OutsourcingTenderItem(models.Model):
    """What bidders price: a line of the bill of quantities, or a fee per elevator, m2 or month."""

    _name = "outsourcing.tender.item"
    _description = "Item of a Lot"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "lot_id, sequence, id"
    _workflow_parent = "tender_id"

    lot_id = fields.Many2one("outsourcing.tender.lot", required=True, index=True, ondelete="cascade")
    tender_id = fields.Many2one(related="lot_id.tender_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    code = fields.Char()
    name = fields.Char(required=True)
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        required=True,
        domain=UNITS,
        default=lambda self: self.env["uom.uom"]._outsourcing_get_default(),
        ondelete="restrict",
    )
    quantity = Quantity(required=True, default=1.0)
    note = fields.Char()

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " ".join(part for part in (item.code, item.name) if part)

    @api.constrains("quantity")
    def _check_quantity(self):
        for item in self:
            if item.quantity <= 0:
                raise ValidationError(self.env._("%s: the quantity must be more than zero.", item.name))
