from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestFinanceAccounts(SettlementCommon):
    def test_retention_account_is_created_once(self):
        account = self.company._outsourcing_ensure_finance_accounts()
        self.assertEqual(self.company._outsourcing_ensure_finance_accounts(), account)
        self.assertRecordValues(account, [{"account_type": "liability_current", "reconcile": True}])

    def test_payable_account_is_refused_with_a_reason(self):
        payable = self.company_data["default_account_payable"]
        with self.assertRaisesRegex(ValidationError, "payable or receivable account"):
            self.company.outsourcing_retention_account_id = payable

    def test_account_without_reconciliation_is_refused(self):
        account = self.company._outsourcing_ensure_finance_accounts().copy({"reconcile": False})
        with self.assertRaisesRegex(ValidationError, "allows reconciliation"):
            self.company.outsourcing_retention_account_id = account

    def test_company_without_a_chart_is_told_so(self):
        company = self.env["res.company"].create({"name": "No chart"})
        with self.assertRaisesRegex(UserError, "chart of accounts"):
            company._outsourcing_ensure_finance_accounts()

    def test_settings_write_the_company(self):
        settings = self.env["res.config.settings"].create({})
        settings.action_outsourcing_create_retention_account()
        self.assertTrue(self.company.outsourcing_retention_account_id)

    def test_account_carries_its_chinese_name(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        account = self.company._outsourcing_ensure_finance_accounts()
        self.assertEqual(account.with_context(lang="zh_CN").name, "质量保证金")
