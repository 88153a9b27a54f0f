from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money

from ...tools import FAPIAO_FORMAT, normalize_fapiao_number

LIVE = ("received", "verified", "linked")


class OutsourcingFapiao(models.Model):
    """An invoice of the contractor for a settlement: number, day, amount and file."""

    _name = "outsourcing.fapiao"
    _description = "Fapiao"
    _inherit = [
        "outsourcing.workflow.mixin",
        "outsourcing.file.owner.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_name = "number"
    _deletable_states = ()

    number = fields.Char(
        required=True,
        tracking=True,
        index="trigram",
        help="20 digits of a digital fapiao (数电票), or code and number of an older one, "
        "044031900111-12345678.",
    )
    settlement_id = fields.Many2one(
        "outsourcing.settlement",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('approved', 'billed'))]",
    )
    contract_id = fields.Many2one(related="settlement_id.contract_id", store=True, index=True)
    contractor_id = fields.Many2one(related="settlement_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(related="settlement_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id", store=True)
    date = fields.Date("Issued on", required=True, tracking=True)
    amount = fields.Monetary("Amount with Tax", required=True, tracking=True)
    qr_text = fields.Char("Code on the Paper", readonly=True, copy=False)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_fapiao_attachment_rel",
        "fapiao_id",
        "attachment_id",
        "Files",
        copy=False,
        bypass_search_access=True,
    )
    submitted_by_id = fields.Many2one("res.users", "Handed in by", readonly=True, copy=False)
    verified_by_id = fields.Many2one("res.users", "Checked by", readonly=True, copy=False)
    date_verified = fields.Datetime("Checked on", readonly=True, copy=False)
    reject_reason = fields.Text("Why it was Rejected", readonly=True, copy=False)
    reverse_reason = fields.Text("Why it was Reversed", readonly=True, copy=False)
    reversed_by_id = fields.Many2one("res.users", "Reversed by", readonly=True, copy=False)
    date_reversed = fields.Datetime("Reversed on", readonly=True, copy=False)
    red_reason = fields.Text(
        "What the Contractor Says of it", readonly=True, copy=False,
        help="The contractor has voided it or issued a red fapiao (红字发票), and says why.",
    )  # fmt: skip
    state = fields.Selection(
        [
            ("received", "To verify"),
            ("verified", "Verified"),
            ("linked", "On the bill"),
            ("rejected", "Rejected"),
            ("reversed", "Reversed by a red fapiao"),
        ],
        required=True,
        copy=False,
        default="received",
        tracking=True,
        index=True,
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE state != 'rejected'", "This fapiao has been handed in before."
    )
    _amount_positive = models.Constraint("CHECK (amount > 0)", "The amount of a fapiao is above zero.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "submitted_by_id", "verified_by_id", "date_verified", "reject_reason", "qr_text",
            "reverse_reason", "reversed_by_id", "date_reversed", "red_reason",
        }  # fmt: skip

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": Domain("state", "!=", "rejected")}

    @api.constrains("number")
    def _check_number(self):
        for fapiao in self:
            if not FAPIAO_FORMAT.fullmatch(fapiao.number):
                raise ValidationError(
                    self.env._(
                        "%s is not a fapiao number: enter 20 digits, or the code and the number of an older "
                        "fapiao with a hyphen between them.",
                        fapiao.number,
                    )
                )
        self._check_not_on_another_bill()

    def _check_not_on_another_bill(self):
        """Raise UserError if a bill of the company, other than the settlement's own, has the number."""
        # sudo: whether there is one; the sentence names none
        bills = self.env["account.move"].sudo()
        found = bills.search(
            [("outsourcing_fapiao_number", "in", self.mapped("number")), ("state", "!=", "cancel")]
        )
        for fapiao in self:
            others = found - fapiao.settlement_id.sudo().bill_id  # which bill is its own
            if any(
                bill.outsourcing_fapiao_number == fapiao.number and bill.company_id == fapiao.company_id
                for bill in others
            ):
                raise UserError(
                    self.env._("The fapiao %s is on another bill already: one is paid once.", fapiao.number)
                )

    @api.constrains("date")
    def _check_date(self):
        for fapiao in self:
            if fapiao.date > trade_today(fapiao):
                raise ValidationError(self.env._("The day of the fapiao %s is still to come.", fapiao.number))

    @api.constrains("amount", "settlement_id", "state")
    def _check_amount(self):
        live = self.filtered(lambda fapiao: fapiao.state in LIVE)
        for settlement in live.settlement_id.sudo():  # sums only
            if settlement.state not in ("approved", "billed"):
                raise UserError(
                    self.env._(
                        "%(settlement)s is %(state)s: the fapiao is handed in once finance has approved it.",
                        settlement=settlement.name,
                        state=settlement._get_state_label(),
                    )
                )
            # the sum is a column of the settlement: of two who hand in at once, the second waits and is
            # asked again
            due = settlement._get_amount_to_invoice()
            if settlement.currency_id.compare_amounts(settlement.amount_fapiao, due) > 0:
                raise UserError(
                    self.env._(
                        "%(settlement)s: fapiao for %(amount)s would be there, but only %(due)s is to be "
                        "invoiced.",
                        settlement=settlement.name,
                        amount=format_money(settlement, settlement.amount_fapiao),
                        due=format_money(settlement, due),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["number"] = normalize_fapiao_number(vals.get("number"))
        self._check_not_known(vals_list)
        found = super().create(vals_list)
        found._gated().write({"submitted_by_id": self.env.uid})
        found._ask_for_check()
        return found

    def write(self, vals):
        if "number" in vals:
            vals = {**vals, "number": normalize_fapiao_number(vals["number"])}
        return super().write(vals)

    @api.model
    def _check_not_known(self, vals_list):
        """Raise UserError if a number was handed in before; the index keeps two from coming at once."""
        settlements = self.env["outsourcing.settlement"].sudo()  # which company it is of
        live = [("number", "in", [vals["number"] for vals in vals_list]), ("state", "!=", "rejected")]
        known = self.sudo().search(live)  # whether there is one; nothing of it is told
        taken = {(fapiao.company_id, fapiao.number) for fapiao in known}
        for vals in vals_list:
            company = settlements.browse(vals.get("settlement_id")).company_id
            if (company, vals["number"]) in taken:
                raise UserError(self.env._("The fapiao %s has been handed in before.", vals["number"]))
