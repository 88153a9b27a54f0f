from datetime import timedelta

from odoo import fields, models
from odoo.http import request

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

KNOWN_KEY = "outsourcing_known_cards"
# what waits is counted each time: an empty card may come a little later
ABSENT_MINUTES = 10


class ResUsers(models.Model):
    """What somebody has any document of is looked for once a day, not each time the first page opens."""

    _inherit = "res.users"

    def _get_known_cards(self):
        """Return the keys of the cards that were shown today as there is a document of theirs."""
        return set(self._read_known_cards().get("keys", ()))

    def _get_absent_cards(self):
        """Return the keys of the cards of which there was no document some minutes ago."""
        kept = self._read_known_cards()
        return set(kept["absent"]) if kept.get("until", "") > self._get_known_moment() else set()

    def _note_cards(self, cards, figures):
        """Keep what was found of the ``cards``, and return the keys of those there is a document of.

        :param dict figures: (number of a card, ``waiting`` or ``exists``) -> (count, date)
        """
        known = self._get_known_cards() | {
            cards[number]["key"]
            for (number, what), (count, _date) in figures.items()
            if what == "exists" or (count and "exists" in cards[number])  # what waits is there
        }
        self._keep_known_cards(known, {card["key"] for card in cards if "exists" in card} - known)
        return known

    def _keep_known_cards(self, keys, absent=frozenset()):
        """Keep ``keys`` in the session until tomorrow, ``absent`` for minutes; written when it changed."""
        before = self._get_absent_cards()
        if request and (keys, absent) != (self._get_known_cards(), before):
            # those that were passed over have not been looked for anew
            later = self._get_known_moment(minutes=ABSENT_MINUTES)
            until = self._read_known_cards()["until"] if before else later
            kept = {"keys": sorted(keys), "absent": sorted(absent), "until": until}
            request.session[KNOWN_KEY] = {"of": self._get_known_of(), **kept}

    def _read_known_cards(self):
        kept = request.session.get(KNOWN_KEY) if request else None
        return kept if kept and kept["of"] == self._get_known_of() else {}

    def _get_known_moment(self, **later):
        return fields.Datetime.to_string(fields.Datetime.now() + timedelta(**later))

    def _get_known_of(self):
        # a session may become another person's, and on one login people see other contracts
        return [self.id, self._get_performer_key(), fields.Date.to_string(trade_today(self))]
