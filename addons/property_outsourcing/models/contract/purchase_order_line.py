from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.core_guard import get_changed_fields, get_labels
from ..workflow.gate import is_gate_open, is_uninstalling

# all a client may write on a contract's line: quantity, price, tax, place and billing are the contract's
_FREE = {"sequence", "date_planned"}
# what follows from the payment row, on every line
_STAMPED = ("outsourcing_milestone_id", "outsourcing_community_id")


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
        if not is_gate_open(self, "purchase.order") and of_contract:
            raise UserError(self.env._("Lines are added to a contract's order by the contract only."))
        return lines

    def write(self, vals):
        if not is_gate_open(self, "purchase.order"):
            self._check_contract_line_untouched(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_contract_line(self):
        # a client-sent _force_unlink would skip a guard that is off at uninstall
        by_code = is_gate_open(self, "purchase.order") or is_uninstalling(self.env)
        if self.outsourcing_milestone_id and not by_code:
            raise UserError(self.env._("A line of a contract's order is not deleted."))

    def _check_contract_line_untouched(self, vals):
        for line in self:
            free = _FREE if line.outsourcing_milestone_id else set(vals) - set(_STAMPED)
            changed = get_changed_fields(line, vals, free)
            if changed:
                raise UserError(
                    self.env._(
                        "A line of a contract's order follows the contract: %s is not changed by hand.",
                        get_labels(self, changed),
                    )
                )
        order = self.env["purchase.order"].browse(vals.get("order_id"))
        if order.sudo().outsourcing_contract_id - self.order_id.sudo().outsourcing_contract_id:  # links only
            raise UserError(self.env._("Lines are added to a contract's order by the contract only."))
