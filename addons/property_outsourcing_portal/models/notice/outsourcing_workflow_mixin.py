from odoo import models
from odoo.tools import format_date


class OutsourcingWorkflowMixin(models.AbstractModel):
    """Tells the people of the portal that it is their turn."""

    _inherit = "outsourcing.workflow.mixin"

    # state -> (field that names the firm, field of the date by which it has to act, or None)
    _told_states = {}

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in self._told_states:
            self._tell_parties(target, *self._told_states[target])

    def _tell_parties(self, target, party_field, date_field=None):
        """Tell the people of the firm in ``party_field`` that the documents have become ``target``."""
        documents = self.sudo()  # parties and their names
        firms = documents[party_field].commercial_partner_id
        people = self._get_party_people(firms) - self.env.user.partner_id  # whoever acts knows
        by_firm = people.grouped("commercial_partner_id")
        told = []
        for document in documents:
            readers = by_firm.get(document[party_field].commercial_partner_id, firms.browse())
            key = f"{document._name}:{document.id}:{target}:{self.env.cr.now()}"
            for lang, group in readers.grouped("lang").items():
                sentence = document.with_context(lang=lang)._get_told_sentence(date_field)
                told.append((document, group, sentence, key))
        if told:
            self.env["outsourcing.notice"]._tell(told)

    def _get_told_sentence(self, date_field=None):
        """Return in one sentence what became of this document (in sudo). Hook."""
        self.ensure_one()
        words, state = self._get_share_words(), self._get_state_label()
        day = date_field and self[date_field]
        if not day:
            return self.env._("%(document)s: %(state)s.", document=words, state=state)
        return self.env._(
            "%(document)s: %(state)s. Until %(date)s.",
            document=words,
            state=state,
            date=format_date(self.env, day),
        )
