from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceStart(AcceptanceCommon):
    """An acceptance is begun where the user is: at the contract, at its payment row, on the board."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = trade_today(cls.works).replace(day=1)

    def _create_service(self):
        """Return an active service contract: its second month has just ended, ten are to come."""
        start = self.month - relativedelta(months=2)
        end = start + relativedelta(months=12, days=-1)
        return self._create_active_contract(date_start=start, date_end=end)

    def _open(self, action):
        self.assertEqual(
            (action["res_model"], action["views"]), ("outsourcing.acceptance", [(False, "form")])
        )
        return self.env["outsourcing.acceptance"].with_user(self.user_supervisor).browse(action["res_id"])

    def _check_new(self, acceptance, row, user):
        self.assertEqual((acceptance.milestone_id, acceptance.state), (row, "draft"))
        self.assertEqual((acceptance.user_id, acceptance.amount_claimed), (user, row.amount))
        self.assertEqual(acceptance.contractor_id, self.works.contractor_id)
        self.assertTrue(acceptance.line_ids, "the checklist of the row")

    def _shown(self, model, view, button, user):
        arch = self.env[model].with_user(user).get_view(self.env.ref(view).id)["arch"]
        return bool(etree.fromstring(arch).xpath(f"//button[@name='{button}']"))

    # ---- the three ways in ------------------------------------------------------------------------------

    def test_contract_lists_the_rows_that_can_be_accepted(self):
        self._accept(self.row1)
        action = self.works.with_user(self.user_supervisor).action_new_acceptance()
        self.assertIn("list", action["view_mode"])
        rows = self.env[action["res_model"]].with_user(self.user_supervisor).search(action["domain"])
        self.assertEqual(rows, self.row2 | self.row3)

    def test_contract_opens_the_acceptance_of_the_only_row_left(self):
        self._accept(self.row1)
        self._accept(self.row2)
        works = self.works.with_user(self.user_manager)
        self._check_new(self._open(works.action_new_acceptance()), self.row3, self.user_manager)

    def test_contract_says_that_nothing_is_left(self):
        for row in self.works.milestone_ids:
            self._accept(row)
        with self.assertRaisesRegex(UserError, "nothing is left to be accepted now"):
            self.works.with_user(self.user_supervisor).action_new_acceptance()

    def test_row_opens_one_acceptance_however_often_it_is_pressed(self):
        row = self.row2.with_user(self.user_supervisor)
        acceptance = self._open(row.action_start_acceptance())
        self._check_new(acceptance, self.row2, self.user_supervisor)
        self.assertEqual(self._open(row.action_start_acceptance()), acceptance)

    def test_board_takes_everything_from_the_chosen_row(self):
        with Form(self.env["outsourcing.acceptance"].with_user(self.user_supervisor)) as form:
            form.milestone_id = self.row3
        self._check_new(form.record, self.row3, self.user_supervisor)

    def test_buttons_are_shown_to_whoever_begins_acceptances(self):
        base = "property_outsourcing.outsourcing_contract"
        places = (
            ("outsourcing.contract", f"{base}_view_form", "action_new_acceptance"),
            ("outsourcing.contract", f"{base}_view_form", "action_start_acceptance"),
            ("outsourcing.contract.milestone", f"{base}_milestone_view_list", "action_start_acceptance"),
            ("outsourcing.contract.milestone", f"{base}_milestone_view_form", "action_start_acceptance"),
        )
        users = ((self.user_supervisor, True), (self.user_manager, True), (self.user_finance, False))
        for model, view, button in places:
            for user, shown in users:
                with self.subTest(view=view, button=button, user=user.name):
                    self.assertEqual(self._shown(model, view, button, user), shown)

    def test_board_has_columns_for_what_is_under_way(self):
        board = self.env["outsourcing.acceptance"].with_user(self.user_supervisor)
        board = board.with_context(read_group_expand=True)  # as the client asks for its columns
        domain = [("method", "=", "levels"), ("state", "not in", ("accepted", "rejected"))]
        states = [group["state"] for group in board.web_read_group(domain, ["state"], ["__count"])["groups"]]
        self.assertEqual(states, ["draft", "self_check", "property_check", "third_party_check", "rework"])

    # ---- which rows offer it ----------------------------------------------------------------------------

    def test_month_is_offered_when_it_is_over(self):
        contract = self._create_service()
        rows = contract.milestone_ids.with_user(self.user_supervisor)
        past = rows.filtered(lambda row: row.date_end < self.month)
        self.assertEqual(len(past), 2)
        self.assertEqual(rows.filtered("can_accept"), past)

    def test_advance_is_never_offered(self):
        draft = self._create_works_draft()
        draft.milestone_ids.sorted("sequence")[0].kind = "advance"
        works = self._activate(draft)
        advance = works.milestone_ids.filtered(lambda row: row.kind == "advance")
        self.assertTrue(advance)
        self.assertFalse(advance.can_accept)

    def test_rows_of_a_draft_and_of_an_ended_contract_are_not_offered(self):
        draft = self._create_works_draft()
        self.assertFalse(any(draft.milestone_ids.mapped("can_accept")))
        self._accept(self.row1)
        reason = self.env.ref("property_outsourcing.termination_reason_visits")
        self.works.with_user(self.user_manager2)._terminate(reason, "Three visits missed")
        self.assertFalse(any(self.works.milestone_ids.mapped("can_accept")))

    def test_row_under_way_is_offered_until_it_is_accepted(self):
        acceptance = self._start(self.row2)
        row = self.row2.with_user(self.user_supervisor)
        self.assertEqual((row.acceptance_state, row.can_accept), (acceptance.state, True))
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self.env.invalidate_all()
        self.assertEqual((row.acceptance_state, row.can_accept), ("accepted", False))

    def test_a_period_is_written_into_a_draft_before_its_days_are_known(self):
        draft = self._create_works_draft()
        with Form(draft.with_user(self.user_manager)) as form, form.milestone_ids.new() as row:
            row.name = "Guard of the site"
            row.kind = "milestone"
        self.assertIn("Guard of the site", draft.milestone_ids.mapped("name"))
        period = draft.milestone_ids.new({"kind": "period", "contract_id": self.works.id})
        self.assertFalse(period.can_accept)

    def test_rows_of_thirty_contracts_cost_the_queries_of_one(self):
        contracts = self._create_active_contracts(32, self._create_works_draft)
        firsts = [contract.milestone_ids.sorted("sequence")[0] for contract in contracts]
        for row in firsts:
            self._start(row)
        counts = []
        for rows in (firsts[:1], firsts[1:2], firsts[2:]):  # the first round fills the caches
            self.env.flush_all()
            self.env.invalidate_all()
            rows = self.row1.browse(row.id for row in rows).with_user(self.user_supervisor)
            before = self.cr.sql_log_count
            self.assertEqual(set(rows.mapped("acceptance_state")), {"self_check"})
            self.assertEqual(set(rows.mapped("can_accept")), {True})
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1], counts)
