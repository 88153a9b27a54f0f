from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time
from odoo.tools import date_utils

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon

EVALUATION = "property_outsourcing_evaluation"
BEST, WORST = 0, 4


class SurveyFactory:
    """Rooms in two buildings and a round of this quarter, for ``OutsourcingCommon``."""

    @classmethod
    def _set_up_rooms(cls, count=4):
        """Create ``count`` rooms in a unit of the building, and one in a second building."""
        locations = cls.env["outsourcing.location"]
        cls.unit = locations.create({"name": "Unit 1", "kind": "unit", "parent_id": cls.building.id})
        cls.second_building = locations.create(
            {"name": "Building 4", "kind": "building", "community_id": cls.community.id}
        )
        rooms = [{"name": f"{n}01", "kind": "room", "parent_id": cls.unit.id} for n in range(1, count + 1)]
        rooms.append({"name": "101", "kind": "room", "parent_id": cls.second_building.id})
        cls.rooms = locations.create(rooms)

    @classmethod
    def _draft_round(cls, **vals):
        vals = {"community_id": cls.community.id, "min_answers": 2, "min_rate": 20.0, **vals}
        return cls.env["outsourcing.survey.round"].with_user(cls.user_manager).create(vals)

    @classmethod
    def _start_round(cls, **vals):
        survey = cls._draft_round(**vals)
        survey.action_start()
        return survey

    @classmethod
    def _ballot(cls, survey, room=0):
        """Return the ballot of one of the rooms, in sudo as the page has it."""
        room = cls.rooms[room] if isinstance(room, int) else room
        return survey.sudo().ballot_ids.filtered(lambda ballot: ballot.location_id == room)

    @classmethod
    def _choose(cls, survey, place=BEST, **places):
        """Return levels: ``place`` for each question, others by the end of their xmlid."""
        chosen = {question.id: levels[place].id for question, levels in survey._get_levels()}
        for name, other in places.items():
            question = cls.env.ref(f"{EVALUATION}.survey_question_{name}")
            chosen[question.id] = question.suggested_answer_ids[other].id
        return chosen

    @classmethod
    def _vote(cls, survey, room=0, place=BEST, comment=None, **places):
        cls._ballot(survey, room)._vote(cls._choose(survey, place, **places), comment)

    @classmethod
    def _answers(cls, survey):
        return cls.env["survey.user_input"].sudo().search([("outsourcing_round_id", "=", survey.id)])

    @classmethod
    def _count_round(cls, survey):
        """Let the last day pass, and count as the manager."""
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            survey.with_user(cls.user_manager).action_count()
        return survey

    @classmethod
    def _publish_round(cls, survey):
        cls._count_round(survey)
        survey.with_user(cls.user_manager).action_publish()
        return survey


class SurveyCommon(SurveyFactory, OutsourcingCommon):
    """A community with five households."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quarter = date_utils.start_of(fields.Date.today(), "quarter")
        cls._set_up_rooms()
