from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, is_uninstalling
from odoo.addons.property_outsourcing.tools import Quantity, UnitPrice, plain_number

# what staff may enter while the order is in a state; everything else is written by the steps of the order
OPEN_FIELDS = {
    "estimate": {"sequence", "item_id", "name", "note", "quantity_planned", "quantity_reported"},
    "reported": {"sequence", "note", "quantity_performed", "cut_reason"},
}


class OutsourcingOrderLine(models.Model):
    """An item of the unit-price list on a work order: estimated, reported by the contractor, accepted.

    The price is the item's at the time of the call-off; nobody types it.
    """

    _name = "outsourcing.order.line"
    _description = "Work Order Quantity"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "task_id, sequence, id"

    task_id = fields.Many2one("project.task", "Work Order", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    contract_id = fields.Many2one(related="task_id.outsourcing_contract_id", store=True, index=True)
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(related="task_id.outsourcing_community_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    measure_state = fields.Selection(related="task_id.outsourcing_measure_state", store=True, index=True)
    rollup_id = fields.Many2one(related="task_id.outsourcing_rollup_id", store=True, index="btree_not_null")
    item_id = fields.Many2one(
        "outsourcing.contract.item",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    code = fields.Char(related="item_id.code")
    name = fields.Char(
        "Description", compute="_compute_name", store=True, readonly=False, precompute=True, required=True
    )
    uom_id = fields.Many2one(related="item_id.uom_id")
    price_unit = UnitPrice("Unit Price", compute="_compute_price_unit", store=True, precompute=True)
    quantity_planned = Quantity("Planned Quantity")
    quantity_reported = Quantity("Reported Quantity", copy=False)
    quantity_performed = Quantity("Performed Quantity", copy=False)
    amount_planned = fields.Monetary("Estimate", compute="_compute_amounts", store=True)
    amount = fields.Monetary(compute="_compute_amounts", store=True)
    note = fields.Char()
    cut_reason = fields.Char(
        "Reason of the Cut",
        copy=False,
        help="Why less is accepted than the contractor reported; the contractor reads it.",
    )
    is_cut = fields.Boolean(compute="_compute_is_cut")

    _quantities_not_negative = models.Constraint(
        "CHECK(quantity_planned >= 0 AND quantity_reported >= 0 AND quantity_performed >= 0)",
        "The quantities of a work order cannot be negative.",
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("item_id")
    def _compute_name(self):
        for line in self:
            line.name = line.item_id.name or line.name

    @api.depends("item_id")  # a snapshot: a later price is for later orders
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = line.item_id.price_unit

    @api.depends("price_unit", "quantity_planned", "quantity_performed", "currency_id")
    def _compute_amounts(self):
        for line in self:
            planned = line.price_unit * line.quantity_planned
            performed = line.price_unit * line.quantity_performed
            currency = line.currency_id
            line.amount_planned = currency.round(planned) if currency else planned
            line.amount = currency.round(performed) if currency else performed

    @api.depends("quantity_performed", "quantity_reported", "measure_state")
    def _compute_is_cut(self):
        for line in self:
            less = line.quantity_performed < line.quantity_reported
            line.is_cut = less and line.measure_state not in (False, "estimate")

    def _get_cut_sentence(self):
        """Return what was taken off the report and why, e.g. ``Lock: 1 of 2 pcs (old one kept)``."""
        self.ensure_one()
        return self.env._(
            "%(item)s: %(performed)s of %(reported)s %(unit)s (%(reason)s)",
            item=self.name,
            performed=plain_number(self.quantity_performed),
            reported=plain_number(self.quantity_reported),
            unit=self.uom_id.name or "",
            reason=self.cut_reason or "–",
        )

    @api.depends("name", "task_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " · ".join(part for part in (line.task_id.name, line.name) if part)

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("item_id", "task_id")
    def _check_item_of_contract(self):
        for line in self.sudo():  # compares links only
            contract = line.task_id.outsourcing_contract_id
            if contract.kind != "repairs":
                raise ValidationError(
                    self.env._(
                        "%s: only the orders of a framework for small repairs are priced by quantity.",
                        line.task_id.name,
                    )
                )
            if line.item_id.contract_id != contract:
                raise ValidationError(
                    self.env._(
                        "%(item)s is not in the unit-price list of %(contract)s; it needs an amendment "
                        "first.",
                        item=line.item_id.name,
                        contract=contract.display_name,
                    )
                )

    # ---- CRUD gates -------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not is_gate_open(self, "project.task"):
            lines._check_open()
            if any(line.quantity_performed for line in lines):
                raise UserError(self.env._("Performed quantities follow from the contractor's report."))
            lines.contract_id._warn_called_off()
        return lines

    def write(self, vals):
        if not is_gate_open(self, "project.task"):
            self.check_access("write")
            self._check_open(set(vals))
        result = super().write(vals)
        if not is_gate_open(self, "project.task"):
            self.contract_id._warn_called_off()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_reported(self):
        if not is_gate_open(self, "project.task") and not is_uninstalling(self.env):
            self._check_open()

    def _check_open(self, names=frozenset()):
        """Raise UserError unless staff may enter ``names`` now; without names: add or remove the lines."""
        for task in self.sudo().task_id:  # reads the state only
            state = task.outsourcing_measure_state
            open_fields = OPEN_FIELDS.get(state, set())
            if (names or state != "estimate") and not (names and names <= open_fields):
                raise UserError(
                    self.env._(
                        "%(order)s is %(state)s: its quantities and prices are not changed like this.",
                        order=task.name,
                        state=task._get_measure_label(),
                    )
                )

    def action_open_order(self):
        """Open the work order with its quantities and photos."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "project.task",
            "res_id": self.task_id.id,
            "view_mode": "form",
        }
