from typing import NamedTuple

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import labelled


class OpenPoint(NamedTuple):
    """Something of a contract that would be forgotten if it just ended."""

    contract: models.Model
    record: models.Model  # the document, of the add-on that reports it
    decisions: tuple  # codes of what may become of it, the proposed one first
    amount: float = 0.0  # what it is worth, in the contract's currency; 0 where it is no money
    note: str = ""  # what a person should know before deciding; the whole name of what is no document

    @property
    def title(self):
        """What a person reads of it."""
        return self.note if self.record == self.contract else self.record.display_name


class OutsourcingContract(models.Model):
    """Every early end lists what is open, and a person decides on each: nothing is forgotten.

    An add-on with documents of its own takes part by three hooks:

    * :meth:`_get_open_points` reports its open documents, each with the decisions that are possible;
    * :meth:`_get_end_decisions` names decisions no other add-on has;
    * :meth:`_settle_open_points` carries out the decisions on its documents.
    """

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        """Return what is open of the contracts ``self`` (in sudo) that are about to end early. Hook.

        Extend super's list; one search for all contracts, no query for each.

        :return: list of :class:`OpenPoint`
        """
        return [
            OpenPoint(contract, contract, ("keep",), contract.bond_amount, self.env._("Performance bond"))
            for contract in self.filtered(lambda c: c.bond_state in ("held", "expiring", "expired"))
        ]

    @api.model
    def _get_end_decisions(self):
        """Return the decisions on open points: dict code -> label. Hook: add to super's dict.

        No code is a part of another one: the form tells allowed codes from a list of them as text.
        """
        return {
            "keep": self.env._("Stays as it is, is settled later"),
            "cancel": self.env._("Cancel"),
        }

    def _settle_open_points(self, decided):
        """Carry out what was decided (in sudo, before the contract ends; who decides was checked). Hook.

        Call super first.

        :param dict decided: (model name, code of the decision) -> records of that model
        """

    # ---- deciding ---------------------------------------------------------------------------------------

    def _decide_open_points(self, decisions=None):
        """Decide on everything open of the contracts (in sudo), as chosen, else as proposed, and tell it.

        :param dict decisions: (model name, id) -> code
        :raise UserError: a decision that is not possible for its document
        """
        decisions, decided, lines = decisions or {}, {}, {}
        labels = self._get_end_decisions()
        for point in self._get_open_points():
            key = (point.record._name, point.record.id)
            code = decisions.get(key) or point.decisions[0]
            if code not in point.decisions:
                raise UserError(
                    self.env._(
                        "%(document)s: this decision is not possible. Open the dialogue anew.",
                        document=point.title,
                    )
                )
            records = decided.get((key[0], code), point.record.browse())
            decided[key[0], code] = records | point.record
            line = labelled(self.env, point.title, labels[code])
            lines.setdefault(point.contract.id, []).append(line)
        self._settle_open_points(decided)
        heading = self.env._("Open when the contract ended:")
        bodies = {
            contract_id: Markup("<p>%s</p>%s") % (heading, Markup("<br/>").join(own))
            for contract_id, own in lines.items()
        }
        self.browse(bodies)._message_log_batch(bodies)
