from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OutsourcingCommon

RUNNER = "odoo.addons.property_outsourcing.models.workflow.outsourcing_batch_mixin"


@tagged("post_install", "-at_install")
class TestBatches(OutsourcingCommon):
    """Five firms, one of them faulty: the runner every scheduled job goes through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firms = cls.env["res.partner"].create([{"name": f"Firm {n}"} for n in range(5)])
        cls.faulty = cls.firms[2]
        cls.company.outsourcing_deputy_id = cls.user_manager2

    def _run(self, method, records=None, **kwargs):
        """Run a made-up job on the firms."""
        cls = self.env.registry["res.partner"]
        with patch.object(cls, "_process_made_up", method, create=True):
            return (records or self.firms)._run_in_batches("_process_made_up", **kwargs)

    def _stamp(self, records):
        records.write({"ref": "done"})
        records.flush_recordset()
        if self.faulty in records:
            raise UserError("Firm 2 has no licence.")  # pylint: disable=translation-required

    def _get_failures(self):
        kind = self.env.ref("property_outsourcing.activity_type_job_failed")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])

    def test_one_faulty_record_stops_no_other_and_is_named_with_the_sentence(self):
        self._run(lambda records: self._stamp(records), size=5)
        self.assertEqual((self.firms - self.faulty).mapped("ref"), ["done"] * 4)
        self.assertFalse(self.faulty.ref, "half of the faulty record was kept")
        failure = self._get_failures()
        self.assertEqual((failure.res_model, failure.res_id), ("res.partner", self.faulty.id))
        self.assertEqual(failure.user_id, self.user_manager2)
        self.assertIn("Firm 2 has no licence.", failure.note)

    def test_another_run_names_nothing_twice(self):
        for _run in range(2):
            self._run(lambda records: self._stamp(records))
        self.assertEqual(len(self._get_failures()), 1)

    def test_what_failed_before_goes_alone_so_that_the_batch_is_done_at_once(self):
        self._run(lambda records: self._stamp(records))
        calls = []
        self._run(lambda records: (calls.append(len(records)), self._stamp(records)))
        self.assertEqual(calls, [4, 1])

    def test_success_closes_what_was_named(self):
        self._run(lambda records: self._stamp(records))
        self._run(lambda records: records.write({"ref": "mended"}))
        self.assertFalse(self._get_failures())
        self.assertEqual(set(self.firms.mapped("ref")), {"mended"})

    def test_an_error_nobody_foresaw_is_named_and_logged(self):
        def divide(records):
            if self.faulty in records:
                raise ZeroDivisionError

        with self.assertLogs(RUNNER, "ERROR") as logs:
            self._run(divide)
        self.assertIn("Unexpected error ZeroDivisionError", self._get_failures().note)
        self.assertIn(str(self.faulty), logs.output[0])

    @mute_logger("odoo.sql_db")
    def test_a_constraint_of_the_database_is_named_as_a_sentence(self):
        self._run(lambda records: (records & self.faulty).write({"name": False}))
        self.assertIn("Contacts require a name", self._get_failures().note)

    def test_a_record_others_hold_is_left_for_the_next_run(self):
        held = self.env.ref("base.main_partner")  # in the database already, so that others can hold it
        done = []
        with db_connect(self.cr.dbname).cursor() as other:
            other.execute("SELECT id FROM res_partner WHERE id = %s FOR UPDATE", [held.id])
            self._run(lambda records: done.extend(records), self.firms | held)
            other.rollback()
        self.assertEqual(self.firms.browse([firm.id for firm in done]), self.firms)
        self.assertFalse(self._get_failures())

    def test_what_no_longer_holds_is_left_alone(self):
        done = []
        self.faulty.ref = "done by hand"
        self._run(lambda records: done.extend(records.ids), domain=[("ref", "=", False)])
        self.assertEqual(done, (self.firms - self.faulty).ids)

    def test_the_rest_goes_on_where_nobody_can_be_told(self):
        cls = self.env.registry["res.partner"]
        blocked = patch.object(cls, "_get_responsible_candidates", side_effect=ValueError)
        with blocked, self.assertLogs(RUNNER, "ERROR"):
            self._run(lambda records: self._stamp(records))
        self.assertEqual((self.firms - self.faulty).mapped("ref"), ["done"] * 4)

    def test_a_job_speaks_the_language_of_the_company_of_each_record(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        seen = set()
        self.firms.company_id = self.company
        self._run(lambda records: seen.add((records.env.lang, records.env.company, records.env.tz)))
        self.assertEqual([(lang, company) for lang, company, _tz in seen], [("zh_CN", self.company)])

    def test_a_scheduled_action_commits_every_batch_and_stops_when_its_time_is_up(self):
        crons = self.env.registry["ir.cron"]
        firms = self.firms.with_context(ir_cron_progress_id=1)
        steps, done = [], []
        left = iter((9.0, 9.0, 0.0))

        def commit(cron, processed, remaining=None):
            steps.append((processed, remaining))
            return next(left)

        with patch.object(crons, "_commit_progress", commit):
            finished = self._run(lambda records: done.extend(records.ids), firms, size=2)
        self.assertEqual(steps, [(0, 5), (2, 3), (2, 1)])
        self.assertEqual((finished, len(done)), (False, 4))

    def test_a_button_that_uses_the_runner_commits_nothing(self):
        self.patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 1 / 0)
        self.assertTrue(self._run(lambda records: None))
