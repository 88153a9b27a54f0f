from odoo import models

ASKED_KEY = "outsourcing_asked_together"


class _Asked:
    """The records a question is put to one after the other, and what was found for all of them.

    Compared by type, so no client sends one. It lives as long as the question: nothing is written meanwhile.
    """

    def __init__(self, records):
        self.model, self.ids, self.found = records._name, records._ids, {}


class OutsourcingTogetherMixin(models.AbstractModel):
    """Hooks that answer for one record, and search once for all that are asked.

    ::

        for contract in contracts._together():
            contract._get_missing_points(target)  # asks self._ask_together("_map_orders").get(self)
    """

    _name = "outsourcing.together.mixin"
    _description = "Questions put to many records"

    def _together(self):
        """Return ``self``, to be asked one after the other; what is searched meanwhile is searched once."""
        return self.with_context(**{ASKED_KEY: _Asked(self)})

    def _ask_together(self, method, *args):
        """Return what ``method`` answers for all records that are asked with ``self`` (one), called once.

        :param str method: name of a method that answers for many records
        """
        self.ensure_one()
        asked = self.env.context.get(ASKED_KEY)
        if type(asked) is not _Asked or asked.model != self._name or self.id not in asked.ids:
            asked = _Asked(self)
        key = (self.env.uid, self.env.su, method, repr(args))
        if key not in asked.found:
            asked.found[key] = getattr(self.browse(asked.ids), method)(*args)
        return asked.found[key]
