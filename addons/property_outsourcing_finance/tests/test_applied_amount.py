from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestAppliedAmount(SettlementCommon):
    """A firm that applies for less than was accepted is paid that; the rest stays payable."""

    def _apply(self, row, amount):
        contract = row.contract_id.with_user(self.portal_contractor)
        applications = self.env["outsourcing.payment.application"].with_user(self.portal_contractor)
        return applications._portal_apply(contract, {row.id: amount}).sudo()

    def test_the_lower_amount_is_settled_and_the_rest_stays(self):
        row = self._create_service().milestone_ids[0]
        accepted = row.amount_to_settle
        application = self._apply(row, accepted - 100.0)
        settlement = self._settle(row)
        line = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        self.assertEqual(line.quantity, accepted - 100.0)
        self.assertIn("may still be applied for", line.formula)
        self.assertEqual(row.amount_to_settle, 100.0)
        self.assertEqual((application.state, application.settlement_id), ("settled", settlement))
        settlement.with_user(self.user_supervisor).action_generate_lines()
        line = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        self.assertEqual(line.quantity, accepted - 100.0, "taken over again, it is the same")
        self._apply(row, 100.0)
        rest = self._settle(row)
        self.assertEqual(rest.line_ids.filtered(lambda line: line.kind == "milestone").quantity, 100.0)
        self.assertEqual(row.amount_to_settle, 0.0)

    def test_without_an_application_all_of_it_is_settled(self):
        row = self._create_service().milestone_ids[0]
        accepted = row.amount_to_settle
        settlement = self._settle(row)
        line = settlement.line_ids.filtered(lambda line: line.kind == "milestone")
        self.assertEqual(line.quantity, accepted)
        self.assertNotIn("applied for", line.formula)
