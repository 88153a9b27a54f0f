from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .card_common import CardCommon
from .evaluation_common import EVALUATION


@tagged("post_install", "-at_install")
class TestCardProposal(CardCommon):
    """Rules count failures in a row within one contract and kind of check, and propose."""

    def _get_colors(self):
        return self._propose_cards().sorted("id").mapped("color")

    def test_two_failures_in_a_row_propose_a_yellow_card(self):
        self._fail()
        self.assertFalse(self._propose_cards())
        self._fail()
        card = self._propose_cards()
        self.assertEqual((card.color, card.state, card.fact_count), ("yellow", "proposed", 2))
        self.assertEqual((card.contractor_id, card.contract_id), (self.contractor, self.contract))
        self.assertTrue(card.activity_ids.user_id)

    def test_the_third_failure_proposes_a_red_card(self):
        self._fail(2)
        yellow = self._propose_cards()
        self._fail()
        self.assertEqual(self._get_colors(), ["yellow", "red"])
        self.assertEqual((yellow.state, yellow.end_reason), ("dropped", "A red card is proposed instead."))

    def test_three_failures_found_at_once_propose_the_red_card_alone(self):
        self._fail(3)
        self.assertEqual(self._get_colors(), ["red"])

    def test_a_passed_check_in_between_begins_anew(self):
        self._fail()
        self._fail(fact_type="level_passed")
        self._fail()
        self.assertFalse(self._propose_cards())

    def test_a_failure_of_before_the_pass_that_is_told_later_does_not_count(self):
        self._fail(fact_type="level_passed", days_ago=5)
        self._fail(2, days_ago=10)
        self.assertFalse(self._propose_cards())

    def test_a_pass_under_one_contract_ends_no_row_of_another(self):
        self._fail(2)
        self._fail(fact_type="level_passed", contract=self._activate(self._create_contract()))
        self.assertEqual(self._get_colors(), ["yellow"])

    def test_failures_told_of_a_firm_without_a_contract_are_counted_of_the_firm(self):
        self._fail(2, contractor=self.contractor)
        card = self._propose_cards()
        self.assertEqual((card.color, card.contractor_id), ("yellow", self.contractor))
        self.assertFalse(card.contract_id)

    def test_a_firm_that_passed_since_begins_anew(self):
        self._fail(2, contractor=self.contractor)
        self._fail(fact_type="level_passed", contractor=self.contractor)
        self.assertFalse(self._propose_cards())

    def test_failures_of_two_contracts_or_kinds_are_not_added_up(self):
        self._fail()
        self._fail(fact_type="inspection_failed")
        self._fail(contract=self._activate(self._create_contract()))
        self.assertFalse(self._propose_cards())

    def test_what_turned_out_otherwise_counts_no_more(self):
        self._fail(2)[0]._void("Measured wrongly")
        self.assertFalse(self._propose_cards())

    def test_another_run_proposes_nothing_again(self):
        self._fail(2)
        self.assertEqual(self._propose_cards(), self._propose_cards())

    def test_after_a_red_card_failures_are_counted_anew(self):
        red = self._issue(3)
        self._fail(2)
        new = self._propose_cards() - red
        self.assertEqual((new.color, new.fact_count), ("yellow", 2))

    def test_failures_of_last_year_are_not_looked_at(self):
        self._fail(2, days_ago=400)
        self.assertFalse(self._propose_cards())

    def test_a_contract_that_has_ended_brings_no_card(self):
        self._fail(2)
        self.contract._gated().write({"state": "terminated"})
        self.assertFalse(self._propose_cards())

    def test_a_veto_proposes_a_red_card_when_the_quarter_is_final(self):
        evaluation = self._draft(done=10, limited=10)
        self._judge(evaluation, points=100)
        veto = self.scorecard.veto_ids.filtered(lambda veto: not veto.fact_type)[:1]
        vals = {"evaluation_id": evaluation.id, "veto_id": veto.id, "reason": "Records were forged"}
        self.env["outsourcing.evaluation.veto"].with_user(self.user_manager).create(vals)
        evaluation.with_user(self.user_manager).action_publish()
        self._finish(evaluation)
        card = self.env["outsourcing.card"].search([])
        self.assertEqual((card.color, card.rule_id), ("red", self.env.ref(f"{EVALUATION}.card_rule_veto")))

    def test_rules_that_contradict_themselves_are_refused(self):
        rule = self.env.ref(f"{EVALUATION}.card_rule_acceptance").with_user(self.user_admin)
        for vals, sentence in (
            ({"yellow_after": 0, "red_after": 0}, "say after how many failures a card is proposed."),
            ({"red_after": 2}, "a red card comes after more failures than a yellow one."),
            ({"passed_type": "level_failed"}, "a failure does not end a row of failures."),
        ):
            with self.assertRefused(sentence, ValidationError), self.env.cr.savepoint():
                rule.write(vals)
