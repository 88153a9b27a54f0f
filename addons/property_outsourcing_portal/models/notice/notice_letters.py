from odoo import models
from odoo.tools import groupby

from .mail_thread import LETTERS


class OutsourcingNotice(models.Model):
    """What documents have sent people of the portal, told together at the end of the transaction."""

    _inherit = "outsourcing.notice"

    def _tell_letters(self):
        """Tell the people of the portal what documents have sent them in this transaction."""
        letters = self.env.cr.precommit.data.pop(LETTERS, [])
        # sudo: who was written to, and what
        messages = self.env["mail.message"].sudo().browse(letter[2] for letter in letters).exists()
        partners = self.env["res.partner"].sudo()  # as above
        partners = partners.browse({i for letter in letters for i in letter[3]}).exists()
        for model, own in groupby(letters, lambda letter: letter[0]):
            documents = self.env[model].browse({letter[1] for letter in own}).exists()
            told = [
                (
                    documents.browse(res_id),
                    documents._get_people_written_to(partners & partners.browse(partner_ids)),
                    documents._to_plain_words(messages.browse(message_id).body),
                    f"message:{message_id}",
                )
                for _model, res_id, message_id, partner_ids in own
                if message_id in messages.ids and res_id in documents.ids
            ]
            if told:
                self._tell(told)
