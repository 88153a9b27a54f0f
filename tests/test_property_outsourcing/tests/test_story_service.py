from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import StoryCommon, on


class ServiceStory:
    """Elevator maintenance: 12,000.00 a month, two missed inspections cost 5 % once, 11,400.00 is paid."""

    def test_elevator_month_from_contract_to_payment(self):
        with on("2026-10-01"):
            contract = self._open_service()
        row = contract.milestone_ids[0]
        self.assertEqual(contract.purchase_order_id.amount_total, 144000.0)

        with on("2026-10-12"):
            visit = self._visit(contract, date(2026, 10, 12), lock_mm=6.2)
        defect = self.env["outsourcing.defect"].search([("inspection_line_id", "in", visit.line_ids.ids)])
        self.assertEqual(defect.inspection_line_id.code, "A-1-29")
        self.assertEqual((visit.state, visit.result, len(defect)), ("done", "fail", 1))

        with on("2026-10-13"):
            self._repair(defect)
        self.assertEqual(defect.state, "closed")

        adjustment = self._miss_two_days(contract)
        self.assertEqual((adjustment.amount, adjustment.milestone_id), (600.0, row))
        self.assertEqual(len(adjustment.fact_ids), 2)
        with on("2026-10-25"):
            adjustment.with_user(self.user_manager).action_confirm()
            self._check_contractor_sees(adjustment)

        with on("2026-11-02"):
            self._hand_in_report(row)
            sheet = self._score_month(row)
            sheet.with_user(self.portal_contractor)._portal_confirm_score()
            self.assertEqual((sheet.state, row.amount_accepted), ("accepted", 12000.0))
            settlement = self._settle_and_pay(row)

        self.assertEqual(settlement.amount_payable, 11400.0)
        self.assertEqual(settlement.bill_id.amount_total, 11400.0)
        self.assertEqual((settlement.state, settlement.payment_state), ("billed", "paid"))
        self._check_trail(settlement, adjustment)

    def _repair(self, defect):
        supervisor = defect.with_user(self.user_supervisor)
        supervisor.action_assign()
        self.assertEqual(defect.task_id.outsourcing_contractor_id, self.contractor)
        foreman = defect.with_user(self.portal_contractor)
        with self.assertRefused("add a photo taken after the work was done."):
            foreman._portal_rectify("Adjusted", [])
        foreman._portal_rectify("Adjusted the hook to 7.8 mm", self._photos(), self.performer)
        supervisor.action_close()

    def _miss_two_days(self, contract):
        with on("2026-10-20"):
            self._miss_daily_inspections(contract, [date(2026, 10, 20), date(2026, 10, 21)])
        with on("2026-10-24"):
            missed = self.env["outsourcing.inspection"].search(
                [
                    ("contract_id", "=", contract.id),
                    ("state", "=", "planned"),
                    ("date_due", "<", "2026-10-24"),
                ]
            )
            missed._process_missed()
        return contract.adjustment_ids

    def _check_contractor_sees(self, adjustment):
        seen = self.env["outsourcing.adjustment"].with_user(self.portal_contractor).search([])
        self.assertEqual(seen, adjustment)
        self.assertIn("5%", seen.formula)
        with self.assertRaises(AccessError):  # core's own
            adjustment.with_user(self.portal_competitor).read(["amount"])

    def _check_trail(self, settlement, adjustment):
        """From the bill line to clause, fact and inspection; and to the accepted sheet."""
        deduction = settlement.bill_id.invoice_line_ids.outsourcing_settlement_line_id.filtered(
            "adjustment_id"
        )
        self.assertEqual(deduction.adjustment_id, adjustment)
        self.assertEqual(adjustment.rule_id.name, "Visit or inspection missed")
        self.assertEqual(set(adjustment.fact_ids.mapped("res_model")), {"outsourcing.inspection"})
        source = adjustment.fact_ids[0].action_open_source()
        inspection = self.env[source["res_model"]].browse(source["res_id"])
        self.assertEqual(inspection.state, "missed")
        accepted = settlement.milestone_ids.action_open_accepted_source()
        self.assertEqual(accepted["res_model"], "outsourcing.acceptance")

    def test_silence_of_the_contractor_confirms_the_score(self):
        with on("2026-10-01"):
            contract = self._open_service()
        row = contract.milestone_ids[0]
        with on("2026-11-02"):
            sheet = self._score_month(row)
        with on(fields.Date.to_string(fields.Date.add(sheet.confirm_deadline, days=1))):
            self.env["outsourcing.acceptance"].search([("id", "=", sheet.id)])._process_deemed()
        self.assertTrue(sheet.is_deemed)
        self.assertEqual(row.amount_accepted, 12000.0)

    def test_settlement_waits_for_the_report_but_not_for_an_appeal(self):
        """12,000.00; 5 % of it, 600.00, may still be appealed: it stays behind, the rest is paid."""
        with on("2026-10-01"):
            contract = self._open_service()
        row = contract.milestone_ids[0]
        adjustment = self._miss_two_days(contract)
        with on("2026-11-02"):
            adjustment.with_user(self.user_manager).action_confirm()
            self._score_month(row).with_user(self.portal_contractor)._portal_confirm_score()
            with self.assertRaisesRegex(UserError, "Monthly test report.*Steady Elevators hands it in"):
                self._settle_and_pay(row)
            self._hand_in_report(row)
            first = self._settle_and_pay(row)
            self.assertEqual((first.amount_payable, first.amount_deduction), (11400.0, 0.0))
            self.assertRegex(first.line_ids.formula, f"600.00 held back: .*{adjustment.name}")
            adjustment.with_user(self.portal_contractor)._portal_acknowledge()
            second = self._settle(row)
            self.assertEqual((second.amount_accepted, second.amount_payable), (600.0, 0.0))


@tagged("post_install", "-at_install")
class TestServiceStoryGeneric(ServiceStory, StoryCommon):
    allow_inherited_tests_method = True


@tagged("post_install", "-at_install")
class TestServiceStoryChina(ServiceStory, StoryCommon):
    allow_inherited_tests_method = True

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()
