from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractDeliverable(OutsourcingCommon):
    def _contract_with(self, activate=True, **term):
        contract = self._create_contract()
        values = {"name": "Plan", "recurrence": "month", "due_rule": "day_before", "due_day": 25, **term}
        contract.deliverable_term_ids = [Command.clear(), Command.create(values)]
        return self._activate(contract) if activate else contract

    def _dates(self, contract):
        return contract.deliverable_ids.sorted("date_due").mapped("date_due")

    def test_plan_of_the_month_is_due_on_the_25th_before(self):
        contract = self._contract_with()
        dates = self._dates(contract)
        self.assertEqual(len(dates), 12)
        # the first month has no month before it within the contract
        self.assertEqual(dates[:3], [date(2026, 1, 1), date(2026, 1, 25), date(2026, 2, 25)])
        february = contract.deliverable_ids.sorted("date_due")[1]
        self.assertEqual(february.name, "Plan 2026-02")
        self.assertEqual(february.milestone_id.date_start, date(2026, 2, 1))

    def test_day_beyond_the_month_is_its_last_day(self):
        contract = self._contract_with(due_rule="day", due_day=31)
        self.assertEqual(self._dates(contract)[1], date(2026, 2, 28))

    def test_longer_rhythms_end_with_the_contract(self):
        for recurrence, expected in (
            ("quarter", [date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 10), date(2027, 1, 10)]),
            ("half_year", [date(2026, 7, 10), date(2027, 1, 10)]),
            ("year", [date(2027, 1, 10)]),
            ("once", [date(2027, 1, 10)]),
        ):
            contract = self._contract_with(recurrence=recurrence, due_rule="after", due_days=10)
            self.assertEqual(self._dates(contract), expected, recurrence)

    def test_contract_from_mid_month_cuts_the_first_period(self):
        contract = self._create_contract(date_start="2026-01-20", date_end="2026-03-10")
        self.assertEqual(
            contract._get_deliverable_periods("month"),
            [
                (date(2026, 1, 20), date(2026, 1, 31)),
                (date(2026, 2, 1), date(2026, 2, 28)),
                (date(2026, 3, 1), date(2026, 3, 10)),
            ],
        )

    def test_quarterly_report_holds_back_the_payment_of_its_last_month(self):
        contract = self._contract_with(recurrence="quarter", due_rule="after", blocks_payment=True)
        march, april = contract.milestone_ids.sorted("date_start")[2:4]
        self.assertTrue(march._get_deliverable_blockers())
        self.assertFalse(april._get_deliverable_blockers())
        self.assertIn("Plan", " ".join(contract._get_settlement_blockers(march)))

    def test_deliverable_that_does_not_block_by_its_term(self):
        contract = self._contract_with(blocks_payment=False)
        self.assertFalse(contract.milestone_ids._get_deliverable_blockers())

    def test_terms_are_frozen_after_draft(self):
        contract = self._contract_with()
        term = contract.deliverable_term_ids
        for user in (self.user_supervisor, self.user_manager, self.user_admin):
            with self.assertRefused("its lines can no longer be changed."):
                term.with_user(user).write({"blocks_payment": False})
            with self.assertRefused("its lines can no longer be changed."):
                term.with_user(user).unlink()
        with self.assertRaises(AccessError):  # core's own
            term.with_user(self.portal_contractor).write({"due_day": 28})
        with self.assertRaisesRegex(AccessError, "not the person who may take this step"):
            contract.deliverable_ids[0].with_user(self.user_supervisor).term_id = False

    def test_wrong_terms_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "day of the month"):
            self._contract_with(activate=False, recurrence="row", due_rule="day")
        with self.assertRaisesRegex(ValidationError, "negative"):
            self._contract_with(activate=False, due_rule="after", due_days=-1)

    def test_reviewer_is_named_or_head_of_the_community(self):
        contract = self._contract_with()
        self.assertEqual(contract.deliverable_ids.reviewer_id, self.user_manager)
        named = self._contract_with(reviewer_id=self.user_supervisor2.id)
        self.assertEqual(named.deliverable_ids.reviewer_id, self.user_supervisor2)
        self.community.manager_id = False
        without = self._contract_with()
        self.assertIn(without.deliverable_ids.reviewer_id, self.user_supervisor | self.user_supervisor2)

    @freeze_time("2026-02-22")
    def test_reviewer_is_reminded_once_before_it_is_due(self):
        contract = self._contract_with(remind_days=3)
        items = self.env["outsourcing.contract.deliverable"]
        due = items.search([*items._get_reminder_domain(), ("contract_id", "=", contract.id)])
        self.assertEqual(due.mapped("date_due"), [date(2026, 1, 1), date(2026, 1, 25), date(2026, 2, 25)])
        due._process_reminders()
        self.assertEqual(due.activity_ids.user_id, self.user_manager)
        self.assertEqual(due[-1].activity_ids.date_deadline, date(2026, 2, 25))
        again = items.search([*items._get_reminder_domain(), ("contract_id", "=", contract.id)])
        self.assertFalse(again)
        file = self.env["ir.attachment"].create({"name": "plan.pdf", "raw": b"%PDF-1.4 plan"})
        due[-1].with_user(self.portal_contractor)._portal_submit(file)
        self.assertFalse(due[-1].activity_ids)

    @freeze_time("2026-02-22")
    def test_schedule_reminds(self):
        contract = self._contract_with()
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing.cron_remind_deliverables").method_direct_trigger()
        self.assertEqual(len(contract.deliverable_ids.filtered("date_reminded")), 3)

    @freeze_time("2026-02-22")
    def test_reminding_takes_the_same_queries_for_many(self):
        contract = self._contract_with(recurrence="row", due_rule="after")
        items = contract.deliverable_ids
        items[0]._process_reminders()  # loads what is cached per process
        counts = []
        for batch in (items[1:2], items[2:12]):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            batch._process_reminders()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_each_community_owes_its_own_unless_told_otherwise(self):
        contract = self._create_contract(
            community_ids=[Command.set((self.community | self.other_community).ids)]
        )
        contract.deliverable_term_ids = [
            Command.clear(),
            Command.create({"name": "Each", "recurrence": "half_year"}),
            Command.create({"name": "Once", "recurrence": "half_year", "per_community": False}),
        ]
        self._activate(contract)
        each = contract.deliverable_ids.filtered(lambda item: item.name.startswith("Each"))
        once = contract.deliverable_ids - each
        self.assertEqual((len(each), len(once)), (4, 2))
        self.assertEqual(each.community_id, self.community | self.other_community)

    def test_reminder_stamp_is_not_written_by_hand(self):
        item = self._contract_with().deliverable_ids[0]
        with self.assertRefused("These values are written by the system alone"):
            item.with_user(self.user_manager).write({"date_reminded": "2026-01-01"})

    # ---- rows and periods -------------------------------------------------------------------------------

    def test_quarterly_reports_are_those_of_the_quarters_that_are_paid(self):
        term = {"name": "Report", "recurrence": "quarter", "due_rule": "after", "due_days": 5}
        contract = self._create_contract(
            date_start="2025-12-01", date_end="2026-11-30", period_months=3, deliverable_term_ids=[]
        )
        contract.deliverable_term_ids = [Command.clear(), Command.create(term)]
        self._activate(contract)
        rows = contract.milestone_ids.sorted("date_start")
        self.assertEqual(rows[:2].mapped("date_end"), [date(2025, 12, 31), date(2026, 3, 31)])
        self.assertEqual([len(row.deliverable_ids) for row in rows], [1] * len(rows))
        self.assertEqual(rows[0].deliverable_ids.date_due, date(2026, 1, 5))
        self.assertIn("Report 2025-12", " ".join(contract._get_settlement_blockers(rows[0])))

    def test_whatever_the_start_day_a_report_ends_where_a_payment_does(self):
        for start in (date(2025, 12, 1), date(2026, 1, 20), date(2026, 1, 31), date(2026, 2, 15)):
            for months in (1, 2, 3, 6, 12):
                for alignment in ("calendar", "contract"):
                    contract = self.env["outsourcing.contract"].new(
                        {
                            "date_start": start,
                            "date_end": date(2027, 6, 30),
                            "period_months": months,
                            "period_alignment": alignment,
                        }
                    )
                    with self.subTest(start=start, months=months, alignment=alignment):
                        self._check_reports(contract, months)

    def _check_reports(self, contract, months):
        paid = {min(end, contract.date_end) for _start, end in contract._get_full_periods()}
        for recurrence, step in (("month", 1), ("quarter", 3), ("half_year", 6), ("year", 12)):
            reports = contract._get_deliverable_periods(recurrence)
            ends = [end for _start, end in reports]
            self.assertEqual((reports[0][0], ends[-1]), (contract.date_start, contract.date_end))
            followers = [start for start, _end in reports[1:]]
            self.assertEqual(followers, [end + timedelta(days=1) for end in ends[:-1]])
            if step >= months:
                self.assertLessEqual(set(ends), paid, recurrence)
            elif months % step == 0:
                self.assertLessEqual(
                    {end for end in paid if end >= contract.date_start}, set(ends), recurrence
                )

    def test_a_yearly_report_of_a_year_is_one(self):
        contract = self._create_contract(date_start="2025-12-01", date_end="2026-11-30", period_months=3)
        self.assertEqual(contract._get_deliverable_periods("year"), [(date(2025, 12, 1), date(2026, 11, 30))])

    def _works_with(self, recurrence, **vals):
        contract = self._create_works_draft(**vals)
        term = {"name": "Papers", "recurrence": recurrence, "due_rule": "after", "blocks_payment": True}
        contract.deliverable_term_ids = [Command.clear(), Command.create(term)]
        return contract

    def test_with_each_row_means_every_row_but_an_advance(self):
        contract = self._works_with("row")
        contract.milestone_ids[0].kind = "advance"
        self._activate(contract)
        counts = [len(row.deliverable_ids) for row in contract.milestone_ids.sorted("sequence")]
        self.assertEqual(counts, [0, 1, 1])

    def test_papers_of_completion_hold_back_the_completion_alone(self):
        contract = self._activate(self._works_with("completion"))
        part, _second, completion = contract.milestone_ids.sorted("sequence")
        self.assertIn("Papers", " ".join(contract._get_settlement_blockers(completion)))
        self.assertNotIn("Papers", " ".join(contract._get_settlement_blockers(part)))

    def test_without_a_completion_row_its_papers_hold_back_the_last_one(self):
        contract = self._works_with("completion")
        contract.milestone_ids.kind = "milestone"
        self._activate(contract)
        last = contract.milestone_ids.sorted("date_due")[-1]
        self.assertEqual(contract.deliverable_ids.milestone_id, last)

    def test_works_without_a_completion_row_are_pointed_out_at_submission(self):
        contract = self._works_with("completion").with_user(self.user_manager)
        self.assertNotIn("of the kind Final completion", contract.submit_warnings or "")
        contract.milestone_ids.kind = "milestone"
        self.assertIn("of the kind Final completion", contract.submit_warnings)
        self._create_required_documents(contract=contract.sudo())
        message = contract.action_submit()["params"]["message"]
        self.assertIn("No payment row is of the kind Final completion", message)

    def test_presets_ask_for_the_completion_file_with_the_completion(self):
        contract = self._activate(self._create_works_draft())
        file = contract.deliverable_ids.filtered(lambda item: item.name == "Completion file")
        self.assertEqual(file.milestone_id.kind, "completion")

    def test_what_is_handed_in_late_before_the_schedule_comes_by_is_late(self):
        contract = self._contract_with()
        first, second = contract.deliverable_ids.sorted("date_due")[:2]
        files = self.env["ir.attachment"].create({"name": "plan.pdf", "raw": b"%PDF-1.4"})
        for item, moment in ((first, "2026-01-01 04:00:00"), (second, "2026-01-26 04:00:00")):
            item.sudo().date_born = date(2025, 12, 1)
            item.attachment_ids = files.copy()
            with freeze_time(moment):
                item.with_user(self.user_supervisor).action_submit()
        facts = {fact.fact_type: fact.res_id for fact in contract.fact_ids.sorted("id", reverse=True)}
        due = contract.fact_ids.filtered(lambda fact: fact.fact_type == "deliverable_due")
        self.assertEqual(set(due.mapped("res_id")), {first.id, second.id})
        self.assertEqual(facts["deliverable_late"], second.id)
        self.assertEqual(due._get_fact_types()["deliverable_late"].denominator, "deliverable_due")

    def test_what_is_late_under_thirty_contracts_costs_the_queries_of_one(self):
        drafts = [self._contract_with(activate=False) for _number in range(32)]
        contracts = self._activate(drafts[0].union(*drafts[1:]))
        items = [contract.deliverable_ids.sorted("date_due")[1] for contract in contracts]
        items = items[0].union(*items[1:])
        items.sudo().date_born = date(2025, 12, 1)
        counts = []
        for group in (items[:1], items[1:2], items[2:]):  # the first one warms up
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            group._process_late()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(len(items.contract_id.fact_ids), 64, "due and late")
        self.assertEqual(counts[1], counts[2])
