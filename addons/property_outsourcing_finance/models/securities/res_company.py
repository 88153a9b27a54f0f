from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_bond_account_id = fields.Many2one(
        "account.account",
        "Bond Account",
        check_company=True,
        domain="[('account_type', '=', 'liability_current'), ('reconcile', '=', True)]",
        help="Keeps performance bonds (履约保证金) deposited in cash until they go back. Empty: created with "
        "the first return.",
    )
    outsourcing_retention_notice_days = fields.Integer(
        "Retention: Days of Notice",
        default=30,
        help="How many days before a retention falls due the person in charge is told.",
    )

    _outsourcing_retention_notice_not_negative = models.Constraint(
        "CHECK(outsourcing_retention_notice_days >= 0)", "The days of notice cannot be negative."
    )

    @api.constrains("outsourcing_bond_account_id")
    def _check_outsourcing_bond_account(self):
        for company in self:
            account = company.outsourcing_bond_account_id
            if account and (account.account_type != "liability_current" or not account.reconcile):
                raise ValidationError(
                    self.env._(
                        "The bond account %s must be a current liability that allows reconciliation.",
                        account.display_name,
                    )
                )

    def _outsourcing_ensure_bond_account(self):
        """Return the company's account of cash bonds; it is created and set when there is none yet."""
        self.ensure_one()
        company = self.sudo()  # chart and settings are beyond the people who settle; callers checked who asks
        if not company.outsourcing_bond_account_id:
            company.outsourcing_bond_account_id = company._outsourcing_create_liability_account(
                "Performance bonds payable", "履约保证金"
            )
        return company.outsourcing_bond_account_id

    def _outsourcing_get_retention_notice_limit(self):
        """Return the last day whose retention is announced today."""
        self.ensure_one()
        return trade_today(self) + timedelta(days=self.outsourcing_retention_notice_days)
