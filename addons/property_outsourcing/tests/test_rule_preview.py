from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestRulePreview(OutsourcingCommon):
    @classmethod
    def _create_rule(cls, contract=None, **vals):
        contract = contract or cls._create_contract()
        contract.rule_ids = [Command.create({"name": "Late", "clause": "7.3", **vals})]
        return contract.rule_ids.filtered(lambda rule: rule.name == "Late")

    def _preview(self, rule, **figures):
        action = rule.with_user(self.user_manager).action_preview()
        Preview = self.env["outsourcing.rule.preview"].with_user(self.user_manager)
        form = Form(Preview.with_context(**action["context"]))
        for name, value in figures.items():
            form[name] = value
        return form

    def test_days_above_the_grace_up_to_the_cap(self):
        rule = self._create_rule(
            basis="percent_contract", rate=0.5, per="day", grace=2, cap_period=3000.0, tax_basis="gross"
        )
        form = self._preview(rule, quantity=7)
        self.assertEqual(form.quantity_counted, 5.0)
        self.assertEqual(form.uncapped_amount, 3600.0)  # 144,000.00 × 0.5 % × 5
        self.assertEqual(form.amount, 3000.0)
        self.assertEqual(form.amount_other_basis, 2830.19)
        self.assertIn("capped at", form.formula)

    def test_a_share_with_tax_is_taken_of_the_price_with_its_tax(self):
        contract = self._create_contract(tax_included=False, tax_rate=6.0)
        rule = self._create_rule(contract, basis="percent_contract", rate=0.5, tax_basis="gross")
        self.assertEqual(self._preview(rule).amount, 763.2)  # 144,000.00 × 1.06 × 0.5 %

    def test_nothing_follows_within_the_grace(self):
        rule = self._create_rule(basis="fixed", amount=200, per="hour", grace=4)
        form = self._preview(rule, quantity=4)
        self.assertEqual(form.amount, 0.0)
        self.assertIn("Within the grace of 4", form.remark)

    def test_chosen_row_is_the_basis_of_a_percentage(self):
        contract = self._create_contract()
        contract.milestone_ids[1].amount = 6000.0
        rule = self._create_rule(contract, basis="percent_period", rate=5.0, per="period")
        form = self._preview(rule)
        self.assertEqual(form.amount, 600.0)
        form.milestone_id = contract.milestone_ids[1]
        self.assertEqual(form.amount, 300.0)
        self.assertIn("once per period", form.remark)

    def test_actual_loss_is_typed_in(self):
        rule = self._create_rule(basis="actual_loss", cap_total=1000.0)
        self.assertEqual(self._preview(rule, loss=400.0).amount, 400.0)
        self.assertEqual(self._preview(rule, loss=4000.0).amount, 1000.0)

    def test_nothing_is_recorded(self):
        rule = self._create_rule(basis="fixed", amount=200)
        models = ("outsourcing.adjustment", "outsourcing.fact")
        before = [self.env[model].search_count([]) for model in models]
        self._preview(rule, quantity=3)
        self.assertEqual([self.env[model].search_count([]) for model in models], before)
        self.assertEqual(rule.amount_confirmed, 0.0)

    def test_contractor_and_outsider_do_not_preview(self):
        rule = self._create_rule(basis="fixed", amount=200)
        for user in (self.user_outsider, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                self.env["outsourcing.rule.preview"].with_user(user).create({"rule_id": rule.id}).read(
                    ["formula"]
                )

    def test_clause_above_its_cap_is_refused_in_every_basis(self):
        works = self._create_works_draft()
        service = self._create_contract()
        for contract, vals in (
            (service, {"basis": "fixed", "amount": 600, "cap_period": 500}),
            (service, {"basis": "fixed", "amount": 600, "cap_total": 500}),
            (service, {"basis": "fixed", "amount": 100, "cap_period": 600, "cap_total": 500}),
            (service, {"basis": "percent_period", "rate": 5.0, "cap_period": 599.99}),
            (service, {"basis": "percent_contract", "rate": 5.0, "cap_total": 7199.99}),
            (works, {"basis": "percent_milestone", "rate": 5.0, "cap_total": 2999.99}),
        ):
            with self.assertRaisesRegex(ValidationError, "cap", msg=vals), self.cr.savepoint():
                self._create_rule(contract, **vals)
            self.assertFalse(contract.rule_ids.filtered(lambda rule: rule.name == "Late"))

    def test_clause_at_its_cap_is_accepted(self):
        rule = self._create_rule(basis="percent_period", rate=5.0, cap_period=600.0)
        self.assertTrue(rule)

    def test_clause_above_the_cap_of_the_contract_is_not_submitted(self):
        contract = self._create_contract()
        contract.rule_ids = [Command.clear()]
        self._create_rule(contract, basis="fixed", amount=600)
        contract.penalty_cap = 500.0
        with self.assertRaisesRegex(UserError, r"\$600.00 and is above the cap of \$500.00"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")
