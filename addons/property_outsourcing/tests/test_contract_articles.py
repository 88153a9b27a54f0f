from odoo import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractArticles(OutsourcingCommon):
    """A clause has one number, from the signed paper to the last bill that cites it."""

    def _print(self, contract):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing.report_outsourcing_contract_document"
        return " ".join(report._render_qweb_html(name, contract.ids)[0].decode().split())

    def test_no_two_clauses_of_a_contract_have_one_number(self):
        contract = self._create_contract()
        numbers = contract._get_clause_numbers()
        self.assertEqual(len(numbers), len(contract.rule_ids) + len(contract.duty_ids))
        self.assertEqual(len(set(numbers.values())), len(numbers))

    def test_the_number_begins_with_that_of_the_article(self):
        contract = self._create_contract()
        articles = {article.key: number for article, number in contract._number_articles()}
        numbers = contract._get_clause_numbers()
        self.assertEqual(numbers[contract.rule_ids[0]], f"{articles['rules']}.1")
        self.assertEqual(numbers[contract.rule_ids[1]], f"{articles['rules']}.2")
        self.assertEqual(set(articles.values()), set(range(1, len(articles) + 1)))
        text = self._print(contract)
        self.assertIn(f'data-article="Article {articles["rules"]}"', text)
        self.assertIn(f"<td>{articles['rules']}.2</td>", text)

    def test_the_numbers_are_kept_when_the_contract_takes_effect(self):
        contract = self._create_contract()
        self.assertFalse(contract.rule_ids[0].clause)
        numbers = contract._get_clause_numbers()
        self._activate(contract)
        for clause, number in numbers.items():
            self.assertEqual(clause.clause, number)

    def test_what_comes_later_gets_the_next_number(self):
        contract = self._create_active_contract()
        numbers = contract._get_clause_numbers()
        last = contract.rule_ids[-1].clause
        late = {"name": "Later", "basis": "fixed", "amount": 10.0, "sequence": 0}
        contract._gated().write({"rule_ids": [Command.create(late)], "retention_months": 12})
        contract.sudo()._keep_clause_numbers()
        article, position = last.split(".")
        new = contract.rule_ids.filtered(lambda rule: rule.name == "Later")
        self.assertEqual(new.clause, f"{article}.{int(position) + 1}")
        self.assertEqual({clause: clause.clause for clause in numbers}, numbers)

    def test_a_number_of_ones_own_is_kept_and_not_given_again(self):
        contract = self._create_contract()
        number = contract._get_clause_numbers()[contract.rule_ids[1]]
        contract.rule_ids[0].clause = number
        numbers = contract._get_clause_numbers()
        self.assertEqual(numbers[contract.rule_ids[0]], number)
        self.assertEqual(len(set(numbers.values())), len(numbers))

    def test_a_copy_is_numbered_anew(self):
        contract = self._create_active_contract()
        self.assertFalse(any(contract.copy().rule_ids.mapped("clause")))

    def test_a_settlement_line_cites_the_clause_of_the_print(self):
        contract = self._create_active_contract()
        rule = contract.rule_ids.filtered(lambda rule: rule.basis == "fixed")[:1]
        figures = rule._get_figures(1.0, contract.milestone_ids[:1])
        adjustment = self.env["outsourcing.adjustment"].create(
            {"contract_id": contract.id, "rule_id": rule.id, "reason": "Seen", **figures}
        )
        self.assertEqual(adjustment.clause, contract._get_clause_numbers()[rule])
        self.assertIn(
            f"under clause {rule.clause} of the contract", adjustment._prepare_settlement_line()["name"]
        )

    def test_copies_are_a_sentence_with_the_part_of_both(self):
        contract = self._create_active_contract()
        self.assertIn("is made in ____ copies of equal force: ____ for Party A", self._print(contract))
        sealed = {
            "copies": 4,
            "copies_contractor": 1,
            "kept_by": "Archive",
            "keeper_id": self.user_manager.id,
        }
        self.env["outsourcing.seal.use"].create({"contract_id": contract.id, **sealed})
        self.assertIn("made in 4 copies of equal force: 3 for Party A, 1 for Party B.", self._print(contract))

    def test_an_electronic_signature_has_its_sentence(self):
        self.assertIn(
            "a reliable electronic signature has the same legal force", self._print(self._create_contract())
        )

    def test_reasons_of_termination_say_what_has_to_have_happened(self):
        text = self._print(self._create_contract())
        self.assertIn(
            "Three or more visits or inspections missed although a written warning was given (", text
        )
        other = self.env.ref("property_outsourcing.termination_reason_other")
        self.assertFalse(other.description)  # it says nothing that could be a condition
        self.assertNotIn(f"{other.name} (", text)

    def test_limits_of_a_day_and_more_are_days(self):
        contract = self._create_contract()
        self.assertEqual(
            [contract._get_print_hours(hours) for hours in (0.5, 4, 24, 168)],
            ["30 min", "4 h", "1 days", "7 days"],
        )
