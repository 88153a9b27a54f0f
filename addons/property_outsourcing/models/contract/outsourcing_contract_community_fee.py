from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import Quantity, UnitPrice
from ..units.uom_uom import UNITS


class OutsourcingContractCommunityFee(models.Model):
    """What one community pays per period: the source its payment rows are generated from."""

    _name = "outsourcing.contract.community.fee"
    _description = "Fee of a Community"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _rec_name = "community_id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    community_id = fields.Many2one("outsourcing.community", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    name = fields.Char("What for", help="Say what is counted where a fee follows from units, e.g. elevators.")
    quantity = Quantity("Units", default=1.0)
    uom_id = fields.Many2one("uom.uom", "Counted in", domain=UNITS)
    price_unit = UnitPrice("Price per Unit and Period")
    amount = fields.Monetary("Fee per Period", compute="_compute_amount", store=True)
    # a renewed contract has another term: days of the old one would lie outside it
    date_from = fields.Date("From", copy=False, help="Empty: from the first day of the contract.")
    date_to = fields.Date("Until", copy=False, help="Empty: until the last day of the contract.")

    @api.depends("quantity", "price_unit", "currency_id")
    def _compute_amount(self):
        for fee in self:
            amount = fee.quantity * fee.price_unit
            fee.amount = fee.currency_id.round(amount) if fee.currency_id else amount

    @api.constrains("quantity", "price_unit")
    def _check_figures(self):
        for fee in self:
            if min(fee.quantity, fee.price_unit) < 0:
                raise ValidationError(
                    self.env._("%s: units and price cannot be negative.", fee.community_id.name)
                )

    @api.constrains("community_id", "contract_id")
    def _check_community(self):
        for fee in self:
            if fee.community_id not in fee.contract_id.community_ids | fee.contract_id.community_id:
                raise ValidationError(
                    self.env._("%s: the community is not part of the contract.", fee.community_id.name)
                )

    @api.constrains("date_from", "date_to", "contract_id")
    def _check_dates(self):
        for fee in self:
            contract = fee.contract_id
            first, last = fee.date_from or contract.date_start, fee.date_to or contract.date_end
            if last < first:
                raise ValidationError(
                    self.env._("%s: the last day lies before the first.", fee.community_id.name)
                )
            if first < contract.date_start or last > contract.date_end:
                raise ValidationError(
                    self.env._(
                        "%(community)s: %(first)s to %(last)s is not within the term of the contract.",
                        community=fee.community_id.name,
                        first=first,
                        last=last,
                    )
                )
