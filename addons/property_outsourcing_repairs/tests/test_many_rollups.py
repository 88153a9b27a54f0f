from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestManyRollups(DocumentsCommon, RepairsCommon):
    """Orders of thirty frameworks are accepted, disputed and rolled up in the queries of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        repairs = cls.env.ref("property_outsourcing.service_type_repairs")
        drafts = [
            cls._create_framework_draft(**cls._create_parties(number, repairs))
            for number in range(cls.MANY + 2)
        ]
        cls.frameworks = cls._activate(drafts[0].union(*drafts[1:]))
        orders = [cls._call_off(framework, {"MB-01": 2}) for framework in cls.frameworks]
        cls.orders = orders[0].union(*orders[1:])
        cls.orders.outsourcing_order_line_ids._gated().write(
            {"quantity_reported": 2, "quantity_performed": 1}
        )
        cls._set_state("reported", outsourcing_reported_by_id=cls.portal_contractor.id)

    @classmethod
    def _set_state(cls, state, **vals):
        open_gate(cls.orders).write({"outsourcing_measure_state": state, **vals})

    def test_the_month_of_many_frameworks_costs_what_one_costs(self):
        self._set_state(
            "accepted",
            outsourcing_date_accepted=self.MONTH,
            outsourcing_checked_by_id=self.user_supervisor.id,
        )
        core = self._add_lines_by_core
        self._take_steps(
            self.frameworks, Step("outsourcing.contract._create_rollups", args=(self.MONTH,), core=core)
        )
        self.assertEqual(self.frameworks.milestone_ids.mapped("amount"), [185.0] * len(self.frameworks))

    def test_months_are_rolled_up_by_hand_for_the_price_of_one(self):
        self._set_state(
            "accepted",
            outsourcing_date_accepted=self.MONTH,
            outsourcing_checked_by_id=self.user_supervisor.id,
        )
        core = self._add_lines_by_core
        self._take_steps(
            self.frameworks, Step("outsourcing.contract.action_roll_up", self.user_manager, core=core)
        )
        self.assertTrue(all(self.frameworks.mapped("milestone_ids")))

    def test_quantities_are_accepted_for_the_price_of_one(self):
        self.orders.outsourcing_order_line_ids._gated().write({"quantity_performed": 2})
        supervisor, core = self.user_supervisor, self.CLOSING
        self._take_steps(
            self.orders, Step("project.task.action_outsourcing_accept_quantities", supervisor, core=core)
        )
        self.assertEqual(set(self.orders.mapped("outsourcing_measure_state")), {"accepted"})

    def test_quantities_of_large_orders_are_accepted_for_the_price_of_one(self):
        self.orders.outsourcing_order_line_ids._gated().write({"quantity_performed": 2})
        self.company.outsourcing_repairs_manager_amount = 100.0
        self._take_steps(
            self.orders,
            Step("project.task.action_outsourcing_accept_quantities", self.user_supervisor),
            Step("project.task.action_outsourcing_approve_quantities", self.user_manager2, core=self.CLOSING),
        )
        self.assertEqual(set(self.orders.mapped("outsourcing_measure_state")), {"accepted"})

    def test_quantities_are_sent_back_for_the_price_of_one(self):
        self._take_steps(
            self.orders, Step("project.task.action_outsourcing_return_quantities", self.user_supervisor)
        )
        self.assertEqual(set(self.orders.mapped("outsourcing_measure_state")), {"estimate"})

    def test_unanswered_reports_have_an_outcome_for_the_price_of_one(self):
        for silence in ("escalate", "deemed"):
            self.company.outsourcing_repairs_silence = silence
            self._take_steps(self.orders, Step("project.task._process_unanswered_reports", core=self.CLOSING))

    def test_disputes_are_answered_for_the_price_of_one(self):
        self._set_state("accepted", outsourcing_checked_by_id=self.user_supervisor.id)
        steps = (
            Step("project.task.action_outsourcing_uphold_cut", self.user_manager),
            Step("project.task._uphold_cut", self.user_manager, ("Measured twice",)),
            Step("project.task._process_unanswered_disputes"),
            Step("project.task.action_outsourcing_grant_dispute", self.user_manager),
        )
        for step in steps:
            open_gate(self.orders).write({"outsourcing_dispute_state": "disputed"})
            self._take_steps(self.orders, step)
        self.assertEqual(set(self.orders.mapped("outsourcing_dispute_state")), {"granted"})
