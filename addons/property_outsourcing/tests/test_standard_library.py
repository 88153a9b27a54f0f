from datetime import date

from psycopg2 import IntegrityError
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestStandardLibrary(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls._create_standard("GB 1-2020", date_from=date(2020, 1, 1))
        cls.clause = cls._create_clause(cls.standard)

    @classmethod
    def _create_standard(cls, number, **vals):
        return cls.env["outsourcing.standard"].create({"number": number, "name": "Test standard", **vals})

    @classmethod
    def _create_clause(cls, standard, **vals):
        return cls.env["outsourcing.standard.clause"].create(
            {
                "standard_id": standard.id,
                "number": "4.2",
                "name": "Flatness",
                "criterion": "At most 4 mm",
                "sampling": "Every room",
                "limit_operator": "max",
                "limit_value": 4,
                "limit_unit": "mm",
                "service_type_ids": [Command.set(cls.service_elevator.ids)],
                **vals,
            }
        )

    def _cite(self, contract, clause=None):
        clause = clause or self.clause
        contract.write({"standard_ids": [Command.create(clause._prepare_standard_vals())]})
        return contract.standard_ids.filtered(lambda line: line.clause_id == clause)

    def test_library_holds_the_standards_of_the_trade(self):
        numbers = set(self.env["outsourcing.standard"].search([]).mapped("number"))
        expected = {
            "GB 50210-2018", "TSG T5002-2017", "GB 50300-2013", "GB 55030-2022", "GB 50207-2012",
            "GB 50209-2010", "JGJ/T 110-2017", "GB 25201-2010", "GB 5749-2022", "CJJ/T 287-2018",
        }  # fmt: skip
        self.assertLessEqual(expected, numbers)
        ponding = self.env.ref("property_outsourcing.clause_gb_55030_ponding")
        self.assertEqual((ponding.number, ponding.limit), ("6.0.12", "≥ 20 mm"))
        levels = self.env.ref("property_outsourcing.standard_service_level").clause_ids
        self.assertEqual(len(levels), 48)
        self.assertEqual(set(levels.mapped("service_level")), {"1", "2", "3"})

    def test_state_follows_dates_and_successor(self):
        standard, model = self.standard, self.env["outsourcing.standard"]
        self.assertEqual(standard.state, "in_force")
        successor = self._create_standard("GB 1-2099", date_from=date(2099, 1, 1))
        standard.superseded_by_id = successor
        self.assertEqual((standard.state, successor.state), ("in_force", "future"))
        successor.date_from = date(2024, 1, 1)
        self.assertEqual(standard.state, "superseded")
        for state in ("in_force", "superseded", "future"):
            found = model.search([("state", "=", state), ("id", "in", (standard | successor).ids)])
            self.assertEqual(found, (standard | successor).filtered(lambda s, state=state: s.state == state))
        self.assertNotIn(standard, model.search([("state", "!=", "superseded")]))

    def test_picking_copies_the_wording_and_keeps_the_link(self):
        contract = self._create_contract()
        wizard = self.env["outsourcing.standard.pick"].with_user(self.user_supervisor)
        wizard = wizard.create({"contract_id": contract.id})
        self.assertIn(self.clause, wizard.available_clause_ids)
        wizard.clause_ids = self.clause
        wizard.action_pick()
        wizard.action_pick()
        line = contract.standard_ids.filtered(lambda line: line.clause_id == self.clause)
        self.assertEqual(len(line), 1)
        self.assertEqual((line.code, line.clause, line.name), ("GB 1-2020", "4.2", "Flatness"))
        self.assertIn("Every room", line.criterion)
        self.clause.criterion = "At most 2 mm"
        self.assertIn("4 mm", line.criterion)
        self.assertEqual(self.clause.contract_count, 1)
        self.assertEqual(
            self.env["outsourcing.contract"].search(self.clause.action_view_contracts()["domain"]), contract
        )

    def test_picking_offers_only_clauses_of_the_type_in_force_at_the_start(self):
        contract = self._create_contract()
        other = self._create_clause(self.standard, service_type_ids=False)
        wizard = self.env["outsourcing.standard.pick"].create({"contract_id": contract.id})
        self.assertNotIn(other, wizard.available_clause_ids)
        self.standard.date_to = date(2025, 12, 31)
        wizard = self.env["outsourcing.standard.pick"].create({"contract_id": contract.id})
        self.assertNotIn(self.clause, wizard.available_clause_ids)
        wizard.in_force_only = False
        self.assertIn(self.clause, wizard.available_clause_ids)

    def test_picking_into_a_running_contract_is_refused(self):
        contract = self._create_active_contract()
        wizard = self.env["outsourcing.standard.pick"].with_user(self.user_manager)
        wizard = wizard.create({"contract_id": contract.id, "clause_ids": [Command.set(self.clause.ids)]})
        with self.assertRefused("its lines can no longer be changed."):
            wizard.action_pick()
        with self.assertRaises(AccessError):  # core's own
            wizard.with_user(self.portal_contractor).action_pick()

    def test_clause_chosen_in_a_line_fills_it(self):
        contract = self._create_contract()
        with Form(contract.with_user(self.user_manager)) as form, form.standard_ids.new() as line:
            line.clause_id = self.clause
            self.assertEqual((line.code, line.clause), ("GB 1-2020", "4.2"))
        self.assertIn(self.clause, contract.standard_ids.clause_id)

    def test_standard_not_in_force_on_the_first_day_is_refused_by_setting(self):
        contract = self._create_contract()
        self._cite(contract)
        self.standard.date_to = date(2025, 12, 31)
        self._file_letter(contract)
        with self.assertRaisesRegex(UserError, "GB 1-2020"):
            contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "draft")
        self.company.outsourcing_refuse_outdated_standards = False
        result = contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "to_approve")
        self.assertIn("not in force", result["params"]["message"])

    def test_superseded_standard_is_pointed_out_at_submission(self):
        contract = self._create_contract()
        self._cite(contract)
        self.standard.superseded_by_id = self._create_standard("GB 1-2030", date_from=date(2030, 1, 1))
        self.assertIn("GB 1-2020 is superseded by GB 1-2030", contract.submit_warnings)
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        self.assertIn("superseded by GB 1-2030", contract.message_ids[:5].mapped("body").__str__())
        self.assertEqual(contract.state, "to_approve")

    def test_clause_in_use_is_not_deleted(self):
        self._cite(self._create_contract())
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.clause.with_user(self.user_admin).unlink()
            self.env.flush_all()

    def test_library_is_written_by_managers_and_deleted_by_administrators(self):
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor):
            if user != self.portal_contractor:  # its pages read in sudo
                self.assertTrue(self.standard.with_user(user).name)
            with self.assertRaises(AccessError):  # core's own
                self.standard.with_user(user).write({"name": "x"})
            with self.assertRaises(AccessError):  # core's own
                self.clause.with_user(user).write({"criterion": "x"})
        self.clause.with_user(self.user_manager).write({"criterion": "At most 3 mm"})
        with self.assertRaises(AccessError):  # core's own
            self.standard.with_user(self.user_manager).unlink()

    def test_bad_entries_are_refused(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._create_standard("GB 1-2020")
        with self.assertRefused("A standard cannot be superseded by itself."):
            self.standard.superseded_by_id = self.standard
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.standard.write({"date_to": date(2019, 1, 1)})
            self.env.flush_all()

    def test_company_standards_stay_in_their_company(self):
        other = self.env["res.company"].create({"name": "Other property company"})
        hidden = self._create_standard("QB-9", kind="company", company_id=other.id)
        clause = self._create_clause(hidden)
        self.assertNotIn(hidden, self.env["outsourcing.standard"].with_user(self.user_manager).search([]))
        with self.assertRaises(AccessError):  # core's own
            clause.with_user(self.user_manager).read(["criterion"])

    def test_counts_take_the_same_queries_for_many(self):
        clauses = self.env["outsourcing.standard.clause"].search([], limit=40)
        clauses.mapped("contract_count")
        for records in (clauses[0].with_prefetch(), clauses):
            self.env.invalidate_all()
            with self.assertQueryCount(1):
                records.mapped("contract_count")

    def test_service_level_is_a_field_of_the_community(self):
        self.community.with_user(self.user_manager).service_level = "1"
        level_2 = self._create_clause(self.standard, service_level="2")
        wizard = self.env["outsourcing.standard.pick"].create({"contract_id": self._create_contract().id})
        self.assertNotIn(level_2, wizard.available_clause_ids)
        self.assertIn(self.clause, wizard.available_clause_ids)
