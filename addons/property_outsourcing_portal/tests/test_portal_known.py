from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo.api import Environment
from odoo.tests import tagged

from ..models.shell import res_users_known
from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalKnown(PortalCommon):
    """Whether there is anything in a section is looked for once a day, what waits there each time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_adjustment()
        cls.env.flush_all()

    def _open(self):
        """Open the first page; return how many sections were looked into, and what is said of all cards."""
        looked, execute = [], Environment.execute_query

        def note(env, query):
            looked.append(query.code.count("'exists'"))
            return execute(env, query)

        with patch.object(Environment, "execute_query", note):
            text = self._page("/my/outsourcing").text
        shown = text.partition("o_outsourcing_cards")[2]
        return sum(looked), shown.partition("o_outsourcing_nav")[0]

    def test_what_is_there_is_looked_for_once_a_day(self):
        self._log_in(self.portal_contractor)
        first, shown = self._open()
        second, shown_again = self._open()
        self.assertIn("/my/outsourcing/adjustments", shown)
        self.assertGreater(first, 0)
        self.assertEqual(second, 0)
        self.assertEqual(shown_again, shown)
        tomorrow = res_users_known.trade_today(self.env.user) + timedelta(days=1)
        with patch.object(res_users_known, "trade_today", lambda _user: tomorrow):
            self.assertEqual(self._open()[0], first)

    def test_what_comes_later_is_found(self):
        self._log_in(self.portal_contractor)
        self.assertNotIn("/my/outsourcing/defects", self._open()[1])
        self._create_defect()
        self.env.flush_all()
        self.assertIn("/my/outsourcing/defects", self._open()[1])

    def test_an_empty_card_comes_some_minutes_later(self):
        self._log_in(self.portal_contractor)
        self._open()
        self._create_defect()._gated().write({"state": "rectified"})
        self.env.flush_all()
        self.assertNotIn("/my/outsourcing/defects", self._open()[1])
        later = res_users_known.fields.Datetime.now() + timedelta(minutes=11)
        with patch.object(res_users_known.fields.Datetime, "now", lambda: later):
            self.assertIn("/my/outsourcing/defects", self._open()[1])

    def test_a_card_that_came_with_its_first_work_stays_when_that_is_done(self):
        self._log_in(self.portal_contractor)
        self._open()
        defect = self._create_defect()
        self.env.flush_all()
        self.assertIn("/my/outsourcing/defects", self._open()[1])
        defect._gated().write({"state": "rectified"})
        self.env.flush_all()
        self.assertIn("/my/outsourcing/defects", self._open()[1])

    def test_who_comes_after_on_the_same_phone_is_looked_for_anew(self):
        with patch.object(res_users_known, "request", SimpleNamespace(session={})):
            self.portal_contractor._keep_known_cards({"defects"})
            self.assertEqual(self.portal_contractor._get_known_cards(), {"defects"})
            self.assertEqual(self.portal_competitor._get_known_cards(), set())
            with patch.object(type(self.portal_contractor), "_get_performer_key", lambda _user: "7"):
                self.assertEqual(self.portal_contractor._get_known_cards(), set(), "a colleague was chosen")

    def test_what_is_absent_is_looked_for_after_minutes_whatever_is_found_meanwhile(self):
        user, now = self.portal_contractor, res_users_known.fields.Datetime.now()
        with patch.object(res_users_known, "request", SimpleNamespace(session={})):
            user._keep_known_cards(set(), {"defects", "logs"})
            for minutes, absent in ((6, {"logs"}), (12, set())):
                moment = now + timedelta(minutes=minutes)
                with patch.object(res_users_known.fields.Datetime, "now", lambda moment=moment: moment):
                    self.assertEqual(user._get_absent_cards() - {"defects"}, absent)
                    user._keep_known_cards({"defects"}, {"logs"})
