from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.core_guard import get_changed_fields, get_labels
from ..workflow.gate import is_gate_open, is_uninstalling

# all a client may write on a contract's order; its lines answer for themselves
_FREE = {
    "order_line", "user_id", "partner_ref", "note", "priority", "locked", "acknowledged", "date_planned",
    "incoterm_id", "receipt_reminder_email", "reminder_date_before_receipt",
}  # fmt: skip


class PurchaseOrder(models.Model):
    """A contract's order is its commitment: it moves only with the contract."""

    _inherit = "purchase.order"

    outsourcing_contract_id = fields.Many2one(
        "outsourcing.contract", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    _outsourcing_contract_uniq = models.UniqueIndex(
        "(outsourcing_contract_id) WHERE outsourcing_contract_id IS NOT NULL AND state != 'cancel'",
        "The contract already has its purchase order.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if not is_gate_open(self) and orders.outsourcing_contract_id:
            raise UserError(self.env._("The order of a contract is created by activating the contract."))
        return orders

    def write(self, vals):
        if not is_gate_open(self):
            self._check_contract_order_untouched(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_contract_order(self):
        # a client-sent _force_unlink would skip a guard that is off at uninstall
        if self.outsourcing_contract_id and not is_uninstalling(self.env):
            raise UserError(self.env._("The order of a contract is not deleted."))

    def _check_contract_order_untouched(self, vals):
        for order in self:
            contract = order.outsourcing_contract_id.sudo()  # names the contract only
            free = _FREE if contract else set(vals) - {"outsourcing_contract_id"}
            changed = get_changed_fields(order, vals, free)
            if changed:
                raise UserError(
                    self.env._(
                        "%(order)s belongs to the contract %(contract)s and changes only with it: "
                        "%(fields)s.",
                        order=order.name,
                        contract=contract.display_name or "",
                        fields=get_labels(self, changed),
                    )
                )

    def _approval_allowed(self):
        # the contract's own approval, by other people, stands for the order's
        if is_gate_open(self) and self.outsourcing_contract_id:
            return True
        return super()._approval_allowed()

    def _add_supplier_to_product(self):
        # a contract's lines have the price 1: no price list follows from them
        return super(
            PurchaseOrder, self.filtered(lambda order: not order.outsourcing_contract_id)
        )._add_supplier_to_product()

    def action_create_invoice(self, attachment_ids=False):
        """Bill ordinary orders as core does; a contract's order is billed through its settlements."""
        contract_orders = self.filtered("outsourcing_contract_id")
        if contract_orders:
            return contract_orders._action_bill_contract_order()
        return super().action_create_invoice(attachment_ids=attachment_ids)

    def _action_bill_contract_order(self):
        """Return the action that bills a contract's order. Hook: finance opens the settlement."""
        raise UserError(self.env._("A contract is billed through the settlement of its accepted milestones."))

    def action_view_outsourcing_contract(self):
        """Open the contract this order commits."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": self.outsourcing_contract_id.id,
            "view_mode": "form",
        }
