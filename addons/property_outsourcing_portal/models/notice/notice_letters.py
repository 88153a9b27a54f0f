import logging

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import groupby

from odoo.addons.property_outsourcing.models.workflow.outsourcing_batch_mixin import EVENT_JOB_FAILED

from .mail_thread import LETTERS

_logger = logging.getLogger(__name__)


class OutsourcingNotice(models.Model):
    """What documents have sent people of the portal, told together at the end of the transaction.

    Whatever goes wrong with a letter, the step that wrote it stands: somebody is asked to tell the people.
    """

    _inherit = "outsourcing.notice"

    def _tell_letters(self):
        """Tell the people of the portal what documents have sent them in this transaction."""
        letters = self.env.cr.precommit.data.pop(LETTERS, [])
        # what others have still to write and check fails as ever, and is not taken for a letter's failure
        self.env.cr.flush()
        for model, own in groupby(letters, lambda letter: letter[0]):
            if not self._try_to_tell(model, own):
                for letter in own if len(own) > 1 else ():
                    self._try_to_tell(model, [letter])

    def _try_to_tell(self, model, letters):
        """Tell ``letters`` of documents of ``model``; return whether it went well.

        A single one that fails is named in an activity on its document.
        """
        try:
            with self.env.cr.savepoint():
                self._tell_letters_of(model, letters)
            return True
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # all of the request is done again
        except Exception as error:  # what was done is not undone by a letter about it
            if len(letters) == 1:
                self._report_letter(model, letters[0][1], error)
        return False

    def _tell_letters_of(self, model, letters):
        # sudo: who was written to, and what
        messages = self.env["mail.message"].sudo().browse(letter[2] for letter in letters).exists()
        partners = self.env["res.partner"].sudo()  # as above
        partners = partners.browse({i for letter in letters for i in letter[3]}).exists()
        documents = self.env[model].browse({letter[1] for letter in letters}).exists()
        told = [
            (
                documents.browse(res_id),
                documents._get_people_written_to(partners & partners.browse(partner_ids)),
                documents._to_plain_words(messages.browse(message_id).body),
                f"message:{message_id}",
            )
            for _model, res_id, message_id, partner_ids in letters
            if message_id in messages.ids and res_id in documents.ids
        ]
        if told:
            self._tell(told)

    def _report_letter(self, model, res_id, error):
        """Ask whoever looks after the document to tell its people what the letter says."""
        _logger.error("a letter of %s,%s reached no first page", model, res_id, exc_info=error)
        try:
            with self.env.cr.savepoint():
                document = self.env[model].sudo().browse(res_id)  # asking a person grants nothing
                asked = {
                    "summary": self.env._("A message did not reach the portal: tell its readers yourself"),
                    "note": self._get_failure_sentence(error),
                }
                document._schedule_events(EVENT_JOB_FAILED, {document: asked})
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # all of the request is done again
        except Exception:  # the step stands even if nobody can be told
            _logger.exception("a letter of %s,%s failed and nobody could be told", model, res_id)
