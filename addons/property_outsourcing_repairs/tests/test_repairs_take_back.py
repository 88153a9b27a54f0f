from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestRepairsTakeBack(RepairsCommon):
    """A roll-up is taken back by a manager while nothing follows from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._perform(cls.framework, {"MB-01": 2}, day=cls.MONTH)
        cls.rollup = cls.framework._create_rollups(cls.MONTH)
        cls.row = cls.rollup.milestone_id

    def _take_back(self, user=None):
        self.rollup.with_user(user or self.user_manager2)._take_back("Belongs to August")

    def test_orders_are_free_and_the_row_is_gone(self):
        line, name = self.row.purchase_line_ids, self.rollup.name
        self._take_back()
        for record in (self.rollup, self.row, line):
            self.assertFalse(record.exists())
        self.assertEqual(self.order.outsourcing_measure_state, "accepted")
        self.assertFalse(self.order.outsourcing_order_line_ids.rollup_id)
        self.assertEqual(self.framework.purchase_order_id.amount_total, 0.0)
        self.assertEqual((self.framework.amount_accepted, self.framework.amount_called_off), (0.0, 370.0))
        body = self.framework.message_ids[0].body
        for part in (name, "370.00", "Belongs to August", self.user_manager2.name):
            self.assertIn(part, body)

    def test_the_orders_are_rolled_up_again(self):
        self._perform(self.framework, {"ZM-01": 1}, day=date(2026, 9, 20))
        self._take_back()
        again = self.framework._create_rollups(self.MONTH)
        self.assertEqual((again.order_count, again.amount_total), (2, 438.35))
        self.assertEqual(self.framework.purchase_order_id.amount_total, 438.35)

    def test_the_reason_is_asked_for(self):
        action = self.rollup.with_user(self.user_manager2).action_take_back()
        wizard = Form.from_action(self.env(user=self.user_manager2), action)
        with self.assertRaises(AssertionError):
            wizard.save()
        wizard.reason = "Belongs to August"
        self.assertEqual(wizard.save().action_confirm()["res_id"], self.framework.id)
        self.assertFalse(self.rollup.exists())

    def test_others_than_managers_are_refused(self):
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor, self.user_outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own or ours
                self._take_back(user)
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.rollup.take.back"].with_user(self.user_supervisor).create(
                {"rollup_ids": self.rollup.ids, "reason": "x"}
            )
        with self.assertRaises(UserError):  # core's own
            self.rollup.with_user(self.user_manager).with_context(_force_unlink=True).unlink()
        with self.assertRefused("its lines can no longer be changed."):
            self.row.with_user(self.user_manager).with_context(_force_unlink=True).unlink()
        self.assertTrue(self.rollup.exists() and self.row.exists())

    def test_a_closed_framework_keeps_its_roll_ups(self):
        self.framework._gated().state = "closed"
        with self.assertRaisesRegex(UserError, "its roll-ups stay"):
            self._take_back()

    def test_a_row_a_fact_refers_to_stays(self):
        self.framework._record_fact("complaint", self.order, milestone=self.row)
        with self.assertRaisesRegex(UserError, "refer to this payment row"):
            self._take_back()
        self.assertEqual(self.order.outsourcing_measure_state, "rolled_up")
