from datetime import timedelta

from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalWorker(PortalCommon):
    """What a phone keeps to be read without signal is this person's work, and nothing of anybody else."""

    def _get_work(self, user):
        return self._page("/my/outsourcing/work", user).json()["rows"]

    def _get_rounds(self):
        rows = self._get_work(self.portal_contractor)
        return [row for row in rows if "/inspections/" in row["url"]]

    def test_worker_may_control_the_pages_of_every_language(self):
        answer = self._page("/my/outsourcing/worker.js")
        self.assertEqual(answer.headers["Service-Worker-Allowed"], "/")
        self.assertEqual(answer.headers["Cache-Control"], "no-cache")
        self.assertNotIn("session_id", answer.cookies)

    def test_shell_holds_no_token_and_no_name(self):
        self._log_in(self.portal_contractor)
        answer = self._page("/my/outsourcing/offline")
        self.assertNotIn(self.portal_contractor.name, answer.text)
        self.assertNotIn("csrf", answer.text)

    def test_shell_speaks_the_language_that_is_asked_for(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        answer = self._page("/my/outsourcing/offline?lang=zh_CN")
        self.assertEqual(answer.headers["Content-Language"], "zh_CN")
        self.assertIn('lang="zh-CN"', answer.text)

    def test_work_of_the_next_days_comes_with_address_and_items(self):
        self.community.address = "1 Sunshine Road"
        self._create_inspection(date_planned=self.today + timedelta(days=2))
        [row] = self._get_rounds()
        self.assertEqual((row["title"], row["address"]), (self.elevator.name, "1 Sunshine Road"))
        self.assertEqual(row["items"], ["Doors close", "Overlap of the lock hook"])

    def test_round_of_next_week_is_not_kept(self):
        self._create_inspection(date_planned=self.today + timedelta(days=8))
        self.assertFalse(self._get_rounds())

    def test_work_of_another_firm_and_what_residents_wrote_stay_away(self):
        order = self._create_order()
        order.description = "Call Mrs Li, 13900000000"
        self.assertNotIn("Mrs Li", str(self._get_work(self.portal_contractor)))
        self.assertFalse(self._get_work(self.portal_competitor))

    def test_nobody_who_is_not_logged_in_gets_any_work(self):
        self._log_in(None)
        self.assertNotIn("application/json", self._page("/my/outsourcing/work").headers["Content-Type"])
