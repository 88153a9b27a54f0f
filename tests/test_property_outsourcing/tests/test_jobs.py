from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.outsourcing_batch_mixin import OutsourcingBatchMixin

from .jobs_common import JobsCommon


@tagged("post_install", "-at_install")
class TestJobs(JobsCommon):
    """Every scheduled job of every add-on goes through the runner; none knows an exception."""

    def _try_each(self, check):
        """Call ``check(job, factory)`` for every job; each leaves nothing behind for the next."""
        for xmlid, factory in self.JOBS.items():
            with self.subTest(job=xmlid), self.env.cr.savepoint() as savepoint:
                try:
                    check(xmlid, getattr(self, factory))
                finally:
                    savepoint.rollback()
            self.env.invalidate_all()

    def test_every_job_of_the_suite_is_tried_here(self):
        rows = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "property_outsourcing%")]
        )
        self.assertEqual(set(rows.mapped("complete_name")), set(self.JOBS))

    def test_every_job_goes_through_the_runner(self):
        def check(xmlid, make):
            records, seen = make(1), []
            spy = patch.object(
                OutsourcingBatchMixin,
                "_run_in_batches",
                lambda found, method, *args, **kwargs: seen.append(found) or True,
            )
            with spy:
                self._run(xmlid)
            self.assertTrue(any(records <= found for found in seen if found._name == records._name))

        self._try_each(check)

    def test_one_faulty_one_archived_and_one_locked_record_stop_no_other(self):
        def check(xmlid, make):
            records = make(5)
            faulty, archived, locked = records[0], records[1], records[2]
            self._archive_around(archived)
            with self._break(faulty, locked) as done:
                self._run(xmlid)
                self._run(xmlid)
            notes = self.env["mail.activity"].search([("outsourcing_job_key", "!=", False)]).mapped("note")
            self.assertEqual(set(done), set(records.ids) - {faulty.id, locked.id}, notes)
            failure = self._get_failures(faulty)
            self.assertEqual(len(failure), 1)
            self.assertIn("Broken for the test", failure.note)
            self.assertTrue(failure.user_id.active)

        self._try_each(check)

    def test_another_run_doubles_nothing(self):
        def check(xmlid, make):
            make(2)
            self._run(xmlid)
            before = self._count_rows()
            self._run(xmlid)
            self.assertEqual(self._count_rows(), before)

        self._try_each(check)

    def test_queries_of_a_record_are_bounded(self):
        def check(xmlid, make):
            make(1)
            self._run(xmlid)  # loads what is cached per process
            counts = []
            for number in (1, 31):
                make(number)
                counts.append(self._count_queries(xmlid))
            each = (counts[1] - counts[0]) / 30
            self.assertLessEqual(each, 3)

        self._try_each(check)

    # ---- tools ------------------------------------------------------------------------------------------

    def _count_queries(self, xmlid):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._run(xmlid)
        return self.env.cr.sql_log_count - before

    def _count_rows(self):
        models = ("mail.activity", "mail.message", "outsourcing.fact", "outsourcing.adjustment",
                  "outsourcing.inspection", "outsourcing.acceptance", "outsourcing.order.rollup",
                  "outsourcing.contract.milestone")  # fmt: skip
        return {model: self.env[model].with_context(active_test=False).search_count([]) for model in models}

    def _archive_around(self, record):
        """Archive the community, the firm and the manager of a record behind the back of every check."""
        row = record.task_id if record._name == "outsourcing.order.hold" else record
        names = ("community_id", "outsourcing_community_id", "contractor_id")
        around = [row[name] for name in names if name in row._fields]
        around += [record] if record._name == "res.partner" else []
        for other in (*around, self.user_manager):
            table = "res_users" if other._name == "res.users" else other._table
            self.env.cr.execute(f"UPDATE {table} SET active = FALSE WHERE id = %s", [other.id])  # noqa: S608
        self.env.invalidate_all()

    def _break(self, faulty, locked):
        """Let the work on ``faulty`` fail and another transaction hold ``locked``; return what is done."""
        call = OutsourcingBatchMixin._call_in_company
        lock = BaseModel.try_lock_for_update
        done = []

        def broken_call(records, method, args):
            if records._name == faulty._name and faulty in records:
                raise UserError("Broken for the test")  # pylint: disable=translation-required
            call(records, method, args)
            done.extend(records.ids if records._name == faulty._name else ())

        def skipping_lock(records, **kwargs):
            if records._name == locked._name:
                records -= locked
            return lock(records, **kwargs)

        return _Patched(
            done,
            patch.object(OutsourcingBatchMixin, "_call_in_company", broken_call),
            patch.object(BaseModel, "try_lock_for_update", skipping_lock),
        )

    def _get_failures(self, record):
        domain = [("outsourcing_job_key", "like", f"{record._name},{record.id}:%")]
        return self.env["mail.activity"].search(domain)


class _Patched:
    """Several patches at once, with a list they write into."""

    def __init__(self, done, *patches):
        self.done, self.patches = done, patches

    def __enter__(self):
        for each in self.patches:
            each.start()
        return self.done

    def __exit__(self, *_exception):
        for each in self.patches:
            each.stop()
