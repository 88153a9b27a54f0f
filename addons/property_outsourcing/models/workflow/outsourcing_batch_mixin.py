import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every

EVENT_JOB_FAILED = "property_outsourcing.activity_type_job_failed"

_logger = logging.getLogger(__name__)


class OutsourcingBatchMixin(models.AbstractModel):
    """Scheduled work on many records, in which none stops the others.

    A scheduled method looks for what is due, without changing anything, and hands it over::

        def _cron_record_overdue(self):
            \"\"\"Record the rectifications that did not arrive by their deadline.\"\"\"
            self._get_newly_overdue()._run_in_batches("_process_overdue")
    """

    _name = "outsourcing.batch.mixin"
    _description = "Scheduled Work in Batches"
    _inherit = ["outsourcing.event.mixin"]

    def _run_in_batches(self, method, *args, size=200, domain=None):
        """Call ``method`` on the records of ``self``, batch by batch.

        What another transaction has locked is left for the next run. Each batch has a savepoint; where one
        fails its records go one by one, and each that fails is named to the person responsible for it in one
        activity, with the sentence of the error. In a scheduled action every batch is committed; elsewhere
        the transaction stays that of the caller.

        ``method`` runs as in the company of the records: its language, its time zone. It has to leave nothing
        due behind, so that another run finds nothing to do again.

        :param str method: name of the method that does the work on the records it is called on
        :param args: handed to the method
        :param int size: records per batch
        :param domain: what still has to hold of a record when its turn comes; others may have acted since
        :return: whether all is done; False where the time of the scheduled action is used up
        """
        remaining = len(self)
        self._commit_batch(0, remaining)  # the rows are locked as they are now
        for ids in split_every(size, self.ids):
            self.browse(ids)._run_batch(method, args, domain)
            remaining -= len(ids)
            if not self._commit_batch(len(ids), remaining) and remaining:
                return False
        return True

    @api.model
    def _commit_batch(self, processed, remaining):
        """Commit in a scheduled action; return whether there is time left."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining) > 0

    def _run_batch(self, method, args, domain):
        batch = self.try_lock_for_update(allow_referencing=True)
        if domain is not None:
            batch = batch.filtered_domain(Domain(domain))
        failed = batch._search_job_failures(method)
        sound = batch.filtered(lambda record: record.id not in failed)
        try:
            with self.env.cr.savepoint():
                sound._call_in_company(method, args)
            sound = self.browse()
        except Exception:  # whatever it is, each record is tried alone and names its own
            _logger.info("%s.%s: a batch failed and goes one by one", self._name, method, exc_info=True)
        for record in batch:
            if record in sound or record.id in failed:
                record._run_alone(method, args, failed.get(record.id))

    def _run_alone(self, method, args, known):
        """Call ``method`` on the single record ``self``.

        :param known: the activity that says it failed before, if any
        """
        try:
            with self.env.cr.savepoint():
                self._call_in_company(method, args)
                if known:
                    known.action_feedback(feedback=self.env._("The scheduled job has dealt with it."))
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("%s.%s: %s is being changed by others", self._name, method, self)
        except Exception as error:  # one record never stops the others
            self._report_job_failure(method, error, known)

    def _call_in_company(self, method, args):
        for company, records in self.grouped(lambda record: record._get_event_company()).items():
            partner = company.sudo().partner_id  # language and time zone
            locale = {"lang": partner.lang, "tz": partner.tz}
            records = records.with_company(company).with_context(
                # hundreds of letters would say no more than the list of activities
                mail_activity_quick_update=True,
                **{key: value for key, value in locale.items() if value},
            )
            getattr(records, method)(*args)

    # ---- what failed ------------------------------------------------------------------------------------

    def _get_job_key(self, method):
        return f"{self._name},{self.id}:{method}"

    def _search_job_failures(self, method):
        """Return what ``method`` failed on before: dict id -> open activity."""
        keys = {record._get_job_key(method): record.id for record in self}
        activities = self.env["mail.activity"].sudo()  # of the jobs themselves
        found = activities.search([("outsourcing_job_key", "in", list(keys))])
        return {keys[activity.outsourcing_job_key]: activity for activity in found}

    def _report_job_failure(self, method, error, known):
        """Name the record ``self`` and what stood in its way to the person responsible for it, once."""
        expected = isinstance(error, UserError | RedirectWarning | psycopg2.IntegrityError)
        if not expected and not known:
            _logger.error("%s.%s failed for %s", self._name, method, self, exc_info=error)
        try:
            with self.env.cr.savepoint():
                company = self._get_event_company()
                record = self.with_context(lang=company.sudo().partner_id.lang)  # the language only
                record._schedule_job_failure(method, record._get_failure_sentence(error), known)
        except Exception:  # the others go on even if nobody can be told
            _logger.exception("%s.%s failed for %s and nobody could be told", self._name, method, self)

    def _get_failure_sentence(self, error):
        """Return what the ``error`` says to a person."""
        if isinstance(error, UserError | RedirectWarning):
            return str(error.args[0])
        if isinstance(error, psycopg2.IntegrityError):
            return self._sql_error_to_message(error)
        return self.env._("Unexpected error %s; the log of the server has the details.", type(error).__name__)

    def _schedule_job_failure(self, method, sentence, known):
        if known:
            known.write({"note": sentence})
            return
        company = self._get_event_company()
        user = self._get_responsible_user() or company._get_outsourcing_admins()[:1]
        document = self._get_event_document()
        self.env["mail.activity"].sudo().create(  # asking a person grants nothing
            {
                **self._prepare_event_vals(
                    {
                        "summary": self.env._("A scheduled job stopped at %s", self.display_name),
                        "note": sentence,
                    }
                ),
                "activity_type_id": self.env.ref(EVENT_JOB_FAILED).id,
                "res_model_id": self.env["ir.model"]._get_id(document._name),
                "res_id": document.id,
                "user_id": user.id,
                "outsourcing_job_key": self._get_job_key(method),
            }
        )
