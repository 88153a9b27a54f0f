from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, open_gate
from odoo.addons.property_outsourcing.tools import format_money, join_names

from ..accounting.account_move_clearing import LIQUID, PAYABLE


class AccountMove(models.Model):
    """Money leaves for a contractor only for what is due, and only while nothing stands in the way.

    Payments, batches and entries of a bank journal all end as a posted entry: that is the door. What a bank
    statement reports has happened already and is never refused.
    """

    _inherit = "account.move"

    outsourcing_release_id = fields.Many2one(
        "outsourcing.payment.release",
        "Payment Release",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if moves.outsourcing_release_id and not is_gate_open(self):
            raise UserError(self.env._("A payment finds its release itself."))
        return moves

    def write(self, vals):
        if "outsourcing_release_id" in vals and not is_gate_open(self):
            raise UserError(self.env._("A payment finds its release itself."))
        if vals.get("state") == "posted":
            self._check_outsourcing_payouts()
        return super().write(vals)

    def _check_outsourcing_payouts(self):
        """Raise UserError if a payment to a contractor among ``self`` may not leave, by this person."""
        payouts = self._get_outsourcing_payouts()
        firms = self.env["res.partner"].union(*(partner for _move, partner in payouts))
        contracted = firms._get_outsourcing_contracted(self.company_id)
        paid = defaultdict(float)  # with this posting: the entries are not among the open items yet
        for (move, partner), amount in payouts.items():
            if (partner, move.company_id) in contracted:
                key = (partner, move.company_id, move.currency_id)
                move._check_outsourcing_payout(partner, amount, paid[key])
                paid[key] += amount

    def _get_outsourcing_payouts(self):
        """Return a dict (entry, firm) -> what the entries ``self`` pay out to it, in the entry's currency."""
        payouts = defaultdict(float)
        for move in self:
            if move.move_type != "entry" or move.statement_line_id:
                continue
            accounts = move._get_outsourcing_liquidity_accounts()
            liquid = move.line_ids.filtered(
                lambda li, a=accounts: li.account_type in LIQUID or li.account_id in a
            )
            if sum(liquid.mapped("balance")) >= 0:
                continue
            for line in move.line_ids - liquid:
                is_payable = line.account_type in PAYABLE or move.origin_payment_id
                if is_payable and line.partner_id and line.amount_currency > 0:
                    payouts[move, line.partner_id.commercial_partner_id] += line.amount_currency
        return payouts

    def _check_outsourcing_payout(self, partner, amount, before):
        self.ensure_one()
        self._check_outsourcing_payer(partner)
        problems = partner.with_company(self.company_id)._get_outsourcing_payout_blockers()
        account_types = self.line_ids.filtered(lambda line: line.amount_currency > 0).mapped("account_type")
        due = partner._get_outsourcing_due(self.company_id, self.currency_id, self.date, account_types)
        if self.currency_id.compare_amounts(amount + before, due) > 0:
            problems.append(
                self.env._(
                    "%(contractor)s: %(amount)s would be paid, but only %(due)s is due, less what it holds.",
                    contractor=partner.name,
                    amount=format_money(self, amount + before),
                    due=format_money(self, max(due, 0.0)),
                )
            )
        if not problems:
            return
        company = self.company_id
        in_company = self.currency_id._convert(amount, company.currency_id, company, self.date)
        release = self.env["outsourcing.payment.release"]._find(partner, company, in_company)
        if not release:
            problems.append(
                self.env._(
                    "A manager other than the payer may release it, with a reason, under Payment Releases."
                )
            )
            raise UserError("\n".join(problems))
        open_gate(self).write({"outsourcing_release_id": release.id})
        self.message_post(
            body=self.env._(
                "Released by %(user)s: %(reason)s", user=release.user_id.name, reason=release.reason
            ),
            subtype_xmlid="mail.mt_note",
        )

    def _check_outsourcing_payer(self, partner):
        """Raise UserError if the acting person approved what this payment pays."""
        if not self.company_id._get_outsourcing_setting("outsourcing_separate_payer"):
            return
        bills = self.origin_payment_id.invoice_ids
        domain = Domain("approved_by_id", "=", self.env.uid) & Domain(
            "payment_state", "in", ("not_paid", "partial")
        )
        if bills:
            domain &= Domain("bill_id", "in", bills.ids)
        else:
            domain &= Domain("contractor_id", "=", partner.id) & Domain("company_id", "=", self.company_id.id)
        # names of what the person approved himself
        approved = self.env["outsourcing.settlement"].sudo().search(domain, limit=5)
        if approved:
            raise UserError(
                self.env._(
                    "%(user)s has approved %(settlements)s: another person pays it.",
                    user=self.env.user.name,
                    settlements=join_names(self.env, approved.mapped("name")),
                )
            )
