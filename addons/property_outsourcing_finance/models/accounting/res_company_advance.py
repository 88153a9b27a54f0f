from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_prepayment_account_id = fields.Many2one(
        "account.account",
        "Prepayment Account",
        check_company=True,
        domain="[('account_type', 'in', ('asset_prepayments', 'asset_current'))]",
        help="Keeps advances (预付账款) until they are recovered from later bills.",
    )

    @api.constrains("outsourcing_prepayment_account_id")
    def _check_outsourcing_prepayment_account(self):
        for company in self:
            account = company.outsourcing_prepayment_account_id
            if account and account.account_type not in ("asset_prepayments", "asset_current"):
                raise ValidationError(
                    self.env._(
                        "The prepayment account %s must be a prepayment or another current asset.",
                        account.display_name,
                    )
                )

    def _outsourcing_ensure_prepayment_account(self):
        """Return the company's prepayment account; the chart's first one is set when there is none yet."""
        self.ensure_one()
        company = self.sudo()  # chart and settings are beyond the people who settle; callers checked who asks
        if not company.outsourcing_prepayment_account_id:
            # sudo: the chart; callers have checked who asks
            Account = self.env["account.account"].sudo().with_company(company)
            domain = [
                *Account._check_company_domain(company),
                ("account_type", "=", "asset_prepayments"),
            ]
            account = Account.search(domain, limit=1)
            if not account:
                raise UserError(
                    self.env._(
                        "%s has no prepayment account: choose one in the settings of purchase.", company.name
                    )
                )
            company.outsourcing_prepayment_account_id = account
        return company.outsourcing_prepayment_account_id
