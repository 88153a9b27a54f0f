from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestMonthScore(AcceptanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.january = cls.contract.milestone_ids.sorted("date_end")[0]

    def setUp(self):
        super().setUp()
        self.sheet = self._create_sheets(self.contract, month=1)

    def _deduct(self, points, reason="Late reports"):
        self.sheet.write({"deduction": points, "deduction_reason": reason})

    def _confirm(self):
        self.sheet.with_user(self.portal_contractor)._portal_confirm_score()
        self.sheet.invalidate_recordset()

    def test_confirmed_month_is_received_on_the_order(self):
        self.assertEqual((self.sheet.score, self.sheet.factor), (100.0, 100.0))
        self.sheet.action_score()
        self.assertEqual(self.sheet.state, "to_confirm")
        self._confirm()
        self.assertEqual(self.sheet.state, "accepted")
        self.assertEqual(self.sheet.confirmed_by_id, self.portal_contractor)
        self.assertEqual(self.january.amount_accepted, 12000.0)
        self.assertEqual(self.january.purchase_line_id.qty_received, 12000.0)
        fact = self.contract.fact_ids.filtered(lambda fact: fact.fact_type == "score")
        self.assertEqual((fact.value, fact.milestone_id), (100.0, self.january))

    def test_score_bands_give_the_share_of_the_fee(self):
        for lost, factor in (
            (0, 100),
            (5, 100),
            (5.01, 98),
            (15, 98),
            (16, 95),
            (35, 90),
            (40, 80),
            (41, 70),
            (100, 70),
        ):
            self._deduct(lost)
            with self.subTest(lost=lost):
                self.assertEqual(self.sheet.factor, factor)
                self.assertEqual(
                    self.sheet.amount_accepted, self.january.currency_id.round(12000.0 * factor / 100)
                )

    def test_scores_of_a_month_are_summed_up_on_one_page(self):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor).with_context(lang="zh_CN")
        name = "property_outsourcing_acceptance.month_summary_document"
        with self.assertRaisesRegex(UserError, "尚未评分"):
            report._render_qweb_html(name, self.sheet.ids)
        self._deduct(10)
        self.sheet.action_score()
        html = " ".join(report._render_qweb_html(name, self.sheet.ids)[0].decode().split())
        year = self.sheet.date_period.year
        for text in ("月度考核汇总表", f"{year}年1月", self.contractor.name, "98%", "11,760.00", "240.00"):
            self.assertIn(text, html)

    def test_sheets_of_one_month_stand_on_one_page(self):
        sheets = self.sheet | self._create_sheets(self._create_active_contract(), month=1)
        sheets.with_user(self.user_supervisor).action_score()
        name = "property_outsourcing_acceptance.month_summary_document"
        html = self.env["ir.actions.report"]._render_qweb_html(name, sheets.ids)[0].decode()
        self.assertEqual(html.count("Summary of the monthly scores</h1>"), 1)
        for contract in sheets.contract_id:
            self.assertIn(contract.name, html)

    def test_a_band_edited_later_does_not_reprice_a_scored_month(self):
        self._deduct(10)
        self.sheet.action_score()
        self.env["outsourcing.score.band"].search([("score_from", "=", 85)]).factor = 50
        self._confirm()
        self.assertEqual(self.january.amount_accepted, 11760.0)

    def test_points_taken_off_need_a_reason(self):
        line = self.sheet.score_line_ids[0]
        line.points = line.max_points - 2
        with self.assertRaisesRegex(UserError, "write why"):
            self.sheet.action_score()
        line.note = "Two visits late"
        self._deduct(1, reason=False)
        with self.assertRaisesRegex(UserError, "write why"):
            self.sheet.action_score()
        with self.assertRefused("give between 0 and"):
            line.points = line.max_points + 1

    def _score_february(self, fact_type):
        self.contract._record_fact(fact_type, self.elevator, date=date(2026, 2, 3), community=self.community)
        return self._create_sheets(self.contract, month=2)

    def test_facts_of_the_period_take_points_off(self):
        sheet = self._score_february("incident")
        line = sheet.score_line_ids.filtered(lambda line: line.criterion_id.fact_type == "incident")
        self.assertEqual((line.points, line.max_points), (10.0, 15.0))
        self.assertTrue(line.note)
        self.assertEqual(sheet.score, 95.0)
        self.assertEqual(self.sheet.score, 100.0, "January is not touched by February's facts")

    def test_a_fact_that_a_clause_charges_takes_no_points_off_and_the_clause_is_named(self):
        sheet = self._score_february("inspection_missed")
        line = sheet.score_line_ids[0]
        self.assertEqual((line.points, sheet.score), (line.max_points, 100.0))
        clause = self.contract.rule_ids.filtered(lambda rule: rule.trigger == "inspection_missed")
        self.assertIn(f"Charged by clause {clause.display_name}; no points", line.note)

    def test_a_fact_whose_penalty_was_waived_takes_its_points_off(self):
        sheet = self._score_february("inspection_missed")
        penalty = self.contract.adjustment_ids.with_user(self.user_manager)
        penalty.action_confirm()
        self._decide_with_reason(penalty, "action_waive", "The key was not handed out")
        sheet.with_user(self.user_supervisor).action_reload_facts()
        line = sheet.score_line_ids[0]
        self.assertEqual((line.points, line.max_points), (24.0, 25.0))

    def test_each_service_has_a_sheet_of_its_own_of_100_points(self):
        templates = self.env["outsourcing.score.template"].search([])
        self.assertEqual(set(templates.mapped("weight_total")), {100.0})
        codes = set(templates.service_type_id.mapped("code"))
        wanted = {"elevator", "cleaning", "greening", "security", "fire", "smart", "water_tank"}
        self.assertFalse(wanted - codes)
        for template in templates:
            self.assertEqual(
                template.criterion_ids.mapped("weight"), template.criterion_ids.mapped("max_points")
            )

    def test_silence_confirms_after_the_agreed_days(self):
        self.sheet.action_score()
        today = fields.Date.context_today(self.sheet)
        self.assertEqual(self.sheet.confirm_deadline, today + timedelta(days=self.contract.consent_days))
        self.assertFalse(self.sheet._get_deemed(self.sheet.confirm_deadline))
        deemed = self.sheet.with_user(self.env.ref("base.user_root"))._get_deemed(
            self.sheet.confirm_deadline + timedelta(days=1)
        )
        deemed._process_deemed()
        self.assertEqual((self.sheet.state, self.sheet.is_deemed), ("accepted", True))
        self.assertFalse(self.sheet.confirmed_by_id)
        self.assertEqual(self.january.amount_accepted, 12000.0)

    def test_the_schedule_runs(self):
        self.sheet.action_score()
        self.sheet._gated().confirm_deadline = "2026-01-01"
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_acceptance.cron_acceptance_deadlines").method_direct_trigger()
            self.env.ref("property_outsourcing_acceptance.cron_create_month_sheets").method_direct_trigger()
            self.env.ref("property_outsourcing_acceptance.cron_concealed_no_shows").method_direct_trigger()
        self.sheet.invalidate_recordset()
        self.assertEqual(self.sheet.state, "accepted")
        ended = self.contract.milestone_ids.filtered(lambda row: row.date_end < fields.Date.today())
        self.assertTrue(all(row.acceptance_ids for row in ended))

    def test_button_of_the_list_makes_the_sheets_of_ended_periods(self):
        sheets = self.env["outsourcing.acceptance"].with_user(self.user_supervisor)
        for selected in ([], self.sheet.ids):
            with self.subTest(selected):
                call_kw(sheets, "action_create_month_sheets", [selected], {})
        ended = self.contract.milestone_ids.filtered(lambda row: row.date_end < fields.Date.today())
        self.assertTrue(all(len(row.acceptance_ids) == 1 for row in ended))

    def test_objection_is_answered_by_a_new_score_or_a_decision(self):
        self._deduct(20)
        self.sheet.action_score()
        with self.assertRaisesRegex(UserError, "why you object"):
            self.sheet.with_user(self.portal_contractor)._portal_dispute_score(" ")
        self.sheet.with_user(self.portal_contractor)._portal_dispute_score("The visits were on time")
        self.assertEqual(self.sheet.state, "disputed")
        self.assertEqual(self.sheet.sudo().dispute_reason, "The visits were on time")
        self._deduct(8)
        reason = "Two of three visits were on time"
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._decide_with_reason(self.sheet, "action_decide_score", reason)
        self._decide_with_reason(self.sheet.with_user(self.user_manager), "action_decide_score", reason)
        self.assertEqual((self.sheet.state, self.january.amount_accepted), ("accepted", 11760.0))

    def test_only_the_contractor_confirms(self):
        self.sheet.action_score()
        for user in (
            self.user_supervisor,
            self.user_manager,
            self.portal_competitor,
            self.portal_representative,
        ):
            with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own or ours
                self.sheet.with_user(user)._portal_confirm_score()
        self._confirm()
        with self.assertRaisesRegex(UserError, "not waiting for you"):
            self.sheet.with_user(self.portal_contractor)._portal_confirm_score()

    def test_score_is_frozen_once_handed_over(self):
        self.sheet.action_score()
        with self.assertRefused("can no longer be changed."):
            self._deduct(10)
        with self.assertRefused("its lines can no longer be changed."):
            self.sheet.score_line_ids[0].points = 0
        with self.assertRefused("its lines can no longer be changed."):
            self.sheet.score_line_ids[0].with_context(outsourcing_workflow_gate=object()).points = 0

    def test_a_month_is_not_checked_level_by_level(self):
        with self.assertRefused("A month of service is scored, not checked level by level."):
            self.sheet.action_submit()
        with self.assertRefused("and cannot become"):
            self._start(self.row2).with_user(self.user_supervisor).action_score()

    def test_weights_of_a_sheet_make_100(self):
        for template in self.env["outsourcing.score.template"].search([]):
            self.assertEqual(template.weight_total, 100.0)
        with self.assertRefused("the weights add up to"):
            self.env["outsourcing.score.template"].create(
                {"name": "Odd", "criterion_ids": [(0, 0, {"name": "All", "weight": 90.0})]}
            )

    def _count_queries(self, number):
        contracts = self.env["outsourcing.contract"]
        for _index in range(number // 12):
            contracts |= self._create_active_contract()
        rows = contracts.milestone_ids
        model = self.env["outsourcing.acceptance"].with_user(self.user_manager)
        self.env.flush_all()
        self.env.invalidate_all()
        counts = []
        start = self.env.cr.sql_log_count
        sheets = model._create_month_sheets(rows.with_user(self.user_manager))
        self.env.flush_all()
        counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(len(sheets), number)
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        sheets.action_score()
        self.env.flush_all()
        counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(set(sheets.mapped("state")), {"to_confirm"})
        return counts

    def test_sixty_sheets_cost_as_many_queries_as_twelve(self):
        self._count_queries(12)
        few, many = self._count_queries(12), self._count_queries(60)
        # chatter posts are inserted in batches; nothing else may grow with the number of sheets
        for name, small, large in zip(("create", "hand over"), few, many, strict=True):
            with self.subTest(step=name):
                self.assertLessEqual(large, small * 1.3 + 5)
