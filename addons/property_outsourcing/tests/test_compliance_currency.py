from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_contractor_compliance import ComplianceCommon


@tagged("post_install", "-at_install")
class TestComplianceCurrency(ComplianceCommon):
    """Thresholds and policies are in the company's currency; the value of a contract is converted to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rates = [Command.create({"name": "2020-01-01", "rate": 2.0})]
        # two of these are one of the company's
        cls.foreign = cls.env["res.currency"].create({"name": "XTS", "symbol": "x", "rate_ids": rates})
        cls.contractor.with_company(cls.company).property_purchase_currency_id = cls.foreign
        cls.contract = cls._create_contract(currency_id=cls.foreign.id)  # 144,000, the company's 72,000
        cls.contract.required_document_type_ids = [Command.clear()]
        cls.contract.requirement_ids = [Command.clear()]

    def test_the_value_of_the_contract_is_compared_in_the_currency_of_the_company(self):
        self.assertEqual(self.contract.amount_company, 72_000.0)
        self._require(self.insurance, self.contract, amount_from=72_000.01, min_insured_amount=2_000_000)
        self.assertFalse(self._rows(contract_id=self.contract.id))
        self.assertEqual(self._blockers(self.contract), [])
        self.contract.requirement_ids.amount_from = 72_000.0
        self._create_document(self.insurance, insured_amount=1_999_999.99)
        self.assertEqual(self._states(contract_id=self.contract.id), {self.insurance: "insufficient"})
        self.assertEqual(len(self._blockers(self.contract)), 1)
        self._create_document(self.insurance, insured_amount=2_000_000)
        self.assertEqual(self._states(contract_id=self.contract.id), {self.insurance: "valid"})
        self.assertEqual(self._blockers(self.contract), [])

    def test_the_rate_is_that_of_the_first_day(self):
        self.env["res.currency.rate"].create(
            {"name": "2026-06-01", "rate": 4.0, "currency_id": self.foreign.id, "company_id": self.company.id}
        )
        self.contract.milestone_ids.unlink()
        self.contract.amount_total = 100_000.0
        self.assertEqual(self.contract.amount_company, 50_000.0)
        self.contract.write({"date_start": "2026-06-01"})
        self.assertEqual(self.contract.amount_company, 25_000.0)

    def test_the_value_in_the_currency_of_the_company_cannot_be_written(self):
        draft = self.contract.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "written by the system alone"):
            draft.amount_company = 1.0
        vals = self._prepare_contract("service_type_elevator", amount_total=9.0, amount_company=1.0)
        created = self.env["outsourcing.contract"].with_user(self.user_manager).create(vals)
        self.assertEqual(created.amount_company, 9.0)
