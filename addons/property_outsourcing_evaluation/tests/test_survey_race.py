from functools import partial
from threading import Barrier, Thread
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
AT_ONCE = 4


@tagged("post_install", "-at_install")
class TestSurveyRace(TransactionCase):
    """One household votes through several real sessions in the same second."""

    def setUp(self):
        super().setUp()
        self.answers = []
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_round(api.Environment(cr, SUPERUSER_ID, QUIET))
        self.addCleanup(self._remove)

    def _create_round(self, env):
        garden = env["outsourcing.community"].create({"name": "Race"})
        room = env["outsourcing.location"].create({"name": "101", "kind": "room", "community_id": garden.id})
        survey = env["outsourcing.survey.round"].create({"community_id": garden.id})
        survey._issue_ballots()
        survey._gated().state = "running"
        self.garden, self.room, self.survey = garden.id, room.id, survey.id
        self.ballot = survey.ballot_ids.id

    def _remove(self):
        with self.registry.cursor() as cr:
            for query in (
                SQL("DELETE FROM survey_user_input WHERE outsourcing_round_id = %s", self.survey),
                SQL("DELETE FROM outsourcing_survey_round WHERE id = %s", self.survey),
                SQL("DELETE FROM outsourcing_location WHERE id = %s", self.room),
                SQL("DELETE FROM outsourcing_community WHERE id = %s", self.garden),
            ):
                cr.execute(query)

    def _vote(self, env, waits):
        ballot = env["outsourcing.ballot"].browse(self.ballot)
        levels = {question.id: offered[0].id for question, offered in ballot.round_id._get_levels()}
        if waits:
            waits.pop().wait(10)  # all have their snapshot; who is sent again does not wait
        ballot._vote(levels)
        return "voted"

    def _send(self, start):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            try:
                self.answers.append(retrying(partial(self._vote, env, [start]), env))
            except UserError as error:
                self.answers.append(str(error))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_four_at_once_are_one_vote(self):
        start = Barrier(AT_ONCE)
        with patch("odoo.service.model.time.sleep"):
            threads = [Thread(target=self._send, args=(start,)) for _number in range(AT_ONCE)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(self.answers.count("voted"), 1)
        refused = [answer for answer in self.answers if "has voted already" in answer]
        self.assertEqual(len(refused), AT_ONCE - 1)
        with self.registry.cursor() as cr:
            kept = api.Environment(cr, SUPERUSER_ID, {})["survey.user_input"]
            self.assertEqual(kept.search_count([("outsourcing_round_id", "=", self.survey)]), 1)
