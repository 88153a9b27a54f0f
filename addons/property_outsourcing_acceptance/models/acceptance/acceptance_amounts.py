from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingAcceptance(models.Model):
    """What is claimed, found and accepted.

    The contractor sees it through ``contractor_amount_*``, witnesses and third parties never.
    """

    _inherit = "outsourcing.acceptance"

    currency_id = fields.Many2one(related="contract_id.currency_id", store=True, precompute=True)
    amount_claimed = fields.Monetary(
        string="Claimed",
        compute="_compute_amount_claimed",
        store=True,
        readonly=False,
        precompute=True,
        groups="base.group_user",
    )
    amount_accepted = fields.Monetary(
        string="Accepted amount",
        compute="_compute_amount_accepted",
        store=True,
        groups="base.group_user",
    )
    amount_property = fields.Monetary(
        string="Amount found by the property side", readonly=True, copy=False, groups="base.group_user"
    )
    has_amount_property = fields.Boolean(readonly=True, copy=False, groups="base.group_user")
    contractor_amount_claimed = fields.Monetary(
        string="Amount claimed", compute="_compute_contractor_amounts", compute_sudo=True
    )
    contractor_amount_accepted = fields.Monetary(
        string="Amount accepted", compute="_compute_contractor_amounts", compute_sudo=True
    )

    @api.depends("milestone_id")
    def _compute_amount_claimed(self):
        for acceptance in self:
            row = acceptance.milestone_id
            acceptance.amount_claimed = row.amount_payable - row.amount_accepted

    @api.depends("amount_claimed", "method", "factor", "has_amount_property", "amount_property")
    def _compute_amount_accepted(self):
        for acceptance in self:
            amount = acceptance.amount_claimed
            if acceptance.method == "score":
                amount = amount * acceptance.factor / 100
            elif acceptance.has_amount_property:
                amount = acceptance.amount_property
            currency = acceptance.currency_id or acceptance.env.company.currency_id
            acceptance.amount_accepted = currency.round(amount)

    @api.depends("amount_claimed", "amount_accepted")
    @api.depends_context("uid")
    def _compute_contractor_amounts(self):
        user = self.env.user
        firm = user.partner_id.commercial_partner_id
        for acceptance in self:
            sees = not user.share or acceptance.contractor_id == firm
            acceptance.contractor_amount_claimed = acceptance.amount_claimed if sees else 0.0
            acceptance.contractor_amount_accepted = acceptance.amount_accepted if sees else 0.0

    @api.constrains("amount_claimed", "amount_property", "milestone_id")
    def _check_amounts(self):
        for acceptance in self.sudo():  # figures of the row this document accepts
            row, currency = acceptance.milestone_id, acceptance.currency_id
            others = sum(
                row.acceptance_ids.filtered(
                    lambda a, own=acceptance: a.state == "accepted" and a != own
                ).mapped("amount_accepted")
            )
            if acceptance.amount_claimed < 0 or acceptance.amount_property < 0:
                raise ValidationError(self.env._("An amount of acceptance cannot be negative."))
            if currency.compare_amounts(acceptance.amount_claimed + others, row.amount_payable) > 0:
                raise ValidationError(
                    self.env._(
                        "%(row)s: no more than the agreed %(amount)s can be claimed, "
                        "%(others)s are accepted already.",
                        row=row.name,
                        amount=format_money(acceptance, row.amount_payable),
                        others=format_money(acceptance, others),
                    )
                )
            if currency.compare_amounts(acceptance.amount_property, acceptance.amount_claimed) > 0:
                raise ValidationError(
                    self.env._("%s: no more than what is claimed can be accepted.", row.name)
                )
