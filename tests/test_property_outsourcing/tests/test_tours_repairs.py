from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

from .common import StoryCommon


class RepairsTours(RepairsFactory, StoryCommon, HttpCase):
    """A framework with one order called off; everybody does their part in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        cls.last_month = today.replace(day=1) - relativedelta(days=1)
        cls.framework = cls._create_framework(
            date_start=today - relativedelta(months=6), date_end=today + relativedelta(months=6)
        )
        cls.order = cls._call_off(cls.framework, {"MB-01": 2})

    def _tour(self, url, name, user):
        self.start_tour(url, name, login=user.login, timeout=180)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestRepairsToursPhone(RepairsTours):
    browser_size = "375x667"
    touch_enabled = True

    def test_contractor_reports_quantities_from_the_site(self):
        self._tour("/my/outsourcing", "outsourcing_repairs_report", self.portal_contractor)
        self.assertEqual(self.order.outsourcing_measure_state, "reported")
        self.assertEqual(self.order.outsourcing_order_amount, 370.0)


@tagged("post_install", "-at_install")
class TestRepairsToursDesktop(RepairsTours):
    browser_size = "1440x900"

    def test_the_month_goes_from_acceptance_to_settlement(self):
        self._report(self.order)
        url = f"/odoo/action-property_outsourcing.outsourcing_order_action/{self.order.id}"
        self._tour(url, "outsourcing_repairs_accept", self.user_supervisor)
        self.assertEqual(self.order.outsourcing_measure_state, "accepted")
        open_gate(self.order).outsourcing_date_accepted = self.last_month
        self.env.flush_all()

        url = f"/odoo/outsourcing-contracts/{self.framework.id}"
        self._tour(url, "outsourcing_repairs_roll_up", self.user_manager)
        self.assertEqual(self.framework.milestone_ids.amount_accepted, 370.0)
        self._tour(url, "outsourcing_repairs_settle", self.user_supervisor)
        settlement = self.framework.settlement_ids
        self.assertEqual((settlement.state, settlement.amount_payable), ("submitted", 370.0))
