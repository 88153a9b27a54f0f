from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.core_guard import get_changed_fields, get_labels
from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open

# all a posted bill of a settlement lets a client write: what core does with it, and what is told beside it
POSTED_FREE = {
    "state", "auto_post", "auto_post_until", "checked", "no_followup", "ref", "payment_reference",
    "narration", "invoice_user_id", "outsourcing_fapiao_number", "matched_payment_ids",
    "preferred_payment_method_line_id", "is_move_sent", "sending_data", "attachment_ids",
    "invoice_pdf_report_file", "invoice_source_email", "ubl_cii_xml_file", "inalterable_hash",
    "secure_sequence_number", "made_sequence_gap", "transaction_ids", "exchange_diff_partial_ids",
    "tax_cash_basis_created_move_ids", "is_manually_modified",
}  # fmt: skip
# what even a draft does not let a client write; its lines answer for themselves, posting compares the rest
DRAFT_GUARDED = {
    "outsourcing_settlement_id", "partner_id", "partner_bank_id", "currency_id", "company_id", "move_type",
    "reversed_entry_id",
}  # fmt: skip
# in the context while the button of core resets, which checks before it writes: no client sends this object
RESET_KEY = "outsourcing_bill_reset"
RESET = object()


class AccountMove(models.Model):
    """The settlement decides: its bill changes by core's own reset or reversal only."""

    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if moves.outsourcing_settlement_id and not is_gate_open(self):
            raise UserError(self.env._("A settlement makes its bill itself."))
        return moves

    def write(self, vals):
        if not is_gate_open(self):
            for move in self:
                move._check_outsourcing_untouched(vals)
        return super().write(vals)

    def button_draft(self):
        """Reset to draft, as core does it: the one way a posted bill of a settlement leaves its state."""
        moves = self.with_context(**{RESET_KEY: RESET})
        return super(AccountMove, moves).button_draft()

    def _check_outsourcing_untouched(self, vals):
        settlement = self.outsourcing_settlement_id.sudo()  # its name only
        changed = get_changed_fields(self, vals, set(vals) - self._get_outsourcing_guarded_fields(vals))
        if not changed:
            return
        if not settlement:
            raise UserError(self.env._("A settlement makes its bill itself."))
        raise UserError(
            self.env._(
                "%(bill)s comes from the settlement %(settlement)s and changes only by a reset to draft or a "
                "credit note: %(fields)s.",
                bill=self.display_name,
                settlement=settlement.name,
                fields=get_labels(self, changed),
            )
        )

    def _get_outsourcing_guarded_fields(self, vals):
        """Return the names in ``vals`` that a client may not change on this document in its present state."""
        if not self.outsourcing_settlement_id:
            return {"outsourcing_settlement_id"}
        if self.state == "posted":
            guarded = set(vals) - POSTED_FREE
            if self.env.context.get(RESET_KEY) is not RESET:
                guarded |= {"state"} & set(vals)
        else:
            fields = self._fields
            derived = {
                name for name in vals if name in fields and fields[name].compute and fields[name].readonly
            }
            guarded = DRAFT_GUARDED | (derived - POSTED_FREE)
        if "blocked" in (vals.get("payment_state"), self.payment_state):
            guarded -= {"payment_state"}  # core's button blocks a payment and lets it go again
        return guarded
