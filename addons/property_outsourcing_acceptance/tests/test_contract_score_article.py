from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestContractScoreArticle(AcceptanceCommon):
    """What a month's score takes off the fee stands in the contract."""

    def _print(self, contract):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing.report_outsourcing_contract_document"
        return " ".join(report._render_qweb_html(name, contract.ids)[0].decode().split())

    def test_sheet_and_bands_are_printed_with_the_rule_against_punishing_twice(self):
        contract = self._create_contract()
        text = self._print(contract)
        for criterion in contract._get_printed_score_sheet().criterion_ids:
            self.assertIn(f"<td>{criterion.name}</td>".replace("&", "&amp;"), text)
        for part in ('95 and above</td> <td class="o_num">100%', '85 to below 95</td> <td class="o_num">98%'):
            self.assertIn(part, text)
        self.assertIn("is not taken off the score for the same fact as well", text)

    def test_bands_of_the_service_type_replace_the_general_ones(self):
        contract = self._create_contract()
        band = {"score_from": 0, "factor": 90, "service_type_id": contract.service_type_id.id}
        self.env["outsourcing.score.band"].create(band)
        self.assertEqual(contract._get_print_bands(), [(0, False, 90)])

    def test_works_are_not_scored(self):
        self.assertNotIn("Monthly score", self._print(self._create_works_draft()))
