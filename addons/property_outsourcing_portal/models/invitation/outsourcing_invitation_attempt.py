from datetime import timedelta

from odoo import api, fields, models

TRIES, MINUTES = 20, 10


class OutsourcingInvitationAttempt(models.Model):
    """A link of an invitation that was wrong, or a form behind it that was refused.

    Rows, because several workers answer and each has a memory of its own; only module code writes them.
    """

    _name = "outsourcing.invitation.attempt"
    _inherit = "outsourcing.attempt.mixin"
    _description = "Failed attempt at an invitation"
    _order = "id desc"
    _rec_name = "address"

    address = fields.Char(readonly=True, required=True)
    link_hash = fields.Char("Link", readonly=True, required=True)
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)

    _address_idx = models.Index("(address, date)")
    _link_idx = models.Index("(link_hash, date)")

    @api.model
    def _get_recent(self):
        return [("date", ">", fields.Datetime.now() - timedelta(minutes=MINUTES))]

    @api.model
    def _is_link_blocked(self, link_hash):
        """Return whether this one link was tried too often."""
        return self.search_count([("link_hash", "=", link_hash), *self._get_recent()], limit=TRIES) >= TRIES

    @api.model
    def _is_address_blocked(self, address):
        """Return whether too many different links were tried from ``address``.

        Who opens an old link again and again tries one; who guesses tries many.
        """
        links = self._read_group([("address", "=", address), *self._get_recent()], ["link_hash"], limit=TRIES)
        return len(links) >= TRIES

    @api.model
    def _record(self, address, link_hash):
        """Keep an attempt, whatever becomes of the request: it is committed through a cursor of its own."""
        with self._apart() as attempts:
            attempts.create({"address": address, "link_hash": link_hash})

    @api.autovacuum
    def _gc_attempts(self):
        """Forget attempts that count no more."""
        self.search([("date", "<", fields.Datetime.now() - timedelta(days=1))]).unlink()
