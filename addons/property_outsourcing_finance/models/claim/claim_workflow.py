from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import draw_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money

MANAGER = "property_outsourcing.group_outsourcing_manager"
FINANCE = "property_outsourcing.group_outsourcing_finance"
EVENT = "property_outsourcing_finance.activity_type_claim"


class OutsourcingClaim(models.Model):
    """Drawn up by one, approved by another manager, claimed by finance."""

    _inherit = "outsourcing.claim"

    _unsigned_states = ("draft", "cancelled")
    _frozen_fields = {
        "draft": ("contract_id",),
        **{state: ("*",) for state in ("approved", "claimed", "cancelled")},
    }

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "approved": ("draft",),
            "claimed": ("approved",),
            "cancelled": ("draft", "approved", "claimed"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "name", "user_id", "approved_by_id", "date_approved", "claimed_by_id", "date_claimed",
            "invoice_id",
        }  # fmt: skip

    def action_approve(self):
        """Approve the claim; another manager than the one who drew it up."""
        self._transition_to("approved")

    def action_claim(self):
        """Bill the contractor, or call the bond."""
        self._transition_to("claimed")

    def action_cancel(self):
        """Give the claim up; its penalties can be settled or claimed again."""
        self._transition_to("cancelled")

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(*((FINANCE,) if target == "claimed" else (MANAGER, FINANCE)))
        if target == "approved":
            self._require_group(MANAGER)
            self._require_other_person("user_id")
        elif target == "claimed":
            self._require_other_person("approved_by_id")

    def _check_transition(self, target):
        super()._check_transition(target)
        for claim in self:
            if target in ("approved", "claimed"):
                claim._check_claimable()
            elif claim.invoice_id.state == "posted":
                raise UserError(
                    self.env._(
                        "%(claim)s: its bill %(bill)s is posted. Reset or reverse the bill first.",
                        claim=claim.display_name,
                        bill=claim.invoice_id.name,
                    )
                )

    def _check_claimable(self):
        """Raise UserError unless the claim still stands, and the bond is enough where it is called."""
        self.ensure_one()
        if self.currency_id.compare_amounts(self.amount_total, 0.0) <= 0:
            raise UserError(self.env._("%s: the contractor owes nothing.", self.display_name))
        if not (self.reason or "").strip():
            raise UserError(self.env._("%s: write what is claimed and why.", self.display_name))
        for adjustment in self.line_ids.adjustment_id:
            if not adjustment._is_final():
                raise UserError(adjustment._get_pending_sentence())
        rest = self.contract_id._get_bond_rest()
        if self.way == "bond" and self.currency_id.compare_amounts(self.amount_total, rest) > 0:
            raise UserError(
                self.env._(
                    "%(claim)s: %(rest)s of the performance bond is left, %(amount)s is claimed.",
                    claim=self.display_name,
                    rest=format_money(self, rest),
                    amount=format_money(self, self.amount_total),
                )
            )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "approved":
            vals.update(approved_by_id=self.env.uid, date_approved=now)
        elif target == "claimed":
            vals.update(claimed_by_id=self.env.uid, date_claimed=now)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        self.activity_unlink([EVENT])
        if target == "approved":
            self._draw_numbers()
            self._schedule_event(EVENT, self.env._("Bill the claim to the contractor, or call the bond"))
        elif target == "claimed":
            self._create_invoices()
            # whoever claims is of finance, as an adjustment demands of the person who settles it
            self.line_ids.adjustment_id._transition_to("settled")
        elif target == "cancelled":
            self.invoice_id.filtered(lambda bill: bill.state == "draft").button_cancel()
            self.line_ids.adjustment_id._reopen_from_settlement()

    def _draw_numbers(self):
        """Number the claims (in sudo) that have none yet."""
        unnumbered = self.filtered(lambda claim: not claim.name)
        for company, claims in unnumbered.grouped("company_id").items():
            numbers = draw_numbers(company, "outsourcing.claim", len(claims))
            for claim, number in zip(claims, numbers, strict=True):
                claim._gated().write({"name": number})

    # ---- the bill to the contractor ---------------------------------------------------------------------

    def _create_invoices(self):
        """Create the draft bill of each claim (in sudo): a receivable, whoever pays it in the end."""
        for company, claims in self.grouped("company_id").items():
            moves = open_gate(self.env["account.move"]).with_company(company)
            moves = moves.create([claim._prepare_invoice_vals() for claim in claims])
            for claim, move in zip(claims, moves, strict=True):
                claim._gated().invoice_id = move

    def _prepare_invoice_vals(self):
        """Return the values of the bill to the contractor: no sale, so without tax. Hook."""
        self.ensure_one()
        return {
            "move_type": "out_invoice",
            "partner_id": self.contractor_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "invoice_date": trade_today(self),
            "ref": self.name,
            "invoice_origin": self.contract_id.name,
            "narration": self.reason,
            "outsourcing_claim_id": self.id,
            "invoice_line_ids": [Command.create(line._prepare_invoice_line_vals()) for line in self.line_ids],
        }


class OutsourcingClaimLine(models.Model):
    _inherit = "outsourcing.claim.line"

    def _prepare_invoice_line_vals(self):
        """Return the values of the bill line: deductions lower our cost, an advance comes back."""
        self.ensure_one()
        company = self.company_id
        if self.kind == "advance":
            account = company._outsourcing_ensure_prepayment_account()
        elif self.kind == "deduction" and company.outsourcing_deduction_account_id:
            account = company.outsourcing_deduction_account_id
        elif self.kind == "reward" and company.outsourcing_reward_account_id:
            account = company.outsourcing_reward_account_id
        else:
            product = self.env.ref("property_outsourcing.product_outsourced_service").with_company(company)
            account = product.product_tmpl_id.get_product_accounts()["expense"]
        return {
            "name": self.name,
            "quantity": 1.0,
            "price_unit": self.amount,
            "tax_ids": [Command.clear()],
            "account_id": account.id,
        }
