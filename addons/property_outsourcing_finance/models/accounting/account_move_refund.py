from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, open_gate_as_user


class AccountMove(models.Model):
    """Credit notes of a settlement's bill: they carry its settlement, and free or hold what they undo."""

    _inherit = "account.move"

    def _reverse_moves(self, default_values_list=None, cancel=False):
        values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self, values_list, strict=True):
            if move.outsourcing_settlement_id:
                values["outsourcing_settlement_id"] = move.outsourcing_settlement_id.id
        if not self.outsourcing_settlement_id:
            return super()._reverse_moves(values_list, cancel=cancel)
        # module code, not the client, links the credit note; the gate ends here
        moves = open_gate_as_user(self)
        reverse_moves = super(AccountMove, moves)._reverse_moves(values_list, cancel=cancel)
        return reverse_moves.with_env(self.env)

    def _is_of_contract(self):
        return bool(self.outsourcing_settlement_id) or super()._is_of_contract()

    def _get_leaving_refunds(self, vals):
        refunds = super()._get_leaving_refunds(vals)
        if vals.get("state") not in ("draft", "cancel"):
            return refunds
        # advances and returns have no order line
        return refunds | self.filtered(
            lambda m: m.move_type == "in_refund" and m.state == "posted" and m.outsourcing_settlement_id
        )

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._outsourcing_release_undone()
        return posted

    def write(self, vals):
        if vals.get("state") in ("draft", "cancel"):
            self._check_outsourcing_not_reversed()
        leaving = self._get_leaving_refunds(vals).filtered("outsourcing_settlement_id")
        result = super().write(vals)
        leaving._outsourcing_hold_again()
        return result

    def _check_outsourcing_not_reversed(self):
        """Refuse to take back a bill that a posted credit note takes back already."""
        for bill in self.filtered(lambda m: m.state == "posted" and m.outsourcing_settlement_id):
            refunds = bill.reversal_move_ids.filtered(lambda refund: refund.state == "posted") - self
            if refunds:
                raise UserError(
                    self.env._(
                        "%(bill)s stays posted as long as its credit note %(refund)s does.",
                        bill=bill.display_name,
                        refund=refunds[0].display_name,
                    )
                )

    def _outsourcing_release_undone(self):
        """Free the settlements of which these credit notes leave nothing billed: they can be billed again."""
        refunds = self.filtered(lambda move: move.move_type == "in_refund")
        # whoever posts needs no rights on settlements
        settlements = refunds.outsourcing_settlement_id.sudo()
        settlements.filtered(lambda settlement: settlement._is_bill_dead())._release_bills()

    def _outsourcing_hold_again(self):
        """Bind the settlements again to the bills these credit notes no longer undo."""
        for refund in self:
            settlement = refund.outsourcing_settlement_id.sudo()  # whoever takes back needs no rights on it
            bill = refund.reversed_entry_id
            if settlement.bill_id == bill or bill.state != "posted":
                continue
            if settlement.state != "approved":
                raise UserError(
                    self.env._(
                        "%(refund)s is not taken back: since its bill was reversed, %(settlement)s "
                        "has become %(state)s.",
                        refund=refund.display_name,
                        settlement=settlement.display_name,
                        state=settlement._get_state_label().lower(),
                    )
                )
            settlement._restore_bill(bill)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _copy_data_extend_business_fields(self, values):
        super()._copy_data_extend_business_fields(values)
        if is_gate_open(self, "account.move"):  # a credit note, see _reverse_moves; a copied bill is nobody's
            values["outsourcing_settlement_line_id"] = self.outsourcing_settlement_line_id.id
