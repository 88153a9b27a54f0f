from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.core_guard import get_changed_fields, get_labels
from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, is_uninstalling

# the link to the settlement and what follows from it, on every line of every document
STAMPED = {
    "outsourcing_settlement_line_id", "outsourcing_settlement_kind", "outsourcing_contract_id",
    "outsourcing_community_id", "outsourcing_date_due",
}  # fmt: skip
# all that may change on a posted line of a settlement's bill: core's bookkeeping of what clears it
POSTED_FREE = {"matching_number", "full_reconcile_id"}
# on a draft: words, the share of cost, and what core itself keeps in step with rates and taxes
DRAFT_FREE = {
    "name", "sequence", "analytic_distribution", "collapse_composition", "collapse_prices", "date_maturity",
    "partner_id", "balance", "amount_currency", "debit", "credit", "is_storno", "tax_tag_ids",
    "extra_tax_data", *POSTED_FREE,
}  # fmt: skip


class AccountMoveLine(models.Model):
    """Lines of a settlement's bill say what the settlement decided."""

    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if is_gate_open(self, "account.move"):
            return lines
        if lines.outsourcing_settlement_line_id:
            raise UserError(self.env._("A settlement makes its bill itself."))
        for move in lines.move_id.filtered(lambda m: m.state == "posted" and m.outsourcing_settlement_id):
            raise UserError(self.env._("%s is posted: no line is added to it.", move.display_name))
        return lines

    def write(self, vals):
        if not is_gate_open(self, "account.move"):
            for line in self:
                line._check_outsourcing_untouched(vals)
            target = self.env["account.move"].browse(vals.get("move_id"))
            if target.outsourcing_settlement_id and self.move_id != target:
                raise UserError(self.env._("A settlement makes its bill itself."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_outsourcing_settled(self):
        # a client-sent _force_unlink would skip a guard that is off at uninstall
        if is_gate_open(self, "account.move") or is_uninstalling(self.env):
            return
        for line in self:
            move = line.move_id
            if move.state == "posted" and move.outsourcing_settlement_id:
                raise UserError(
                    self.env._(
                        "%s is posted: neither it nor a line of it is deleted. Reset it to draft first.",
                        move.display_name,
                    )
                )
            # a bill deleted as a whole frees its settlement first
            if line._is_bill_of_its_settlement():
                raise UserError(
                    self.env._("%s belongs to a settlement: delete the whole bill instead.", line.name)
                )

    def _is_bill_of_its_settlement(self):
        self.ensure_one()
        settlement = self.outsourcing_settlement_line_id.sudo().settlement_id  # the link is compared only
        return bool(settlement) and settlement.bill_id == self.move_id

    def _check_outsourcing_untouched(self, vals):
        changed = get_changed_fields(self, vals, set(vals) - self._get_outsourcing_guarded_fields(vals))
        if changed:
            raise UserError(
                self.env._(
                    "%(line)s comes from a settlement: %(fields)s is not changed here.",
                    line=self.name or self.move_id.display_name,
                    fields=get_labels(self, changed),
                )
            )

    def _get_outsourcing_guarded_fields(self, vals):
        """Return the names in ``vals`` that a client may not change on this line in its present state."""
        move = self.move_id
        if not move.outsourcing_settlement_id:
            return STAMPED
        if move.state == "posted":
            return set(vals) - POSTED_FREE
        if not self.outsourcing_settlement_line_id:
            return STAMPED  # taxes and terms, which core derives; posting compares the total
        guarded = set(vals) - DRAFT_FREE
        if move.move_type == "in_refund":
            # a credit note may take back a part: of work by its quantity, of other lines by their price
            guarded -= {"quantity"} if self.purchase_line_id else {"quantity", "price_unit"}
        return guarded
