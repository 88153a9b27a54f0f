from odoo import models

LETTERS = "property_outsourcing_portal.letters"


class MailThread(models.AbstractModel):
    """Whatever a document tells a person of the portal stands on that person's first page as well."""

    _inherit = "mail.thread"

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if self and self._name in self.env.user._get_outsourcing_sections().values():
            told = [row["id"] for row in recipients or () if row.get("share") and row.get("id")]
            if told:
                self._remember_letter(message, told)
        return recipients

    def _remember_letter(self, message, partner_ids):
        """Keep a letter until the transaction ends: all of them are told together."""
        precommit = self.env.cr.precommit
        if LETTERS not in precommit.data:
            precommit.data[LETTERS] = []
            precommit.add(self.env["outsourcing.notice"]._tell_letters)
        precommit.data[LETTERS].append((self._name, self.id, message.id, tuple(partner_ids)))
