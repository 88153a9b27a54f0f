from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import format_money, join_names


class AccountMove(models.Model):
    """What is posted is what the settlement says, on whatever way it is posted."""

    _inherit = "account.move"

    def write(self, vals):
        state = vals.get("state")
        if state == "posted":
            self._check_outsourcing_bill()
        if state == "draft":
            self._check_outsourcing_bill_released()
        bills = self.filtered(lambda m: m.state == "posted" and m.move_type == "in_invoice")
        result = super().write(vals)
        if state == "posted":
            self._check_outsourcing_amounts()
        if state in ("draft", "cancel"):
            bills._check_outsourcing_amounts()  # its credit notes would stand alone
        if state == "cancel":
            self._outsourcing_release_settlements()
        return result

    def unlink(self):
        self._outsourcing_release_settlements()
        return super().unlink()

    def _outsourcing_release_settlements(self):
        """Take the settlements whose bill is among ``self`` back to approved: they can be billed again."""
        # the people who may delete, cancel or reverse a bill need no rights on settlements
        settlements = self.env["outsourcing.settlement"].sudo().search([("bill_id", "in", self.ids)])
        settlements._release_bills()
        if settlements:
            settlements.flush_recordset(["bill_id"])

    def _check_outsourcing_bill_released(self):
        for move in self:
            settlement = move.outsourcing_settlement_id.sudo()  # its bill is compared only
            was_billed = settlement and move.move_type == "in_invoice"
            if was_billed and move.state == "cancel" and settlement.bill_id != move:
                raise UserError(
                    self.env._(
                        "This bill was cancelled and %s can be billed again: create a new bill from there.",
                        settlement.display_name,
                    )
                )

    def _check_outsourcing_bill(self):
        """Refuse to post contract order lines but on an unchanged bill of a settlement, or on its refund."""
        for move in self:
            lines = move.invoice_line_ids.sudo()._get_contract_rows()  # links only
            settlement = move.outsourcing_settlement_id.sudo()  # amounts are compared only
            if settlement and move.move_type == "in_invoice":
                move._check_outsourcing_settlement_bill(settlement)
            elif settlement:
                move._check_outsourcing_refund(settlement)
            elif lines:
                raise UserError(
                    self.env._(
                        "%s bills an outsourcing contract: such bills are made by a settlement.",
                        move.display_name,
                    )
                )

    def _check_outsourcing_settlement_bill(self, settlement):
        self.ensure_one()
        if settlement.bill_id != self:
            raise UserError(self.env._("%s is billed by another bill.", settlement.display_name))
        payee = settlement.contractor_id.commercial_partner_id
        same = (
            self.commercial_partner_id == payee
            and self.currency_id == settlement.currency_id
            and self.company_id == settlement.company_id
        )
        if not same:
            raise UserError(
                self.env._(
                    "The bill of %(settlement)s is made out to %(payee)s in its own currency and company.",
                    settlement=settlement.display_name,
                    payee=payee.name,
                )
            )
        differing = [line.name for line in settlement.line_ids if not line._is_billed_by(self)]
        differing += self._get_outsourcing_foreign_lines().mapped("display_name")
        total = self.currency_id.compare_amounts(self.amount_total, settlement.amount_payable)
        if differing or total:
            raise UserError(
                self.env._(
                    "The bill differs from its settlement %(settlement)s (payable %(payable)s, "
                    "bill %(total)s). Delete the bill and create it again.\n%(lines)s",
                    settlement=settlement.display_name,
                    payable=format_money(settlement, settlement.amount_payable),
                    total=format_money(self, self.amount_total),
                    lines="\n".join(differing),
                )
            )

    def _check_outsourcing_refund(self, settlement):
        foreign = self._get_outsourcing_foreign_lines()
        if foreign or not self.reversed_entry_id:
            raise UserError(
                self.env._(
                    "A credit note of %(settlement)s takes back lines of its bill only: %(lines)s",
                    settlement=settlement.display_name,
                    lines=join_names(self.env, foreign.mapped("display_name")) or self.display_name,
                )
            )

    def _get_outsourcing_foreign_lines(self):
        """Return the lines that do not come from the settlement, or whose booking is not their amount."""
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and (not line.outsourcing_settlement_line_id or not line._is_booked_as_priced())
            )
        )

    def _check_outsourcing_amounts(self):
        """Raise UserError if credit notes take back more than was billed, or what others rest on."""
        settlements = self.outsourcing_settlement_id.sudo()  # amounts are compared only
        settlements.line_ids._check_billed_within()
        settlements._check_clearing()
        settlements.contract_id._check_advance_not_overdrawn()
