import time
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractPeriods(OutsourcingCommon):
    @classmethod
    def _create_communities(cls, count):
        sequence = cls.env["outsourcing.community"].search_count([])
        return cls.env["outsourcing.community"].create(
            [
                {
                    "name": f"Garden {sequence + index}",
                    "code": f"G{sequence + index}",
                    "area_id": cls.area.id,
                    "manager_id": cls.user_manager.id,
                }
                for index in range(count)
            ]
        )

    @classmethod
    def _create_large_contract(cls, count):
        """Return a draft of 12 months for ``count`` communities at 1,000.00 each, fees entered."""
        communities = cls._create_communities(count)
        contract = cls.env["outsourcing.contract"].create(
            cls._prepare_contract(
                "service_type_elevator",
                community_id=communities[0].id,
                community_ids=[Command.set(communities.ids)],
                period_amount=1000.0,
                period_months=1,
            )
        )
        contract.action_fill_fees()
        cls.env.flush_all()
        return contract

    def _rows(self, contract):
        return [(row.date_start, row.date_end, row.amount) for row in contract.milestone_ids]

    def test_first_and_last_calendar_month_are_pro_rated(self):
        contract = self._create_contract(
            period_amount=3100.0, date_start=date(2026, 1, 22), date_end=date(2026, 3, 10)
        )
        self.assertEqual(
            self._rows(contract),
            [
                (date(2026, 1, 22), date(2026, 1, 31), 1000.0),
                (date(2026, 2, 1), date(2026, 2, 28), 3100.0),
                (date(2026, 3, 1), date(2026, 3, 10), 1000.0),
            ],
        )

    def test_quarters_follow_the_calendar_in_a_leap_year(self):
        contract = self._create_contract(
            period_amount=9100.0, period_months=3, date_start=date(2028, 2, 1), date_end=date(2028, 4, 30)
        )
        # 91 days in both quarters: 60 of the first (February has 29), 30 of the second
        self.assertEqual(
            self._rows(contract),
            [
                (date(2028, 2, 1), date(2028, 3, 31), 6000.0),
                (date(2028, 4, 1), date(2028, 4, 30), 3000.0),
            ],
        )
        self.assertEqual(contract.milestone_ids[0].name, "2028-02 – 2028-03")

    def test_periods_from_the_31st_neither_overlap_nor_leave_gaps(self):
        contract = self._create_contract(
            period_alignment="contract", date_start=date(2026, 1, 31), date_end=date(2026, 5, 30)
        )
        rows = contract.milestone_ids
        self.assertEqual(rows.mapped("amount"), [12000.0] * 4)
        self.assertEqual(
            rows.mapped("date_end"),
            [date(2026, 2, 27), date(2026, 3, 30), date(2026, 4, 29), date(2026, 5, 30)],
        )

    def test_calendar_periods_from_the_31st_begin_with_one_day(self):
        contract = self._create_contract(
            period_amount=3100.0, date_start=date(2026, 1, 31), date_end=date(2026, 2, 28)
        )
        self.assertEqual(contract.milestone_ids.mapped("amount"), [100.0, 3100.0])

    def test_fee_follows_from_units_and_their_time(self):
        contract = self._create_contract(
            period_amount=0.0,
            fee_ids=[
                Command.create(
                    {"community_id": self.community.id, "name": "Elevators", "quantity": 8, "price_unit": 310}
                ),
                Command.create(
                    {
                        "community_id": self.community.id,
                        "name": "New elevator",
                        "price_unit": 310,
                        "date_from": date(2026, 1, 22),
                    }
                ),
            ],
        )
        self.assertEqual(len(contract.milestone_ids), 12)
        self.assertEqual(contract.milestone_ids[:2].mapped("amount"), [2580.0, 2790.0])
        self.assertEqual(contract.amount_total, contract.currency_id.round(2580.0 + 11 * 2790.0))

    def test_community_that_leaves_pays_the_share_of_its_days(self):
        both = self.community | self.other_community
        contract = self._create_contract(
            community_ids=[Command.set(both.ids)],
            fee_ids=[
                Command.create(
                    {
                        "community_id": self.other_community.id,
                        "price_unit": 3000.0,
                        "date_from": date(2026, 3, 17),
                        "date_to": date(2026, 4, 10),
                    }
                )
            ],
        )
        rows = contract.milestone_ids.filtered(lambda row: row.community_id == self.other_community)
        self.assertEqual(rows.mapped("amount"), [1451.61, 1000.0])
        others = contract.milestone_ids - rows
        self.assertEqual(others.mapped("amount"), [12000.0] * 12)

    def test_pro_rated_rows_of_a_part_of_the_term_write_nothing(self):
        contract = self._create_active_contract()
        before = len(contract.milestone_ids)
        rows = contract._prepare_pro_rated_rows(
            self.community, 3100.0, date(2026, 10, 22), date(2026, 12, 31)
        )
        self.assertEqual([vals["amount"] for vals in rows], [1000.0, 3100.0, 3100.0])
        self.assertEqual(rows[0]["date_start"], date(2026, 10, 22))
        self.assertEqual(len(contract.milestone_ids), before)

    def test_community_without_a_fee_is_named(self):
        both = self.community | self.other_community
        fee = Command.create({"community_id": self.community.id, "price_unit": 100.0})
        values = {"community_ids": [Command.set(both.ids)], "period_amount": 0.0, "fee_ids": [fee]}
        with self.assertRaisesRegex(UserError, "none yet for: River Bay"):
            self._create_contract(**values)

    def test_fee_outside_the_term_is_refused(self):
        contract = self._create_contract()
        for vals in (
            {"date_from": date(2025, 12, 31)},
            {"date_to": date(2027, 1, 1)},
            {"date_from": date(2026, 5, 2), "date_to": date(2026, 5, 1)},
            {"price_unit": -1.0},
            {"community_id": self.other_community.id},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():  # each for a reason of its own
                contract.fee_ids = [Command.create({"community_id": self.community.id, **vals})]
        self.assertFalse(contract.fee_ids)

    def test_fees_are_filled_in_for_all_communities(self):
        both = self.community | self.other_community
        contract = self._create_contract(community_ids=[Command.set(both.ids)])
        contract.with_user(self.user_manager).action_fill_fees()
        contract.with_user(self.user_manager).action_fill_fees()
        self.assertEqual(contract.fee_ids.community_id, both)
        self.assertEqual(contract.fee_ids.mapped("amount"), [12000.0, 12000.0])

    def test_outsider_and_portal_do_not_touch_fees(self):
        contract = self._create_contract()
        contract.action_fill_fees()
        self._file_letter(contract)
        for user in (self.user_outsider, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                contract.fee_ids.with_user(user).read(["amount"])

    def test_fees_are_fixed_after_submission(self):
        contract = self._create_contract()
        contract.action_fill_fees()
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "lines can no longer be changed"):
            contract.fee_ids.with_user(self.user_manager).write({"price_unit": 1.0})

    def test_720_rows_are_generated_set_based(self):
        contract = self._create_large_contract(60)
        start = time.monotonic()
        with self.assertQueryCount(45):
            contract.with_user(self.user_manager).action_generate_periods()
            self.env.flush_all()
        self.assertLess(time.monotonic() - start, 10)
        self.assertEqual(len(contract.milestone_ids), 720)
        self.assertEqual(contract.amount_total, 720 * 1000.0)

    def test_contract_of_720_rows_is_activated(self):
        contract = self._create_large_contract(60)
        contract.action_generate_periods()
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_manager).action_submit()
        start = time.monotonic()
        contract.with_user(self.user_manager2).action_approve()
        self.env.flush_all()
        self.assertLess(time.monotonic() - start, 60)
        lines = contract.purchase_order_id.order_line
        self.assertEqual(len(lines), 720)
        self.assertEqual(contract.purchase_order_id.amount_total, 720 * 1000.0)

    def test_activation_costs_few_queries_per_added_row(self):
        counts = []
        for size in (2, 12):
            contract = self._create_large_contract(size)
            contract.action_generate_periods()
            self._create_required_documents(contract=contract)
            contract.with_user(self.user_manager).action_submit()
            self.env.flush_all()
            before = self.cr.sql_log_count
            contract.with_user(self.user_manager2).action_approve()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # 120 more rows: inserts go in batches of a hundred, nothing is looked up for a row
        self.assertLess(counts[1] - counts[0], 60, counts)

    def test_form_with_720_rows_opens_and_saves(self):
        contract = self._create_large_contract(60)
        contract.action_generate_periods()
        with Form(contract.with_user(self.user_manager)) as form:
            form.title = "Cleaning of sixty communities"
        self.assertEqual(contract.title, "Cleaning of sixty communities")
        action = contract.with_user(self.user_manager).action_manage_milestones()
        view = self.env.ref("property_outsourcing.outsourcing_contract_milestone_view_list_edit")
        self.assertEqual(action["views"][0], (view.id, "list"))
        self.assertEqual(action["domain"], [("contract_id", "=", contract.id)])

    def test_rows_of_a_draft_are_changed_many_at_once(self):
        contract = self._create_large_contract(2)
        contract.action_generate_periods()
        contract.milestone_ids.with_user(self.user_manager).write({"amount": 900.0})
        self.assertEqual(set(contract.milestone_ids.mapped("amount")), {900.0})
        with self.assertRaisesRegex(UserError, r"\$21,600.00, the contract amount is \$24,000.00"):
            contract.with_user(self.user_manager).action_submit()
