from odoo import models
from odoo.tools import SQL

from .outsourcing_ballot import ALPHABET

# those of the 16 bytes of a UUID that are random throughout; PostgreSQL takes them from its strong source
RANDOM_BYTES = (0, 1, 2, 3, 4, 5, 7, 9, 10, 11)


class OutsourcingSurveyRound(models.Model):
    """The start: one ballot per room of the community, in one statement whatever their number."""

    _inherit = "outsourcing.survey.round"

    def _issue_ballots(self):
        """Give every room of the communities of ``self`` (in sudo) its ballot.

        Rooms and codes never come into the memory of the worker.
        """
        self._make_buildings()
        self.env.flush_all()
        counts = dict(self.env.execute_query(self._get_ballots_query()))
        self.env["outsourcing.ballot"].invalidate_model()
        self.invalidate_recordset(["ballot_ids"])
        for survey in self:
            survey._gated().issued_count = counts.get(survey.id, 0)

    def _get_ballots_query(self):
        """Return the statement that makes the ballots and tells (round, how many)."""
        signs = [
            SQL("SUBSTR(%s, GET_BYTE(drawn.bytes, %s) %% %s + 1, 1)", ALPHABET, byte, len(ALPHABET))
            for byte in RANDOM_BYTES
        ]
        return SQL(
            """
            WITH rooms(survey, place, room) AS MATERIALIZED (%(rooms)s), made AS (
                INSERT INTO outsourcing_ballot (round_id, building_id, location_id, code)
                SELECT drawn.survey, drawn.building, drawn.room, %(code)s
                  FROM (SELECT rooms.survey, b.id AS building, rooms.room,
                               UUID_SEND(GEN_RANDOM_UUID()) AS bytes
                          FROM rooms
                          JOIN outsourcing_survey_building b
                            ON b.round_id = rooms.survey
                           AND COALESCE(b.location_id, 0) = COALESCE(rooms.place, 0)
                       ) AS drawn
                RETURNING round_id
            )
            SELECT round_id, COUNT(*) FROM made GROUP BY round_id
            """,
            code=SQL(" || ").join(signs),
            rooms=self._get_rooms_query(),
        )

    def _get_rooms_query(self):
        """Return the query of (round, nearest building or None, room)."""
        self.env["outsourcing.location"].flush_model()
        return SQL(
            """
            SELECT r.id, b.id, room.id
              FROM outsourcing_survey_round r
              JOIN outsourcing_location room
                ON room.community_id = r.community_id AND room.kind = 'room' AND room.active
              LEFT JOIN LATERAL (
                    SELECT over.id FROM outsourcing_location over
                     WHERE over.kind = 'building' AND over.id = ANY(
                           string_to_array(trim(trailing '/' FROM room.parent_path), '/')::int[])
                     ORDER BY length(over.parent_path) DESC LIMIT 1) b ON TRUE
             WHERE r.id = ANY(%s)
            """,
            list(self.ids),
        )

    def _make_buildings(self):
        """Create the buildings in which the rounds have rooms; one more for rooms that lie in none."""
        pairs = self.env.execute_query(
            SQL(
                "SELECT DISTINCT survey, place FROM (%s) AS rooms(survey, place, room) ORDER BY 1, 2",
                self._get_rooms_query(),
            )
        )
        locations = self.env["outsourcing.location"].browse({place for _survey, place in pairs if place})
        names = {place.id: place.complete_name for place in locations}
        self.env["outsourcing.survey.building"]._gated().create(
            [
                {
                    "round_id": survey,
                    "location_id": place,
                    "name": names.get(place) or self.env._("Other rooms"),
                }
                for survey, place in pairs
            ]
        )
