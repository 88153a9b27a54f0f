from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptancePerformance(AcceptanceCommon):
    """Sixty monthly sheets are handed over and accepted in one list, for the price of one."""

    def _create_long_contract(self):
        contract = self._create_contract(date_start="2024-01-01", date_end="2026-06-30")
        self._activate(contract)
        self.assertEqual(len(contract.milestone_ids), 30)
        return contract

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_months_are_accepted_for_the_price_of_one(self):
        counts = []
        for size in (1, 1, 30):  # the first round fills the caches
            contract = self._create_long_contract()
            rows = contract.milestone_ids[:size].with_user(self.user_supervisor)
            sheets = self.env["outsourcing.acceptance"].with_user(self.user_supervisor)
            sheets = sheets._create_month_sheets(rows)
            scored = self._count(sheets.action_score)
            accepted = self._count(sheets.with_user(self.portal_contractor)._portal_confirm_score)
            self.assertEqual(set(sheets.mapped("state")), {"accepted"})
            self.assertEqual(sum(contract.milestone_ids.mapped("amount_accepted")), 12000.0 * size)
            received = contract.purchase_order_id.order_line.mapped("qty_received")
            self.assertEqual(sum(received), 12000.0 * size)
            counts.append((scored, accepted))
        self.assertLessEqual(counts[2][0], counts[1][0] + 1, f"handing over: {counts}")
        self.assertLessEqual(counts[2][1], counts[1][1] + 1, f"accepting: {counts}")

    def test_verdicts_under_many_contracts_are_told_for_the_price_of_one(self):
        acceptances = self.env["outsourcing.acceptance"]
        for contract in self._create_active_contracts(22, self._create_works_draft):
            acceptances |= self._start(contract.milestone_ids[1])
        acceptances._gated().write({"state": "accepted"})
        groups = (acceptances[:1], acceptances[1:2], acceptances[2:])  # the first one fills the caches
        counts = [self._count(group._record_verdicts) for group in groups]
        domain = [("fact_type", "=", "acceptance_first_pass"), ("res_id", "in", acceptances.ids)]
        self.assertEqual(self.env["outsourcing.fact"].search_count(domain), 22)
        self.assertEqual(counts[1], counts[2])
