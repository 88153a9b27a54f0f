from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..workflow.trade_time import trade_today


class OutsourcingBondMixin(models.AbstractModel):
    """What secures an obligation: money or a guarantee, received, watched until it ends, returned."""

    _name = "outsourcing.bond.mixin"
    _description = "Bond"

    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one("res.currency")
    bond_kind = fields.Selection(
        [("cash", "Cash"), ("guarantee", "Bank guarantee"), ("insurance", "Surety insurance")], "Bond"
    )
    bond_amount = fields.Monetary("Amount of the Bond")
    bond_number = fields.Char("Number of the Guarantee", copy=False)
    bond_date_received = fields.Date("Bond Received", copy=False)
    bond_date_valid = fields.Date("Bond Valid until", copy=False, index="btree_not_null")
    bond_date_returned = fields.Date("Bond Returned", copy=False)
    bond_state = fields.Selection(
        [
            ("expected", "Expected"),
            ("held", "Held"),
            ("expiring", "Expiring"),
            ("expired", "Expired"),
            ("returned", "Given Back"),
        ],
        "State of the Bond",
        compute="_compute_bond_state",
    )

    @api.depends("bond_kind", "bond_date_received", "bond_date_valid", "bond_date_returned", "company_id")
    def _compute_bond_state(self):
        for document in self:
            document.bond_state = document._get_bond_state() if document.bond_kind else False

    def _get_bond_state(self):
        """Return a code of :attr:`bond_state`. Hook: call super where there is nothing else to say."""
        today = trade_today(self)
        if self.bond_date_returned:
            return "returned"
        if not self.bond_date_received:
            return "expected"
        if not self.bond_date_valid or self.bond_date_valid > self._get_bond_notice_limit(self.company_id):
            return "held"
        return "expired" if self.bond_date_valid < today else "expiring"

    @api.model
    def _get_bond_notice_limit(self, company):
        days = company._get_outsourcing_setting("outsourcing_bond_notice_days")
        return trade_today(self) + timedelta(days=days)

    @api.constrains("bond_kind", "bond_date_received", "bond_date_valid", "bond_date_returned")
    def _check_bond_dates(self):
        for document in self:
            received = document.bond_date_received
            if document.bond_date_returned and not received:
                raise ValidationError(self.env._("A bond that was not received cannot be returned."))
            if received and any(
                date and date < received for date in (document.bond_date_valid, document.bond_date_returned)
            ):
                raise ValidationError(self.env._("The bond cannot end or be returned before it is received."))
            if received and document.bond_kind != "cash" and not document.bond_date_valid:
                raise ValidationError(self.env._("Enter until when the guarantee is valid."))
