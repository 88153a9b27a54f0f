from odoo import models


class MailThread(models.AbstractModel):
    """Whatever a document tells a person of the portal stands on that person's first page as well."""

    _inherit = "mail.thread"

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if self and self._name in self.env.user._get_outsourcing_sections().values():
            told = [row["id"] for row in recipients or () if row.get("share") and row.get("id")]
            people = self._get_people_written_to(told)
            if people:
                text = self._to_plain_words(message.sudo().body)  # what they were sent
                self.env["outsourcing.notice"]._tell([(self, people, text, f"message:{message.id}")])
        return recipients

    def _get_people_written_to(self, partner_ids):
        """Return who is told of a letter to these partners: of a firm all its people, in sudo."""
        partners = self.env["res.partner"].sudo().browse(partner_ids)  # who was written to
        firms = partners.filtered("is_company")
        return (partners - firms) | (self._get_party_people(firms) if firms else firms)
