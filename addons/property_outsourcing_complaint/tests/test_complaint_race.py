from functools import partial
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo import Command
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.property_outsourcing.tests.race_common import RaceCommon

LOGGERS = ("odoo.sql_db", "odoo.service.model")


@tagged("post_install", "-at_install")
class TestComplaintRace(RaceCommon):
    """Two real sessions answer, or merge, in the same second: the first one counts, the second is told."""

    def _create_documents(self, env):
        self.community = env["outsourcing.community"].create({"name": "Two sessions"})
        complaints = env["outsourcing.complaint"]._as_system()
        self.rows = complaints.create([self._prepare(name) for name in "AB"])
        self.rows._transition_to("accepted")
        self.rows[:1]._transition_to("done")
        self.created = [self.rows, self.community, self.community.analytic_account_id]

    def _prepare(self, text):
        people = [Command.create({"name": name, "channel": "page"}) for name in ("Wang", "Li")]
        return {"description": text, "community_id": self.community.id, "reporter_ids": people}

    def _remove_dependents(self, cr):
        ids = tuple(self.rows.ids)
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

    def _open_session(self):
        """Return the complaints on a connection of its own whose view of the data begins now."""
        return super()._open_session()["outsourcing.complaint"].browse(self.rows.ids)

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
