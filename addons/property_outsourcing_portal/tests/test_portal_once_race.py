from functools import partial
from threading import Barrier, Thread
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

KEY = "cafe" * 8


@tagged("post_install", "-at_install")
class TestPortalOnceRace(TransactionCase):
    """The same form comes through several real sessions at the same moment."""

    def setUp(self):
        super().setUp()
        self.answers = []
        self.addCleanup(self._remove)

    def _remove(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM outsourcing_portal_post WHERE client_key = %s", [KEY])

    def _record(self, env, barrier):
        """Do what a request does: take the key, record, keep the answer."""
        posts = env["outsourcing.portal.post"]
        post, is_new = posts._claim(KEY, "digest", "/my/outsourcing/logs/create")
        if not is_new:
            return post.answer
        if barrier:
            barrier.wait(5)
        partner = env["res.partner"].create({"name": f"Made under {KEY}"})
        post._finish(partner, {"url": f"/{partner.id}"}, None)
        return post.answer

    def _send(self, start):
        start.wait(10)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.answers.append(retrying(partial(self._record, env, None), env))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_ten_at_once_make_one_record_and_get_one_answer(self):
        start = Barrier(10)
        with patch("odoo.service.model.time.sleep"):
            threads = [Thread(target=self._send, args=(start,)) for _number in range(10)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(len(self.answers), 10)
        self.assertEqual(len({answer["url"] for answer in self.answers}), 1)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            made = env["res.partner"].search([("name", "=", f"Made under {KEY}")])
            self.assertEqual(len(made), 1)
            made.unlink()
