from functools import partial
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
LOGGERS = ("odoo.sql_db", "odoo.service.model")


@tagged("post_install", "-at_install")
class TestComplaintRace(TransactionCase):
    """Two real sessions answer, or merge, in the same second: the first one counts, the second is told."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            env = api.Environment(cr, SUPERUSER_ID, QUIET)
            self.community = env["outsourcing.community"].create({"name": "Two sessions"})
            self.account = self.community.analytic_account_id
            complaints = env["outsourcing.complaint"]._as_system()
            self.rows = complaints.create([self._prepare(name) for name in "AB"])
            self.rows._transition_to("accepted")
            self.rows[:1]._transition_to("done")
        self.addCleanup(self._remove)

    def _prepare(self, text):
        people = [Command.create({"name": name, "channel": "page"}) for name in ("Wang", "Li")]
        return {"description": text, "community_id": self.community.id, "reporter_ids": people}

    def _remove(self):
        ids = tuple(self.rows.ids)
        with self.registry.cursor() as cr:
            for table in ("mail_activity", "mail_message", "mail_followers"):
                model = "model" if table == "mail_message" else "res_model"
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = 'outsourcing.complaint' AND res_id IN %s",
                        SQL.identifier(table),
                        SQL.identifier(model),
                        ids,
                    )
                )
            cr.execute(SQL("UPDATE outsourcing_complaint SET merged_into_id = NULL WHERE id IN %s", ids))
            for records in (self.rows, self.community, self.account):
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _open_session(self):
        """Return the complaints on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1 FROM outsourcing_complaint LIMIT 1")
        return api.Environment(cr, SUPERUSER_ID, QUIET)["outsourcing.complaint"].browse(self.rows.ids)

    def _confirm(self, rows):
        rows[:1].sudo()._confirm_from_page(5, "Thank you")
        rows.env.flush_all()

    def _return(self, rows):
        rows[:1].sudo()._return_from_page("It stands again")
        rows.env.flush_all()

    def _close(self, rows):
        rows[:1]._as_system()._transition_to("closed")
        rows.env.flush_all()

    def _merge(self, rows):
        rows[1:]._as_system()._merge_into(rows[:1])
        rows.env.flush_all()

    def _race(self, first, second):
        """Run ``first`` and ``second`` on two connections; the second begins before the first is over."""
        one, two = self._open_session(), self._open_session()
        first(one)
        two.env.cr.execute("SET LOCAL lock_timeout = '300ms'")
        with self.assertRaises(LockNotAvailable):
            second(two)
        two.env.cr.rollback()
        two = self._open_session()
        one.env.cr.commit()
        with patch("odoo.service.model.random.uniform", return_value=0.0):
            retrying(partial(second, two), two.env)

    @mute_logger(*LOGGERS)
    def test_who_returns_while_another_confirms_is_told(self):
        with self.assertRaisesRegex(UserError, "This was answered already"):
            self._race(self._confirm, self._return)
        row = self._open_session()[:1]
        self.assertEqual((row.state, row.return_count, row.stars), ("confirmed", 0, 5))

    @mute_logger(*LOGGERS)
    def test_who_confirms_while_another_returns_is_told(self):
        with self.assertRaisesRegex(UserError, "This was answered already"):
            self._race(self._return, self._confirm)
        row = self._open_session()[:1]
        self.assertEqual((row.state, row.return_count, row.stars), ("returned", 1, 0))

    @mute_logger(*LOGGERS)
    def test_nothing_is_merged_into_what_is_closed_in_the_same_second(self):
        with self.assertRaisesRegex(UserError, "nothing more is merged into it"):
            self._race(self._close, self._merge)
        self.assertEqual(self._open_session().mapped("state"), ["closed", "accepted"])

    @mute_logger(*LOGGERS)
    def test_what_others_are_merged_into_is_not_closed_over_them(self):
        self._race(self._merge, self._close)
        rows = self._open_session()
        self.assertEqual(rows.mapped("state"), ["closed", "merged"])
        self.assertEqual(rows[1:].merged_into_id, rows[:1])
