from datetime import timedelta

from odoo import api, fields, models

TRIES, MINUTES = 10, 60


class OutsourcingOpeningAttempt(models.Model):
    """A wrong passphrase at the opening, committed on its own: the refusal rolls back all else."""

    _name = "outsourcing.opening.attempt"
    _inherit = "outsourcing.attempt.mixin"
    _description = "Failed Attempt at an Opening"
    _order = "id desc"
    _rec_name = "date"

    # no foreign key: the row is written by another connection than the one that reads the tender
    tender_ref = fields.Integer("Tender", readonly=True, required=True)
    user_ref = fields.Integer("Person", readonly=True, required=True)
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)

    _tender_idx = models.Index("(tender_ref, date)")

    @api.model
    def _is_blocked(self, tender):
        """Return whether too many passphrases were wrong in the last hour."""
        since = fields.Datetime.now() - timedelta(minutes=MINUTES)
        recent = [("tender_ref", "=", tender.id), ("date", ">", since)]
        return self.search_count(recent, limit=TRIES) >= TRIES

    @api.model
    def _record(self, tender, user):
        """Keep a wrong try, whatever becomes of the request."""
        with self._apart() as attempts:
            attempts.create({"tender_ref": tender.id, "user_ref": user.id})
