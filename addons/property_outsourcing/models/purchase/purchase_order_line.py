from odoo import api, fields, models
from odoo.exceptions import UserError

from ..evidence.gate import is_uninstalling
from ..workflow.outsourcing_workflow_mixin import is_gate_open

_GUARDED = (
    "order_id", "product_id", "product_uom_id", "product_qty", "price_unit", "discount", "tax_ids",
    "display_type", "qty_received", "qty_received_manual", "qty_received_method", "outsourcing_milestone_id",
)  # fmt: skip


class PurchaseOrderLine(models.Model):
    """A contract's line carries an amount as its quantity (price 1), received by acceptance only."""

    _inherit = "purchase.order.line"

    outsourcing_milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    outsourcing_community_id = fields.Many2one(
        related="outsourcing_milestone_id.community_id", store=True, index="btree_not_null"
    )
    qty_received_method = fields.Selection(selection_add=[("outsourcing", "Accepted amount of the contract")])

    @api.depends("outsourcing_milestone_id")
    def _compute_qty_received_method(self):
        super()._compute_qty_received_method()
        for line in self.filtered("outsourcing_milestone_id"):
            line.qty_received_method = "outsourcing"

    @api.depends("outsourcing_milestone_id.amount_accepted")
    def _compute_qty_received(self):
        super()._compute_qty_received()

    def _prepare_qty_received(self):
        received = super()._prepare_qty_received()
        for line in self.filtered(lambda line: line.qty_received_method == "outsourcing"):
            # the milestone's accepted amount is spread over its lines in the order they were added
            received[line] = line._get_accepted_share()
        return received

    def _get_accepted_share(self):
        self.ensure_one()
        rest = self.outsourcing_milestone_id.amount_accepted
        for line in self.outsourcing_milestone_id.purchase_line_ids.sorted(lambda line: line._origin.id or 0):
            if line._origin == self._origin:
                return min(rest, self.product_qty) if self.product_qty >= 0 else 0.0
            rest -= line.product_qty
        return 0.0

    def _compute_price_unit_and_date_planned_and_name(self):
        # core would reprice an unbilled line from vendor prices whenever its quantity changes
        return super(
            PurchaseOrderLine, self.filtered(lambda line: not line.outsourcing_milestone_id)
        )._compute_price_unit_and_date_planned_and_name()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        of_contract = lines.order_id.outsourcing_contract_id or lines.outsourcing_milestone_id
        if not is_gate_open(self.env) and of_contract:
            raise UserError(self.env._("Lines are added to a contract's order by the contract only."))
        return lines

    def write(self, vals):
        if not is_gate_open(self.env):
            self._check_contract_line_untouched(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_contract_line(self):
        # a client-sent _force_unlink would skip a guard that is off at uninstall
        if self.outsourcing_milestone_id and not is_gate_open(self.env) and not is_uninstalling(self.env):
            raise UserError(self.env._("A line of a contract's order is not deleted."))

    def _check_contract_line_untouched(self, vals):
        guarded = [name for name in _GUARDED if name in vals]
        touches_contract = vals.get("outsourcing_milestone_id") or self.outsourcing_milestone_id
        if not guarded or not touches_contract:
            return
        if any(line._is_guarded_change(name, vals[name]) for line in self for name in guarded):
            raise UserError(
                self.env._(
                    "Quantity, price, tax and received quantity of a contract's order follow the contract."
                )
            )

    def _is_guarded_change(self, name, value):
        field = self._fields[name]
        if field.type == "many2many":
            return bool(value)
        old = self[name].id if field.relational else self[name]
        return (old or False) != (value or False)

    def _get_billed_amount(self):
        """Return what posted bills charge for this line, in its currency and the contract's tax basis."""
        self.ensure_one()
        field = "price_total" if self.outsourcing_milestone_id.contract_id.tax_included else "price_subtotal"
        total = 0.0
        for line in self.invoice_lines.filtered(lambda line: line.parent_state == "posted"):
            sign = -1 if line.move_id.move_type == "in_refund" else 1
            date = line.move_id.invoice_date or line.date
            total += sign * line.currency_id._convert(line[field], self.currency_id, self.company_id, date)
        return total

    def _is_on_a_bill(self):
        """Return whether a bill that is not cancelled charges something of this line."""
        self.ensure_one()
        return any(line.parent_state != "cancel" for line in self.invoice_lines)
