from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalCommon

EPOCH = fields.Datetime.to_datetime("1970-01-01 00:00:00")


@tagged("post_install", "-at_install")
class TestPortalActTime(PortalCommon):
    """What was done without signal counts from when it was done, where that is plausible."""

    def setUp(self):
        super().setUp()
        self.order = self._create_order()
        self.url = f"/my/outsourcing/orders/{self.order.id}"
        self.now = fields.Datetime.now()
        hours_ago = self.now - timedelta(hours=100)
        self.order._gated().write(
            {"outsourcing_date_requested": hours_ago, "outsourcing_date_entered": hours_ago}
        )

    def _report(self, step="responded", ago=timedelta(0), clock=timedelta(0), key="a"):
        """Report ``step`` as done ``ago`` by a phone whose clock is wrong by ``clock``."""
        sent = fields.Datetime.now() + clock
        stamps = {"sent_at": sent, "acted_at": sent - ago}
        data = {name: int((moment - EPOCH).total_seconds() * 1000) for name, moment in stamps.items()}
        self._send(
            f"{self.url}/report", {"step": step, "client_key": key * 32, **data}, self.portal_contractor
        )
        self.env.invalidate_all()
        return self.env["outsourcing.portal.post"].sudo().search([("client_key", "=", key * 32)])

    def _assert_near(self, moment, ago):
        self.assertAlmostEqual(moment, fields.Datetime.now() - ago, delta=timedelta(minutes=1))

    def test_step_counts_from_when_it_was_taken(self):
        post = self._report(ago=timedelta(hours=2))
        self._assert_near(self.order.outsourcing_date_responded, timedelta(hours=2))
        self.assertTrue(post.is_act_counted)
        self._assert_near(post.date_received, timedelta(0))
        self.assertIn("the time on site counts", self.order.message_ids[0].body)
        self.assertIn("the time on site counts", self._page(self.url).text)

    def test_step_sent_at_once_says_nothing_of_it(self):
        self._report()
        self.assertNotIn("o_outsourcing_late", self._page(self.url).text)

    def test_wrong_clock_of_the_phone_does_not_matter(self):
        for number, days in enumerate((365, -365)):
            with self.subTest(days=days):
                step = ("responded", "arrived")[number]
                post = self._report(step, timedelta(hours=2 - number), timedelta(days=days), "bc"[number])
                self._assert_near(self.order[f"outsourcing_date_{step}"], timedelta(hours=2 - number))
                self.assertIn("The clock of the phone showed", post._describe_act())

    def test_too_long_ago_counts_from_the_receipt(self):
        self.order.company_id.outsourcing_act_hours = 24
        post = self._report(ago=timedelta(hours=25))
        self._assert_near(self.order.outsourcing_date_responded, timedelta(0))
        self.assertEqual(post.doubt, "old")
        self.assertIn("is too long ago", self._page(self.url).text)

    def test_the_future_counts_from_the_receipt(self):
        post = self._report(ago=timedelta(hours=-3))
        self._assert_near(self.order.outsourcing_date_responded, timedelta(0))
        self.assertEqual(post.doubt, "future")

    def test_before_the_step_ahead_of_it_counts_from_the_receipt(self):
        self._report()
        post = self._report("arrived", timedelta(hours=2), key="d")
        self._assert_near(self.order.outsourcing_date_arrived, timedelta(0))
        self.assertEqual(post.doubt, "before")

    def test_penalty_of_a_limit_is_taken_back(self):
        self.order._gated().write({"outsourcing_priority": "p1"})
        self.env["project.task"]._cron_update_sla_states()
        deadline = self.order.outsourcing_sla_response_deadline
        self.assertIn("response", self.order.outsourcing_missed_limits)
        ago = fields.Datetime.now() - deadline + timedelta(minutes=1)
        self.order.company_id.outsourcing_act_hours = 200
        self._report(ago=ago)
        self.assertNotIn("response", self.order.outsourcing_missed_limits or "")

    def test_clients_cannot_tell_the_time_by_the_context(self):
        order = self.order.with_user(self.portal_contractor)
        for forged in ("2026-01-01", {"moment": "2026-01-01", "doubt": ""}, True):
            order.with_context(outsourcing_act=forged)._portal_report("responded")
            self._assert_near(self.order.outsourcing_date_responded, timedelta(0))
            self.order._gated().outsourcing_date_responded = False

    def test_nonsense_of_a_phone_is_no_time(self):
        for number, value in enumerate(("", "nan", "-5", "9" * 40, "0", "9999999999999")):
            data = {"step": "responded", "client_key": str(number) * 32, "sent_at": value, "acted_at": "1"}
            self._send(f"{self.url}/report", data, self.portal_contractor)
            self._assert_near(self.order.outsourcing_date_responded, timedelta(0))
            self.order._gated().outsourcing_date_responded = False
