from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

# name under which records are remembered that the add-on made beside its data
OWN_RECORDS = "__property_outsourcing_finance__"


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_retention_account_id = fields.Many2one(
        "account.account",
        "Retention Account",
        check_company=True,
        domain="[('account_type', '=', 'liability_current'), ('reconcile', '=', True)]",
        help="Keeps the quality retention (质量保证金) until it is paid back: a reconcilable liability.",
    )
    outsourcing_deduction_account_id = fields.Many2one(
        "account.account",
        "Deduction Account",
        check_company=True,
        domain="[('account_type', 'in', ('expense', 'expense_direct_cost', 'income', 'income_other'))]",
        help="Where deductions are booked. Empty: they reduce the cost of the work itself.",
    )
    outsourcing_reward_account_id = fields.Many2one(
        "account.account",
        "Reward Account",
        check_company=True,
        domain="[('account_type', 'in', ('expense', 'expense_direct_cost'))]",
        help="Where rewards are booked. Empty: they add to the cost of the work itself.",
    )

    @api.constrains("outsourcing_retention_account_id")
    def _check_outsourcing_retention_account(self):
        for company in self:
            account = company.outsourcing_retention_account_id
            if account and account.account_type in ("liability_payable", "asset_receivable"):
                raise ValidationError(
                    self.env._(
                        "%s is a payable or receivable account: Odoo refuses it on the lines of a bill. "
                        "Choose a current liability that allows reconciliation.",
                        account.display_name,
                    )
                )
            if account and (account.account_type != "liability_current" or not account.reconcile):
                raise ValidationError(
                    self.env._(
                        "The retention account %s must be a current liability that allows reconciliation.",
                        account.display_name,
                    )
                )

    def _outsourcing_ensure_finance_accounts(self):
        """Return the retention account of the company; it is created and set when there is none yet."""
        self.ensure_one()
        company = self.sudo()  # chart and settings are beyond the people who settle; callers checked who asks
        if not company.outsourcing_retention_account_id:
            company.outsourcing_retention_account_id = company._outsourcing_create_liability_account(
                "Quality retention payable", "质量保证金"
            )
        return company.outsourcing_retention_account_id

    def _outsourcing_create_liability_account(self, name, chinese):
        """Create a reconcilable current liability beside the company's other payables."""
        Account = self.env["account.account"].with_company(self)
        start = self._outsourcing_get_liability_start_code()
        account = Account.with_context(lang="en_US").create(
            {
                "name": name,
                "code": Account._search_new_account_code(start),
                "account_type": "liability_current",
                "reconcile": True,
                "company_ids": [Command.link((self.parent_ids[:1] or self).id)],
            }
        )
        for code, _name in self.env["res.lang"].get_installed():
            if code.startswith("zh"):
                account.update_field_translations("name", {code: chinese})
        # remembered, so that it goes with the add-on unless something was posted to it; not under the name of
        # the add-on, which would export it for translation
        xml_id = f"{OWN_RECORDS}.liability_account_{account.id}"
        self.env["ir.model.data"]._update_xmlids([{"xml_id": xml_id, "record": account, "noupdate": True}])
        return account

    def _outsourcing_get_liability_start_code(self):
        """Return the code after which such an account is numbered: under 2241 in a Chinese chart."""
        Account = self.env["account.account"].with_company(self)
        domain = Domain(Account._check_company_domain(self))
        other_payables = Account.search(domain & Domain("code", "=like", "2241%"))
        if other_payables:
            digits = max(6, len(min(other_payables.mapped("code"), key=len)))
            return "2241".ljust(digits, "0")
        liability = Account.search(domain & Domain("account_type", "=", "liability_current"), limit=1)
        if not liability:
            raise UserError(
                self.env._(
                    "%s has no chart of accounts yet: install one in the accounting settings.", self.name
                )
            )
        return liability.code
