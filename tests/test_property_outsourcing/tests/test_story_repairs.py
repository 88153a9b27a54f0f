from datetime import date

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

from .common import StoryCommon, on


class RepairsStory:
    """Three repairs of October, rolled up on 1 November, billed and paid: 370.00 + 227.61 + 95.20."""

    def test_a_month_of_repairs_from_call_off_to_payment(self):
        with on("2026-10-01"):
            framework = self._create_framework(date_start=date(2026, 10, 1), date_end=date(2027, 9, 30))
        with on("2026-10-12"):
            door = self._call_off(framework, {"MB-01": 2})
            self._accept(self._report(door))
        with on("2026-10-20"):
            lamps = self._call_off(framework, {"ZM-01": 3})
            self._report(lamps, {"ZM-01": 4})
            lamps.outsourcing_order_line_ids.with_user(self.user_supervisor).write(
                {"quantity_performed": 3.33, "cut_reason": "Measured again"}
            )
            self._accept(lamps)
            pipe = self._call_off(framework, {"GS-01": 1})
            self._accept(self._report(pipe))
        with on("2026-11-01"):
            framework._create_rollups(date(2026, 10, 1))
        row = framework.milestone_ids
        self.assertEqual((row.amount, row.amount_accepted, row.amount_to_settle), (692.81, 692.81, 692.81))
        # the month is accepted by its orders: no score sheet is made of it
        periods = self.env["outsourcing.acceptance"]._get_periods_without_sheet(date(2026, 12, 1), framework)
        self.assertFalse(periods)

        with on("2026-11-03"):
            settlement = self._settle_and_pay(row)
        self.assertEqual(settlement.amount_payable, 692.81)
        self.assertEqual(settlement.bill_id.amount_total, 692.81)
        self.assertEqual((settlement.state, settlement.payment_state), ("billed", "paid"))
        self.assertEqual((row.amount_billed, row.amount_to_bill), (692.81, 0.0))
        self._check_trail(settlement, door | lamps | pipe)

    def _check_trail(self, settlement, orders):
        """From the bill line to roll-up, orders, quantities and photos."""
        line = settlement.bill_id.invoice_line_ids.outsourcing_settlement_line_id
        action = line.milestone_id.action_open_accepted_source()
        rollup = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(rollup.order_ids, orders)
        self.assertEqual(rollup.amount_billed, 692.81)
        photos = self.env["outsourcing.evidence"].search(rollup.action_view_evidence()["domain"])
        self.assertEqual(set(photos.mapped("res_id")), set(orders.ids))

    def test_the_next_month_is_billed_for_itself(self):
        with on("2026-10-01"):
            framework = self._create_framework(date_start=date(2026, 10, 1), date_end=date(2027, 9, 30))
        for day, rolled_up in (("2026-10-12", "2026-11-01"), ("2026-11-12", "2026-12-01")):
            with on(day):
                self._perform(framework, {"MB-01": 1})
            with on(rolled_up):
                framework._create_rollups(date.fromisoformat(day).replace(day=1))
                self.assertEqual(self._settle_and_pay(framework.milestone_ids[-1]).amount_payable, 185.0)
        self.assertEqual(framework.amount_billed, 370.0)
        self.assertEqual(framework.purchase_order_id.amount_total, 370.0)

    def test_a_rolled_up_month_has_no_other_acceptance(self):
        with on("2026-10-01"):
            framework = self._create_framework(date_start=date(2026, 10, 1), date_end=date(2027, 9, 30))
            self._perform(framework, {"MB-01": 1})
        with on("2026-11-01"):
            framework._create_rollups(date(2026, 10, 1))
            with self.assertRefused("is already accepted in full."):
                framework.milestone_ids.with_user(self.user_supervisor).action_start_acceptance()


@tagged("post_install", "-at_install")
class TestRepairsStoryGeneric(RepairsStory, RepairsFactory, StoryCommon):
    allow_inherited_tests_method = True


@tagged("post_install", "-at_install")
class TestRepairsStoryChina(RepairsStory, RepairsFactory, StoryCommon):
    allow_inherited_tests_method = True

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()
