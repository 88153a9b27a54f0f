from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.tools import format_money


class AccountPaymentRegister(models.TransientModel):
    """What the contractor holds already is used first; no more than the rest is paid."""

    _inherit = "account.payment.register"

    outsourcing_amount_held = fields.Monetary(
        "Paid in Advance, Used First",
        compute="_compute_outsourcing_amount_held",
        currency_field="currency_id",
    )
    outsourcing_blockers = fields.Text(compute="_compute_outsourcing_blockers")

    @api.model
    def default_get(self, fields):
        res = super().default_get(fields)
        for command in res.get("line_ids", ()):
            lines = self.env["account.move.line"].browse(command[2])
            held = lines._get_outsourcing_held_items()
            held._check_outsourcing_leaves_due(lines)
            res["line_ids"] = [Command.set((lines | held).ids)]
        return res

    @api.depends("line_ids")
    def _compute_outsourcing_amount_held(self):
        for wizard in self:
            held = wizard.line_ids._origin.filtered(lambda line: line.amount_residual > 0)
            is_settled = wizard.line_ids._origin.move_id.outsourcing_settlement_id
            wizard.outsourcing_amount_held = (
                sum(held.mapped("amount_residual_currency")) if is_settled else 0.0
            )

    @api.depends("line_ids")
    def _compute_outsourcing_blockers(self):
        for wizard in self:
            firms = wizard._get_outsourcing_bills().commercial_partner_id.with_company(wizard.company_id)
            sentences = [text for firm in firms for text in firm._get_outsourcing_payout_blockers()]
            wizard.outsourcing_blockers = "\n".join(sentences) or False

    @api.depends("can_edit_wizard")
    def _compute_group_payment(self):
        super()._compute_group_payment()
        # one payment for the bills and what is held: a payment per document would send held money back
        for wizard in self.filtered("outsourcing_amount_held"):
            wizard.group_payment = True

    def _get_outsourcing_bills(self):
        return self.line_ids._origin.move_id.filtered("outsourcing_settlement_id")

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        due = self._get_total_amounts_to_pay([batch_result])["full_amount"]
        bills = self._get_outsourcing_bills()
        if bills and self.currency_id.compare_amounts(self.amount, due) > 0:
            raise UserError(
                self.env._(
                    "%(contractor)s: %(amount)s would be paid, but only %(due)s is due, less what it holds.",
                    contractor=self.partner_id.name,
                    amount=format_money(self, self.amount),
                    due=format_money(self, due),
                )
            )
        return vals | self._prepare_outsourcing_payment_vals(batch_result)

    def _create_payment_vals_from_batch(self, batch_result):
        return super()._create_payment_vals_from_batch(batch_result) | self._prepare_outsourcing_payment_vals(
            batch_result
        )

    def _prepare_outsourcing_payment_vals(self, batch_result):
        bills = batch_result["lines"].move_id.filtered("outsourcing_settlement_id")
        # known before the payment is posted: whoever approved them does not pay them
        return {"invoice_ids": [Command.set(bills.ids)]} if bills else {}
