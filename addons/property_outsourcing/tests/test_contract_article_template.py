from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractArticleTemplate(OutsourcingCommon):
    """A company words once what contracts say beside figures; a draft may differ, a signature fixes it."""

    def _print(self, contract):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing.report_outsourcing_contract_document"
        return " ".join(report._render_qweb_html(name, contract.ids)[0].decode().split())

    def _get_template(self, name):
        return self.env.ref(f"property_outsourcing.contract_article_{name}")

    def test_a_draft_starts_from_the_templates_of_its_kind(self):
        templates = self._create_contract().article_ids.template_id
        self.assertIn(self._get_template("liability"), templates)
        self.assertNotIn(self._get_template("start"), templates)
        self.assertIn(self._get_template("start"), self._create_works_draft().article_ids.template_id)

    def test_each_line_is_printed_as_a_numbered_clause_with_the_figures(self):
        contract = self._create_contract(payment_days=20)
        text = self._print(contract)
        row = contract.article_ids.filtered(lambda row: row.template_id == self._get_template("invoice"))
        number = dict((article.key, number) for article, number in contract._number_articles())[
            f"article:{row.id}"
        ]
        self.assertIn(f'data-article="Article {number}">Invoice and time of payment</h2>', text)
        self.assertIn(f"<p>{number}.2 Party A pays within 20 working days", text)
        self.assertIn("issues a Special VAT invoice at a rate of", text)

    def test_an_article_on_what_was_not_agreed_is_left_out(self):
        contract = self._create_contract()
        self.assertNotIn("Return of the performance bond", self._print(contract))
        contract.write({"bond_kind": "guarantee", "bond_rate": 5})
        self.assertIn("Return of the performance bond", self._print(contract))

    def test_a_draft_is_edited_and_what_is_handed_in_is_not(self):
        contract = self._create_contract().with_user(self.user_supervisor)
        contract.article_ids[0].text = "Agreed between us."
        self.assertIn("Agreed between us.", self._print(contract))
        self._activate(contract.with_env(self.env))
        with self.assertRaisesRegex(UserError, "its lines can no longer be changed"):
            contract.article_ids[0].text = "Something else"

    def test_a_template_that_changes_leaves_contracts_as_they_are(self):
        contract = self._create_contract()
        template = self._get_template("integrity").with_user(self.user_admin)
        template.text = "No gifts."
        self.assertEqual(template.version, 2)
        row = contract.article_ids.filtered(lambda row: row.template_id == template)
        self.assertEqual(row.version, 1)
        self.assertNotIn("No gifts.", self._print(contract))
        contract.action_load_presets()
        self.assertEqual(contract.article_ids.filtered(lambda row: row.template_id == template).version, 2)

    def test_a_name_nobody_knows_is_refused_with_those_that_are(self):
        template = self._get_template("notices").with_user(self.user_admin)
        with self.assertRaisesRegex(ValidationError, r"nothing is known to print for \{bank\}.*\{client\}"):
            template.text = "Pay to {bank}."

    def test_an_article_of_ones_own_is_added_to_a_draft(self):
        contract = self._create_contract().with_user(self.user_supervisor)
        contract.article_ids = [Command.create({"name": "Parking", "text": "Free.", "place": "last"})]
        self.assertIn(">Parking</h2>", self._print(contract))

    def test_templates_are_the_administrators(self):
        with self.assertRaises(AccessError):  # core's own
            self._get_template("notices").with_user(self.user_manager).write({"text": "x"})
