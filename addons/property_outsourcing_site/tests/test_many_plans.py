from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import ManyContractsCommon, Step

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestManyPlans(SiteCommon, ManyContractsCommon):
    """Rounds, logs and rectifications of thirty contracts of thirty firms take the queries of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts.inspection_plan_ids.active = False

    def _set_back(self, records, date, *names):
        """Let ``records`` be of ``date``, created on it as well."""
        records._gated().write(dict.fromkeys(names, date))
        self.env.flush_all()
        table = records._table
        self.env.cr.execute(f"UPDATE {table} SET create_date = %s WHERE id = ANY(%s)", [date, records.ids])
        records.invalidate_recordset()

    # ---- rounds -----------------------------------------------------------------------------------------

    def test_rounds_are_planned_and_missed_for_the_price_of_one(self):
        plans = self.env["outsourcing.inspection.plan"].create(
            [
                {
                    "contract_id": contract.id,
                    "community_id": contract.community_id.id,
                    "checklist_id": self.daily.id,
                    "frequency": "daily",
                    "date_start": self.today,
                }
                for contract in self.contracts
            ]
        )
        day = self.today + timedelta(days=1)
        self._take_steps(plans, Step("outsourcing.inspection.plan._process_generation", args=(day, day)))
        rounds = self.env["outsourcing.inspection"].search([("plan_id", "in", plans.ids)], order="id")
        past = self.today - timedelta(days=60)
        self._set_back(rounds, past, "date_planned", "date_due")
        self._take_steps(rounds, Step("outsourcing.inspection._process_missed"))
        self.assertEqual(set(rounds.mapped("state")), {"missed"})

    def test_rounds_are_filled_in_and_handed_in_for_the_price_of_one(self):
        rounds = self.env["outsourcing.inspection"].create(
            [
                {"contract_id": contract.id, "kind": "patrol", "party": "property",
                 "checklist_id": self.daily.id, "community_id": contract.community_id.id}
                for contract in self.contracts
            ]
        )  # fmt: skip
        self._take_steps(
            rounds,
            Step("outsourcing.inspection.action_start", self.user_supervisor, core=self.ROWS),
            Step("outsourcing.inspection.action_pass_open_items", self.user_supervisor),
        )
        open_lines = rounds.line_ids.filtered(lambda line: not line.result)
        open_lines._gated().write({"result": "na", "note": "Out of use"})
        rounds.line_ids._gated().write({"requires_photo": False})
        self._take_steps(
            rounds,
            Step("outsourcing.inspection.action_ask_submit", self.user_supervisor),
            Step("outsourcing.inspection.action_submit", self.user_supervisor),
        )
        self.assertEqual(set(rounds.mapped("state")), {"done"})

    # ---- defects ----------------------------------------------------------------------------------------

    def _create_defects(self):
        return self.env["outsourcing.defect"].create(
            [
                {"contract_id": contract.id, "description": "Loose tile", "severity": "major"}
                for contract in self.contracts
            ]
        )

    def test_overdue_rectifications_are_recorded_for_the_price_of_one(self):
        defects = self._create_defects()
        core = self._dispatch_by_core
        self._take_steps(defects, Step("outsourcing.defect.action_assign", self.user_manager, core=core))
        self._set_back(defects, self.today - timedelta(days=10), "date_deadline", "date_found")
        self._take_steps(defects, Step("outsourcing.defect._process_overdue"))
        self.assertTrue(all(defects.mapped("date_overdue")))

    def _dispatch_by_core(self):
        """Return the queries of core for one and for thirty tasks of different projects."""
        projects = self.contracts.project_id
        return self._count_step(
            projects,
            lambda part: part.env["project.task"].create(
                [{"name": "Tile", "project_id": project.id} for project in part]
            ),
        )

    def test_rectifications_are_judged_for_the_price_of_one(self):
        defects = self._create_defects()
        defects.with_user(self.user_manager).action_assign()
        defects._gated().write({"state": "rectified", "date_rectified": fields.Datetime.now()})
        defects.task_id._gated().write({"outsourcing_date_completed": fields.Datetime.now()})
        self._take_steps(defects, Step("outsourcing.defect.action_reopen", self.user_supervisor))
        defects._gated().write({"state": "rectified", "date_rectified": fields.Datetime.now()})
        defects.task_id._gated().write({"outsourcing_date_completed": fields.Datetime.now()})
        core = self.CLOSING
        self._take_steps(defects, Step("outsourcing.defect.action_close", self.user_supervisor, core=core))
        self.assertEqual(set(defects.mapped("state")), {"closed"})

    # ---- logs -------------------------------------------------------------------------------------------

    def _create_logs(self):
        logs = self.env["outsourcing.site.log"].with_user(self.user_supervisor)
        logs = logs.create(
            [
                {"contract_id": contract.id, "community_id": contract.community_id.id, "content": "Greased",
                 "headcount": 2, "date": self.today}
                for contract in self.contracts
            ]
        )  # fmt: skip
        for log, photo in zip(logs, self._photos(len(logs)), strict=True):
            log._add_evidence([photo])
        return logs.with_env(self.env)

    def test_logs_are_handed_in_and_reviewed_for_the_price_of_one(self):
        logs = self._create_logs()
        self._take_steps(logs, Step("outsourcing.site.log.action_submit", self.user_supervisor))
        logs.with_user(self.user_supervisor2).review_comment = "Which rails?"
        self._take_steps(
            logs,
            Step("outsourcing.site.log.action_return", self.user_supervisor2),
            Step("outsourcing.site.log.action_submit", self.user_supervisor),
            Step("outsourcing.site.log.action_review", self.user_supervisor2),
        )
        self.assertEqual(set(logs.mapped("state")), {"reviewed"})

    def test_silence_about_logs_has_an_outcome_for_the_price_of_one(self):
        logs = self._create_logs()
        logs.with_user(self.user_supervisor).action_submit()
        self._take_steps(logs, Step("outsourcing.site.log._process_review_lapsed"))
        self.assertEqual(set(logs.mapped("state")), {"reviewed"})

    def test_days_of_logs_are_judged_for_the_price_of_one(self):
        self.contracts._gated().write(
            {"log_frequency": "daily", "date_logs_judged": self.today - timedelta(days=9)}
        )
        self._take_steps(self.contracts, Step("outsourcing.contract._process_log_days", core=self.ROWS))
        self.assertTrue(self.contracts.fact_ids)
