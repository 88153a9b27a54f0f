from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptancePrint(AcceptanceCommon):
    """A sheet is called by what is accepted, and has no column nobody has filled in."""

    def _print(self, acceptance):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing_acceptance.report_acceptance_document"
        return " ".join(report._render_qweb_html(name, acceptance.ids)[0].decode().split())

    def _draft(self, row):
        return self.env["outsourcing.acceptance"].create(row._prepare_acceptance_vals())

    def test_completion_and_other_rows_of_works_have_their_titles(self):
        contract = self._create_works_contract()
        text = self._print(self._draft(contract.milestone_ids[-1]))
        self.assertIn("Acceptance of the completion of works", text)
        self.assertIn("months from the day of this acceptance", text)
        text = self._print(self._draft(contract.milestone_ids[0]))
        self.assertIn("Acceptance of works", text)
        self.assertNotIn("months from the day of this acceptance", text)
        self.assertNotIn(">Self<", text)
