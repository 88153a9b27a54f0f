from datetime import date

from odoo.tests import HttpCase, tagged

from .common import StoryCommon, on


@tagged("post_install", "-at_install")
class TestInternalTours(StoryCommon, HttpCase):
    """Manager, supervisor and finance do their one-minute jobs in the browser."""

    browser_size = "1440x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            cls.contract = cls._open_service()
        cls.row = cls.contract.milestone_ids[0]

    def _missed_twice(self):
        self._miss_daily_inspections(self.contract, [date(2026, 10, 20), date(2026, 10, 21)])
        self.env["outsourcing.inspection"].search(
            [("contract_id", "=", self.contract.id), ("state", "=", "planned")]
        )._process_missed()

    def test_manager_confirms_a_deduction_and_goes_back_to_the_inspection(self):
        self._missed_twice()
        self.start_tour("/odoo/outsourcing-adjustments", "outsourcing_manager", login=self.user_manager.login)
        self.assertEqual(self.contract.adjustment_ids.state, "confirmed")

    def test_supervisor_dispatches_a_defect(self):
        self._visit(self.contract, date(2026, 10, 12), lock_mm=6.2)
        defect = self.env["outsourcing.defect"].search([("contract_id", "=", self.contract.id)])
        url = "/odoo/action-property_outsourcing_site.outsourcing_defect_action"
        self.start_tour(url, "outsourcing_supervisor", login=self.user_supervisor.login)
        self.assertEqual(defect.state, "assigned")

    def test_finance_settles_the_month(self):
        self._missed_twice()
        adjustment = self.contract.adjustment_ids
        adjustment.with_user(self.user_manager).action_confirm()
        adjustment.with_user(self.portal_contractor)._portal_acknowledge()
        self._hand_in_report(self.row)
        self._score_month(self.row).with_user(self.portal_contractor)._portal_confirm_score()
        settlements = self.env["outsourcing.settlement"].with_user(self.user_supervisor)
        settlement = settlements._create_for_milestones(self.row.with_user(self.user_supervisor)).with_env(
            self.env
        )
        settlement.with_user(self.user_supervisor).action_submit()
        settlement.with_user(self.user_manager).action_check()
        url = "/odoo/action-property_outsourcing_finance.outsourcing_settlement_action"
        self.start_tour(url, "outsourcing_finance", login=self.user_finance.login)
        self.assertEqual(settlement.state, "approved")
        self.start_tour(url, "outsourcing_finance_bill", login=self.user_finance2.login)
        self.assertEqual((settlement.state, settlement.bill_id.amount_total), ("billed", 11400.0))


@tagged("post_install", "-at_install")
class TestInternalToursPhone(StoryCommon, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_manager_reads_a_contract_on_the_phone(self):
        with on("2026-10-01"):
            self._open_service()
        self.start_tour(
            "/odoo/outsourcing-contracts", "outsourcing_manager_phone", login=self.user_manager.login
        )
