from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from ..models.invitation.outsourcing_invitation_attempt import MINUTES, TRIES
from .common import PortalCommon

WRONG = "/outsourcing/join/%032x"


@tagged("post_install", "-at_install")
class TestInvitationAttempts(PortalCommon):
    """Wrong links are counted by address and by link, and never shut out who holds a right one."""

    def setUp(self):
        super().setUp()
        self.invitation = (
            self.env["outsourcing.invitation"]
            .with_user(self.user_supervisor)
            .create({"partner_id": self.performer.id, "login": "139 0000 0001"})
        )
        self.attempts = self.env["outsourcing.invitation.attempt"]
        self.path = "/outsourcing/join/" + self.invitation.link.rpartition("/")[2]
        self._log_in(None)

    def _is_blocked(self, path, **kwargs):
        return "o_outsourcing_blocked" in self.url_open(path, **kwargs).text

    def _guess(self, **kwargs):
        """Open as many wrong links as are allowed."""
        for number in range(TRIES):
            self.assertFalse(self._is_blocked(WRONG % number, **kwargs))

    def test_who_guesses_many_links_is_slowed_down(self):
        self._guess()
        self.assertTrue(self._is_blocked(WRONG % 999))

    def test_right_link_opens_whatever_others_tried_from_the_address(self):
        self._guess()
        self.assertIn('name="password"', self._page(self.path).text)

    def test_old_link_opened_again_and_again_is_one_attempt_of_the_address(self):
        for _n in range(TRIES):
            self._page(WRONG % 1)
        self.assertTrue(self._is_blocked(WRONG % 1))
        self.assertFalse(self._is_blocked(WRONG % 2))

    def test_link_whose_form_is_refused_too_often_is_closed_for_a_while(self):
        for _n in range(TRIES):
            self._send(self.path, {"password": "short", "confirmation": "short"})
        self.assertTrue(self._is_blocked(self.path))
        self.attempts.search([]).sudo().date = fields.Datetime.now() - timedelta(minutes=MINUTES)
        self.assertFalse(self._is_blocked(self.path))

    def test_blocked_attempts_add_no_rows(self):
        self._guess()
        before = self.attempts.search_count([])
        self._page(WRONG % 999)
        self.assertEqual(self.attempts.search_count([]), before)

    def test_address_of_a_header_is_believed_in_proxy_mode_only(self):
        sent = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "localhost"}
        self._guess(headers=sent)
        self.assertNotIn("203.0.113.9", self.attempts.search([]).mapped("address"))
        with patch.dict(config._runtime_options, {"proxy_mode": True}):
            self.assertFalse(self._is_blocked(WRONG % 999, headers=sent))
        self.assertIn("203.0.113.9", self.attempts.search([]).mapped("address"))

    def test_attempts_are_forgotten(self):
        self._guess()
        self.attempts.search([]).sudo().date = fields.Datetime.now() - timedelta(days=2)
        self.attempts.sudo()._gc_attempts()
        self.assertFalse(self.attempts.search_count([]))

    def test_nobody_of_the_portal_or_the_office_reads_addresses(self):
        for user in (self.user_supervisor, self.user_manager):
            self.assertFalse(self.attempts.with_user(user).has_access("read"))


@tagged("post_install", "-at_install")
class TestInvitationWorkers(TransactionCase):
    """Two workers: each has a connection and a memory of its own."""

    def _open_worker(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, SUPERUSER_ID, {})["outsourcing.invitation.attempt"]

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)

    def _forget(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM outsourcing_invitation_attempt WHERE address = '192.0.2.1'")

    def test_what_one_worker_counted_the_other_knows(self):
        first = self._open_worker()
        for number in range(TRIES):
            first._record("192.0.2.1", f"link {number}")
        self.assertTrue(self._open_worker()._is_address_blocked("192.0.2.1"))
        self.assertFalse(self._open_worker()._is_address_blocked("192.0.2.2"))

    def test_one_link_is_closed_for_both(self):
        workers = [self._open_worker(), self._open_worker()]
        for number in range(TRIES):
            workers[number % 2]._record("192.0.2.1", "one link")
        self.assertTrue(self._open_worker()._is_link_blocked("one link"))

    def test_attempt_outlives_the_request_that_failed(self):
        worker = self._open_worker()
        worker._record("192.0.2.1", "one link")
        worker.env.cr.rollback()
        self.assertTrue(self._open_worker().search_count([("address", "=", "192.0.2.1")]))
