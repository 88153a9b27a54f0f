from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.contract.purchase_order_quiet import QUIET, QUIET_KEY

from ...tools import FAPIAO_FORMAT, normalize_fapiao_number


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

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._spell_fapiao(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._spell_fapiao(vals))

    @api.model
    def _spell_fapiao(self, vals):
        """Return ``vals`` with the one spelling of a fapiao, so that the same one is not paid twice."""
        number = vals.get("outsourcing_fapiao_number")
        return {**vals, "outsourcing_fapiao_number": normalize_fapiao_number(number)} if number else vals

    @api.onchange("outsourcing_fapiao_number")
    def _onchange_outsourcing_fapiao_number(self):
        if self.outsourcing_fapiao_number:
            self.outsourcing_fapiao_number = normalize_fapiao_number(self.outsourcing_fapiao_number)

    @api.constrains("outsourcing_fapiao_number")
    def _check_outsourcing_fapiao_number(self):
        for move in self:
            number = move.outsourcing_fapiao_number
            if number and not FAPIAO_FORMAT.fullmatch(number):
                raise ValidationError(
                    self.env._(
                        "%s is not a fapiao number: enter 20 digits, or the code and the number of an older "
                        "fapiao with a hyphen between them.",
                        number,
                    )
                )

    def message_post(self, **kwargs):
        # core notes on each bill which order it comes from; the settlements note it on all at once
        if self.env.context.get(QUIET_KEY) is QUIET:
            return self.env["mail.message"]
        return super().message_post(**kwargs)

    def _creation_message(self):
        # one note for each bill: where it comes from instead of that it was made
        settlement = self.outsourcing_settlement_id.sudo()  # its number, on its own bill
        return settlement._get_bill_note(self) if settlement else super()._creation_message()

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
