from odoo import models
from odoo.tools import SQL, split_every

BATCH = 2000


class OutsourcingSurveyRound(models.Model):
    """The start: one ballot per room of the community, in batches whatever their number."""

    _inherit = "outsourcing.survey.round"

    def _issue_ballots(self):
        """Give every room of the communities of ``self`` (in sudo) its ballot."""
        buildings = self._make_buildings()
        ballots = self.env["outsourcing.ballot"]._gated()
        rooms = self.env.execute_query(self._get_rooms_query())
        for part in split_every(BATCH, rooms):
            ballots.create(
                [
                    {
                        "round_id": survey,
                        "building_id": buildings[survey, building],
                        "location_id": room,
                        "code": ballots._make_code(),
                    }
                    for survey, building, room in part
                ]
            )
            ballots.flush_model()
            ballots.invalidate_model()  # memory stays flat
        counts = {}
        for survey, _building, _room in rooms:
            counts[survey] = counts.get(survey, 0) + 1
        for survey in self:
            survey._gated().issued_count = counts.get(survey.id, 0)

    def _get_rooms_query(self):
        """Return the query of (round, nearest building or None, room), by building and name."""
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
             ORDER BY r.id, b.id, room.complete_name
            """,
            list(self.ids),
        )

    def _make_buildings(self):
        """Create the buildings of the rounds; return a dict (round id, location id or None) -> id."""
        query = SQL(
            "SELECT DISTINCT rooms.* FROM (%s) AS rooms(survey, building, room)", self._get_rooms_query()
        )
        pairs = self.env.execute_query(
            SQL("SELECT DISTINCT survey, building FROM (%s) AS pairs ORDER BY survey, building", query)
        )
        locations = self.env["outsourcing.location"].browse({place for _survey, place in pairs if place})
        names = {place.id: place.complete_name for place in locations}
        made = (
            self.env["outsourcing.survey.building"]
            ._gated()
            .create(
                [
                    {
                        "round_id": survey,
                        "location_id": place,
                        "name": names.get(place) or self.env._("Other rooms"),
                    }
                    for survey, place in pairs
                ]
            )
        )
        return {pair: building.id for pair, building in zip(pairs, made, strict=True)}
