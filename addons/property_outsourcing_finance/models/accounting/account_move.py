import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.outsourcing_workflow_mixin import is_gate_open

FAPIAO_FORMAT = re.compile(r"\d{20}|(\d{10}|\d{12})-\d{8}")


class AccountMove(models.Model):
    _inherit = "account.move"

    outsourcing_settlement_id = fields.Many2one(
        "outsourcing.settlement",
        "Settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    # the inverse of the settlement's bill: without it every change of a bill would search for settlements
    outsourcing_billed_settlement_ids = fields.One2many(
        "outsourcing.settlement", "bill_id", "Settlement Billed Here"
    )
    outsourcing_contract_id = fields.Many2one(
        "outsourcing.contract", "Outsourcing Contract", related="outsourcing_settlement_id.contract_id"
    )
    # core counts in the reader's own rights: who may read a bill but no payment could not open the bill
    payment_count = fields.Integer(compute_sudo=True)
    outsourcing_fapiao_number = fields.Char(
        "Vendor's Fapiao",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="Number of the vendor's invoice: 20 digits of a digital fapiao (数电票), or code and number "
        "of an older one, written 044031900111-12345678.",
    )

    _outsourcing_fapiao_uniq = models.UniqueIndex(
        "(company_id, outsourcing_fapiao_number) WHERE outsourcing_fapiao_number != '' AND state != 'cancel'",
        "This fapiao is already on another bill of the company.",
    )

    @api.onchange("outsourcing_fapiao_number")
    def _onchange_outsourcing_fapiao_number(self):
        if self.outsourcing_fapiao_number:
            self.outsourcing_fapiao_number = re.sub(r"\s", "", self.outsourcing_fapiao_number)

    @api.constrains("outsourcing_fapiao_number")
    def _check_outsourcing_fapiao_number(self):
        for move in self:
            number = move.outsourcing_fapiao_number
            if number and not (number.isascii() and FAPIAO_FORMAT.fullmatch(number)):
                raise ValidationError(
                    self.env._(
                        "%s is not a fapiao number: enter 20 digits, or the code and the number of an older "
                        "fapiao with a hyphen between them.",
                        number,
                    )
                )

    # ---- the settlement decides -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        gate = is_gate_open(self.env)
        if not gate and any(vals.get("outsourcing_settlement_id") for vals in vals_list):
            raise UserError(self.env._("A settlement makes its bill itself."))
        moves = super().create(vals_list)
        if not gate and self.env.context.get("default_outsourcing_settlement_id"):
            raise UserError(self.env._("A settlement makes its bill itself."))
        return moves

    def write(self, vals):
        if "outsourcing_settlement_id" in vals and not is_gate_open(self.env):
            raise UserError(self.env._("A settlement makes its bill itself."))
        self._check_outsourcing_payee_untouched(vals)
        if vals.get("state") == "draft":
            self._check_outsourcing_bill_released()
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._outsourcing_release_settlements()
        return result

    def _check_outsourcing_payee_untouched(self, vals):
        names = {"partner_id", "currency_id", "move_type", "company_id"} & set(vals)
        for move in self.filtered("outsourcing_settlement_id") if names else ():
            for name in names:
                old = move[name].id if move._fields[name].relational else move[name]
                if not is_gate_open(self.env) and old != vals[name]:
                    raise UserError(
                        self.env._("The payee and currency of a settlement's bill are not changed.")
                    )

    def unlink(self):
        self._outsourcing_release_settlements()
        return super().unlink()

    def _post(self, soft=True):
        self._check_outsourcing_bill()
        posted = super()._post(soft)
        # a refund that is reconciled at once reverses its bill here
        reversed_bills = posted.reversed_entry_id.filtered("outsourcing_settlement_id")
        reversed_bills.filtered(
            lambda bill: bill.payment_state == "reversed"
        )._outsourcing_release_settlements()
        return posted

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
            if settlement and move.state == "cancel" and settlement.bill_id != move:
                raise UserError(
                    self.env._(
                        "This bill was cancelled and %s can be billed again: create a new bill from there.",
                        settlement.display_name,
                    )
                )

    def _check_outsourcing_bill(self):
        """Refuse to post contract order lines but on an unchanged bill of a settlement, or on its refund."""
        for move in self:
            lines = move.invoice_line_ids.sudo().filtered(
                "purchase_line_id.outsourcing_milestone_id"
            )  # links only
            settlement = move.outsourcing_settlement_id.sudo()  # amounts are compared only
            if settlement:
                move._check_outsourcing_settlement_bill(settlement)
            elif lines and not (
                move.move_type == "in_refund" and move.reversed_entry_id.outsourcing_settlement_id
            ):
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
            self.move_type == "in_invoice"
            and self.commercial_partner_id == payee
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
        total = self.currency_id.compare_amounts(self.amount_total, settlement.amount_payable)
        if differing or total:
            raise UserError(
                self.env._(
                    "The bill differs from its settlement %(settlement)s (payable %(payable)s, "
                    "bill %(total)s). Delete the bill and create it again.\n%(lines)s",
                    settlement=settlement.display_name,
                    payable=f"{settlement.amount_payable:,.2f}",
                    total=f"{self.amount_total:,.2f}",
                    lines="\n".join(differing),
                )
            )

    # ---- smart buttons ----------------------------------------------------------------------------------

    def action_view_outsourcing_settlement(self):
        """Open the settlement this bill was made from."""
        return self.outsourcing_settlement_id._get_open_action()

    def action_view_outsourcing_contract(self):
        """Open the contract behind this bill."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": self.outsourcing_contract_id.id,
            "views": [(False, "form")],
        }
