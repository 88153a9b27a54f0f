from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractAmounts(OutsourcingCommon):
    def test_last_instalment_takes_the_remainder(self):
        contract = self._create_works_draft(
            amount_total=10000.01,
            milestone_ids=[
                Command.create({"name": str(index), "percent": percent, "sequence": index})
                for index, percent in enumerate((33.3333, 33.3333, 33.3334))
            ],
        )
        self.assertEqual(contract.milestone_ids.mapped("amount"), [3333.33, 3333.33, 3333.35])
        self.assertEqual(contract.currency_id.round(contract.amount_rows), 10000.01)

    def test_shares_of_the_facade_story(self):
        contract = self._create_works_draft()
        self.assertEqual(contract.milestone_ids.mapped("amount"), [60000.0, 80000.0, 60000.0])

    def test_shares_above_one_hundred_percent_are_refused(self):
        with self.assertRaisesRegex(ValidationError, r"^The shares add up to 100.4 %, not to 100 %\.$"):
            self._create_works_draft(
                milestone_ids=[
                    Command.create({"name": "A", "percent": 60}),
                    Command.create({"name": "B", "percent": 40.4}),
                ]
            )

    def test_rows_that_do_not_add_up_are_refused(self):
        contract = self._create_contract()
        contract.milestone_ids[0].amount = 11999.99
        with self.assertRaisesRegex(UserError, "add up"):
            contract.with_user(self.user_manager).action_submit()

    def test_first_and_last_period_are_pro_rated_by_days(self):
        contract = self._create_contract(date_start=date(2026, 1, 1), date_end=date(2026, 2, 14))
        self.assertEqual(contract.milestone_ids.mapped("amount"), [12000.0, 6000.0])

    def test_periods_are_written_for_every_community(self):
        both = self.community | self.other_community
        contract = self._create_contract(community_ids=[Command.set(both.ids)])
        self.assertEqual(len(contract.milestone_ids), 24)
        self.assertEqual(contract.milestone_ids.community_id, both)
        self.assertEqual(contract.amount_total, 288000.0)

    def test_contract_cannot_end_before_it_starts(self):
        vals = self._prepare_contract("service_type_elevator", date_end=date(2025, 12, 31))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["outsourcing.contract"].create(vals).flush_recordset()

    def test_negative_figures_are_refused(self):
        for vals in (
            {"retention_rate": -1.0},
            {"amount_total": -1.0},
            {"tax_rate": -6.0},
            {"penalty_cap": -1.0},
        ):
            with self.assertRaises(ValidationError):  # each for a reason of its own
                self._create_works_draft(**vals)

    def test_service_has_no_retention(self):
        with self.assertRaisesRegex(ValidationError, "retention"):
            self._create_contract(retention_rate=3.0)

    def test_currency_with_more_decimals_than_quantities_is_refused(self):
        dinar = self.env["res.currency"].create({"name": "QQQ", "symbol": "Q", "rounding": 0.001})
        with self.assertRaisesRegex(ValidationError, "decimals"):
            self._create_contract(currency_id=dinar.id)

    def test_rule_above_its_cap_is_refused(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(ValidationError, "cap"):
            contract.rule_ids = [
                Command.create({"name": "Late", "basis": "fixed", "amount": 900, "cap_total": 500})
            ]

    def test_no_more_than_agreed_is_accepted(self):
        row = self._create_active_contract().milestone_ids[0]
        with self.assertRaisesRegex(UserError, "agreed"):
            self._accept_row(row, 12000.01, date(2026, 1, 31), self.community)

    def test_accepted_amount_is_not_written_by_a_client(self):
        row = self._create_active_contract().milestone_ids[0].with_user(self.user_manager)
        with self.assertRefused("its lines can no longer be changed."):
            row.write({"amount_accepted": 12000.0})

    def test_rows_of_two_currencies_are_counted_together(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.contractor.property_purchase_currency_id = euro
        rows = (self._create_contract() | self._create_contract(currency_id=euro.id)).milestone_ids
        for row in rows:
            row._gated().write({"amount_accepted": 12000.0})
        for name in ("amount_billed", "amount_to_bill"):
            self.env.add_to_compute(rows._fields[name], rows)
        self.env.flush_all()
        self.assertEqual(set(rows.mapped("amount_to_bill")), {12000.0})
        self.assertEqual(len(rows.currency_id), 2)
