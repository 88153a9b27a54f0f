from odoo import fields, models
from odoo.http import request

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

KNOWN_KEY = "outsourcing_known_cards"


class ResUsers(models.Model):
    """What somebody has any document of is looked for once a day, not each time the first page opens."""

    _inherit = "res.users"

    def _get_known_cards(self):
        """Return the keys of the cards that were shown today as there is a document of theirs."""
        kept = request.session.get(KNOWN_KEY) if request else None
        return set(kept["keys"]) if kept and kept["of"] == self._get_known_of() else set()

    def _keep_known_cards(self, keys):
        """Keep ``keys`` in the session until tomorrow; it is written only when there are new ones."""
        if request and keys != self._get_known_cards():
            request.session[KNOWN_KEY] = {"of": self._get_known_of(), "keys": sorted(keys)}

    def _get_known_of(self):
        # a session may become another person's, and on one login people see other contracts
        return [self.id, self._get_performer_key(), fields.Date.to_string(trade_today(self))]
