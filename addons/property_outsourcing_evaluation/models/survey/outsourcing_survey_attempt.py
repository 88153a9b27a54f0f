from datetime import timedelta

from odoo import api, fields, models

ROOM_TRIES, BUILDING_TRIES = 10, 200
HOURS = 1


class OutsourcingSurveyAttempt(models.Model):
    """A code typed at a poster. Rows, because several workers answer; module code alone writes them."""

    _name = "outsourcing.survey.attempt"
    _inherit = "outsourcing.attempt.mixin"
    _description = "Code Typed at a Poster"
    _order = "id desc"
    _rec_name = "building_id"

    building_id = fields.Many2one(
        "outsourcing.survey.building", readonly=True, required=True, ondelete="cascade"
    )
    room_id = fields.Integer(readonly=True, required=True)
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now, index=True)

    _room_idx = models.Index("(building_id, room_id, date)")

    @api.model
    def _may_try(self, building, room_id):
        """Record a try, and return whether room and building have not been tried too often.

        It is committed through a cursor of its own before it is counted: whatever becomes of the request, and
        however many come at once, each counts.
        """
        with self._apart() as attempts:
            attempts.create({"building_id": building.id, "room_id": room_id})
            recent = [
                ("building_id", "=", building.id),
                ("date", ">", fields.Datetime.now() - timedelta(hours=HOURS)),
            ]
            if attempts.search_count(recent, limit=BUILDING_TRIES + 1) > BUILDING_TRIES:
                return False
            of_room = [*recent, ("room_id", "=", room_id)]
            return attempts.search_count(of_room, limit=ROOM_TRIES + 1) <= ROOM_TRIES

    @api.autovacuum
    def _gc_attempts(self):
        """Forget tries that count no more."""
        self.search([("date", "<", fields.Datetime.now() - timedelta(days=1))]).unlink()
