from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged

from ..models.workflow.gate import open_gate
from .common import OutsourcingCommon

CLAUSES = [
    {"name": "Fixed", "basis": "fixed", "amount": 1000.0},
    {"name": "Each day", "basis": "fixed", "amount": 200.0, "per": "day"},
    {"name": "Of the period", "basis": "percent_period", "rate": 5.0},
    {"name": "Of the milestone", "basis": "percent_milestone", "rate": 5.0},
    {"name": "Of the contract", "basis": "percent_contract", "rate": 5.0},
    {"name": "Loss", "basis": "actual_loss", "cap_period": 3000.0},
    {"name": "Reward", "basis": "fixed", "amount": 500.0, "direction": "reward"},
]


class ManualCommon(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        first = cls.today.replace(day=1) - relativedelta(months=3)
        cls.term = {"date_start": first, "date_end": first + relativedelta(months=12, days=-1)}

    @classmethod
    def _run(cls, contract):
        """Let a draft run without the papers of its activation, which are not the matter here."""
        open_gate(contract).write({"state": "active"})
        return contract

    def _form(self, contract, user=None, **defaults):
        context = {"default_contract_id": contract.id, **defaults}
        return Form(
            self.env["outsourcing.adjustment"]
            .with_user(user or self.user_supervisor)
            .with_context(**context),
            "property_outsourcing.outsourcing_adjustment_view_form",
        )

    def _fill(self, rule, user=None):
        """Fill in the form from empty, as a person does, and save it."""
        form = self._form(rule.contract_id, user)
        form.rule_id = rule
        if rule.basis == "actual_loss":
            form.uncapped_amount = 800.0
        form.reason = "Seen on the round, two witnesses"
        return form.save()


@tagged("post_install", "-at_install")
class TestAdjustmentManual(ManualCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(**cls.term)
        cls.contract.rule_ids = [Command.clear(), *(Command.create(vals) for vals in CLAUSES)]
        cls._run(cls.contract)
        cls.rules = {rule.name: rule for rule in cls.contract.rule_ids}
        cls.this_month = cls.contract._get_period(cls.today)

    def test_every_basis_is_filled_in_from_empty_and_saved(self):
        expected = {
            "Fixed": 1000.0, "Each day": 200.0, "Of the period": 600.0, "Of the milestone": 600.0,
            "Of the contract": 7200.0, "Loss": 800.0, "Reward": 500.0,
        }  # fmt: skip
        for name, rule in self.rules.items():
            with self.subTest(name):
                self.assertEqual(self._fill(rule).amount, expected[name])

    def test_the_clause_fills_period_and_figures_while_it_is_chosen(self):
        form = self._form(self.contract)
        form.rule_id = self.rules["Of the period"]
        self.assertEqual((form.basis, form.rate, form.amount), ("percent_period", 5.0, 600.0))
        self.assertEqual((form.milestone_id, form.basis_amount), (self.this_month, 12000.0))
        self.assertIn("× 5% = ", form.formula)
        form.date = self.today - relativedelta(months=1)
        self.assertEqual(form.milestone_id, self.contract._get_period(form.date))

    def test_the_amount_follows_quantity_and_loss_while_typing(self):
        form = self._form(self.contract)
        form.rule_id = self.rules["Each day"]
        form.quantity = 3.0
        self.assertEqual(form.amount, 600.0)
        form.rule_id = self.rules["Loss"]
        self.assertEqual(form.amount, 0.0)
        form.uncapped_amount = 5000.0
        self.assertEqual(form.amount, 3000.0)
        form.uncapped_amount = 2000.0
        form.reason = "Invoice of the glazier"
        adjustment = form.save()
        self.assertEqual((adjustment.uncapped_amount, adjustment.amount), (2000.0, 2000.0))

    def test_every_preset_of_every_service_type_can_be_applied(self):
        for service in self.env["outsourcing.service.type"].search([("rule_ids", "!=", False)]):
            vals = {**self.term, "service_type_id": service.id, "amount_total": 50000.0}
            if service.kind == "works":
                vals["milestone_ids"] = [
                    Command.create({"name": "All", "percent": 100, "kind": "completion"})
                ]
            contract = self._run(self._create_contract(**vals))
            for rule in contract.rule_ids:
                with self.subTest(f"{service.name}: {rule.name}"):
                    self.assertGreater(self._fill(rule, self.user_manager).amount, 0.0)

    def test_a_supervisor_proposes_and_a_manager_is_asked(self):
        adjustment = self._fill(self.rules["Fixed"])
        self.assertEqual(adjustment.proposed_by_id, self.user_supervisor)
        self.assertEqual(adjustment.activity_ids.user_id, self.user_manager)
        self.assertFalse(adjustment.may_decide)
        with self.assertRaisesRegex(AccessError, "not the person who may take this step"):
            adjustment.action_confirm()
        decided = adjustment.with_user(self.user_manager)
        self.assertTrue(decided.may_decide)
        decided.action_confirm()
        self.assertFalse(adjustment.activity_ids)
        adjustment.with_user(self.portal_contractor)._portal_appeal("We wore them")
        self.assertEqual(adjustment.activity_ids.user_id, self.user_manager)

    def test_a_manager_does_not_confirm_what_he_proposed(self):
        adjustment = self._fill(self.rules["Fixed"], self.user_manager)
        self.assertFalse(adjustment.may_decide)
        with self.assertRaisesRegex(UserError, "already acted as Proposed by"):
            adjustment.action_confirm()
        adjustment.with_user(self.user_manager2).action_confirm()

    def test_all_that_is_missing_is_said_at_once(self):
        adjustments = self.env["outsourcing.adjustment"].with_user(self.user_supervisor)
        vals = {"rule_id": self.rules["Of the period"].id, "quantity": 0.0, "reason": " "}
        with self.assertRefused("State the reason or the fact this penalty or reward rests on.") as refusal:
            adjustments.create(vals)
        for sentence in ("quantity above zero", "payment row the percentage", "State the reason"):
            self.assertIn(sentence, str(refusal.exception))
        with self.assertRaisesRegex(UserError, "Choose the contract and the clause"):
            adjustments.create({"contract_id": self.contract.id, "reason": "x"})
        with self.assertRaisesRegex(UserError, "Enter the actual loss"):
            adjustments.create({"rule_id": self.rules["Loss"].id, "reason": "x"})

    def test_the_proposer_is_not_sent_and_figures_are_not_typed(self):
        vals = {"rule_id": self.rules["Fixed"].id, "reason": "x", "amount": 1.0}
        adjustments = self.env["outsourcing.adjustment"].with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "written by the system alone"):
            adjustments.create({**vals, "proposed_by_id": self.user_manager.id})
        with self.assertRaisesRegex(UserError, "written by the system alone"):
            adjustments.with_context(default_proposed_by_id=self.user_manager.id).create(vals)
        self.assertEqual(adjustments.create(vals).amount, 1000.0)

    def test_a_supervisor_rewrites_only_the_own_proposal(self):
        adjustment = self._fill(self.rules["Fixed"])
        adjustment.reason = "Seen on the round, three witnesses"
        other = adjustment.with_user(self.user_supervisor2)
        self.assertTrue(other.has_access("read"))
        self.assertFalse(other.has_access("write"))
        adjustment.with_user(self.user_manager).action_confirm()
        self.assertFalse(adjustment.has_access("write"))

    def test_facts_of_another_contract_prove_nothing(self):
        other = self._run(self._create_contract(**self.term))
        fact = other._record_fact("incident", self.community, date=self.today)
        with self.assertRaisesRegex(ValidationError, "must belong to the contract"):
            self.env["outsourcing.adjustment"].with_user(self.user_supervisor).create(
                {"rule_id": self.rules["Fixed"].id, "fact_ids": [Command.link(fact.id)]}
            )

    def test_its_day_lies_within_what_has_happened_under_a_running_contract(self):
        form = self._form(self.contract)
        form.rule_id, form.reason = self.rules["Fixed"], "x"
        form.date = self.today + relativedelta(days=1)
        with self.assertRaisesRegex(ValidationError, "lies between the start of the contract"):
            form.save()
        draft = self._create_contract(**self.term)
        with self.assertRaisesRegex(ValidationError, "nothing is deducted or rewarded under it"):
            self.env["outsourcing.adjustment"].with_user(self.user_manager).create(
                {"rule_id": draft.rule_ids[0].id, "milestone_id": draft.milestone_ids[0].id, "reason": "x"}
            )

    def test_once_per_period_holds_for_what_people_propose(self):
        rule = self.rules["Of the period"]
        open_gate(rule).write({"per": "period"})
        self._fill(rule)
        with self.assertRaisesRegex(UserError, "has already been applied to this period: "):
            self._fill(rule, self.user_manager)

    def test_each_community_is_proposed_for_by_its_own_people(self):
        open_gate(self.contract).write({"community_ids": [Command.link(self.other_community.id)]})
        adjustment = self._fill(self.rules["Fixed"], self.user_outsider)
        self.assertEqual(adjustment.community_id, self.other_community)
        self.assertFalse(adjustment.milestone_id)


@tagged("post_install", "-at_install")
class TestAdjustmentTour(ManualCommon, HttpCase):
    browser_size = "1440x900"

    def test_a_penalty_is_proposed_from_the_contract_and_confirmed_by_another(self):
        contract = self._create_works_draft(**self.term)
        contract.rule_ids = [Command.create({"name": "Work at height without belt", "amount": 1000.0})]
        self._run(contract)
        url = f"/odoo/outsourcing-contracts/{contract.id}"
        self.start_tour(url, "outsourcing_adjustment_propose", login=self.user_supervisor.login)
        proposal = contract.adjustment_ids
        self.assertEqual((proposal.amount, proposal.proposed_by_id), (2000.0, self.user_supervisor))
        url = f"/odoo/outsourcing-adjustments/{proposal.id}"
        self.start_tour(url, "outsourcing_adjustment_confirm", login=self.user_manager.login)
        self.env.invalidate_all()
        self.assertEqual((proposal.state, proposal.confirmed_by_id), ("confirmed", self.user_manager))
