from odoo import models


class MailThread(models.AbstractModel):
    """The first message of a record is in one language."""

    _inherit = "mail.thread"

    def _creation_message(self):
        """Name the document in the language of the sentence it stands in.

        Without a language in the context (an import, a job, data of an add-on) Odoo reads the sentence in the
        user's language, but the document's name in English.
        """
        thread = self if self.env.lang else self.with_context(lang=self.env.user.lang)
        return super(MailThread, thread)._creation_message()
