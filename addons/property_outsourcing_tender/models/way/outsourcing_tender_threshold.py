from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_service_type import (
    KINDS as CONTRACT_KINDS,
)
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingTenderThreshold(models.Model):
    """From which amount, of whose money, which way of award is the least that will do."""

    _name = "outsourcing.tender.threshold"
    _description = "Threshold of a Way of Award"
    _order = "amount_from, sequence, id"

    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    kind = fields.Selection(CONTRACT_KINDS, "Kind of Contract", help="Empty: all kinds.")
    fund_source_id = fields.Many2one(
        "outsourcing.fund.source",
        "Source of Funds",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: whosever money it is.",
    )
    amount_from = fields.Monetary("From Amount")
    way_id = fields.Many2one("outsourcing.tender.way", "Way of Award", required=True, ondelete="restrict")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for threshold in self:
            threshold.currency_id = (threshold.company_id or self.env.company).currency_id

    @api.depends("amount_from", "way_id")
    def _compute_display_name(self):
        for threshold in self:
            amount = format_money(threshold, threshold.amount_from)
            threshold.display_name = f"≥ {amount}: {threshold.way_id.name or ''}"

    @api.constrains("amount_from")
    def _check_amount(self):
        if any(threshold.amount_from < 0 for threshold in self):
            raise ValidationError(self.env._("The amount of a threshold cannot be negative."))

    def _find_way(self, company, kind, fund, amount):
        """Return the way of award due for ``amount``: the highest threshold of ``self`` it reaches decides.

        :param company: ``res.company``
        :param str kind: kind of contract
        :param fund: ``outsourcing.fund.source``; a threshold of its own precedes the general ones
        :param float amount: in the company's currency
        """
        reached = self.filtered(
            lambda row: (
                row.company_id in (company, row.company_id.browse())
                and row.kind in (kind, False)
                and row.fund_source_id in (fund, fund.browse())
                and row.amount_from <= amount
            )
        )
        own = reached.filtered("fund_source_id")
        best = (own or reached).sorted(
            lambda row: (row.amount_from, bool(row.company_id), bool(row.kind), -row.id)
        )[-1:]
        return best.way_id
