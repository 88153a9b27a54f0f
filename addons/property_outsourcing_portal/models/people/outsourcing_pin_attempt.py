from datetime import timedelta

from odoo import api, fields, models

# of one person: so many wrong tries in so many minutes
LIMITS = ((5, 15), (15, 24 * 60))


class OutsourcingPinAttempt(models.Model):
    """A PIN that was tried. Rows, because several workers answer; module code alone writes them."""

    _name = "outsourcing.pin.attempt"
    _inherit = "outsourcing.attempt.mixin"
    _description = "PIN tried on a phone"
    _order = "id desc"
    _rec_name = "date"

    # no foreign keys: the row is written by another connection than the one that reads the person
    partner_ref = fields.Integer("Person", readonly=True, required=True)
    user_ref = fields.Integer("Login", readonly=True, required=True)
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)

    _partner_idx = models.Index("(partner_ref, date)")

    @api.model
    def _may_try(self, person, user):
        """Keep a try, and return whether it is within the limits.

        It is committed before it is counted: whatever becomes of the request, and however many come at once.
        """
        with self._apart() as tries:
            tries.create({"partner_ref": person.id, "user_ref": user.id})
        now, of_person = fields.Datetime.now(), [("partner_ref", "=", person.id)]
        with self._apart() as tries:
            return all(
                tries.search_count(
                    [*of_person, ("date", ">", now - timedelta(minutes=minutes))], limit=most + 1
                )
                <= most
                for most, minutes in LIMITS
            )

    @api.model
    def _forget(self, person):
        """Forget the tries of a person: the right PIN came, or a new one was set."""
        with self._apart() as tries:
            tries.search([("partner_ref", "=", person.id)]).unlink()

    @api.autovacuum
    def _gc_attempts(self):
        """Forget tries that count no more."""
        self.search([("date", "<", fields.Datetime.now() - timedelta(days=2))]).unlink()
