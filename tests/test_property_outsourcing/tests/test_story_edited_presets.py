from datetime import date, datetime, timedelta

from odoo import Command
from odoo.tests import tagged

from .common import StoryCommon, on


@tagged("post_install", "-at_install")
class TestEditedPresetsStory(StoryCommon):
    """The office edits presets, checklists and the calendar in mid-term; contracts keep what was signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._create_calendar()
        preset = cls.service_elevator.sla_ids.filtered(lambda term: term.priority == "p1")
        preset.calendar_id = cls.calendar
        cls.presets = preset
        with on("2026-03-01"):
            cls.contract = cls._create_contract(date_start=date(2026, 3, 1), date_end=date(2027, 2, 28))
            cls._activate(cls.contract)

    @classmethod
    def _create_calendar(cls):
        """Return the working time of Monday to Friday, 8:00 to 18:00 in China."""
        days = [
            Command.create({"name": "Day", "dayofweek": str(day), "hour_from": 8, "hour_to": 18})
            for day in range(5)
        ]
        vals = {"name": "Office", "tz": "Asia/Shanghai", "company_id": cls.company.id}
        return cls.env["resource.calendar"].create({**vals, "attendance_ids": [Command.clear(), *days]})

    def _new_contract(self):
        return self._create_contract(date_start=date(2026, 4, 1), date_end=date(2027, 3, 31))

    def _terms(self, contract):
        """Return what both parties signed, as plain values."""
        rules = contract.rule_ids.sorted("id").mapped(lambda rule: (rule.name, rule.rate, rule.amount))
        limits = contract.sla_ids.sorted("id").mapped(lambda term: (term.priority, term.metric, term.hours))
        papers = contract.deliverable_term_ids.sorted("id").mapped(
            lambda term: (term.name, term.blocks_payment)
        )
        return rules, limits, papers, contract.required_document_type_ids.ids, str(contract.work_content)

    def _edit_presets(self):
        service = self.service_elevator.with_user(self.user_admin)
        service.rule_ids.write(
            {"rate": 9.0, "amount": 900.0, "cap_rate": 20.0, "cap_period": 9000.0, "cap_total": 90000.0}
        )
        service.sla_ids.write({"hours": 77.0})
        service.deliverable_ids[0].unlink()
        service.work_content = "<p>Other work</p>"

    # ---- presets ----------------------------------------------------------------------------------------

    def test_edited_presets_reach_new_contracts_alone(self):
        before = self._terms(self.contract)
        with on("2026-03-20"):
            self._edit_presets()
            new = self._new_contract()
        self.contract.invalidate_recordset()
        self.assertEqual(self._terms(self.contract), before)
        self.assertEqual(set(new.sla_ids.mapped("hours")), {77.0})
        self.assertIn("Other work", str(new.work_content))

    def test_a_breach_costs_what_was_signed(self):
        with on("2026-03-20"):
            self._edit_presets()
            self._miss_daily_inspections(self.contract, [date(2026, 3, 20), date(2026, 3, 21)])
        with on("2026-03-24"):
            missed = self.env["outsourcing.inspection"].search(
                [
                    ("contract_id", "=", self.contract.id),
                    ("state", "=", "planned"),
                    ("date_due", "<", "2026-03-24"),
                ]
            )
            missed._process_missed()
        adjustment = self.contract.adjustment_ids
        self.assertEqual((adjustment.rate, adjustment.amount), (5.0, 600.0))

    def test_an_archived_service_type_takes_nothing_from_a_running_contract(self):
        with on("2026-03-20"), self.assertRefused("cannot be archived while it is in use"):
            self.service_elevator.with_user(self.user_admin).action_archive()
        self.assertTrue(self.service_elevator.active)

    # ---- checklists -------------------------------------------------------------------------------------

    def _start_visit(self, day):
        checklist = self.env.ref("property_outsourcing_site.checklist_tsg_a")
        vals = {"contract_id": self.contract.id, "kind": "maintenance", "checklist_id": checklist.id}
        visit = self.env["outsourcing.inspection"].create(
            {**vals, "equipment_id": self.elevator.id, "date_planned": day}
        )
        visit.with_user(self.portal_contractor)._portal_start(self.performer)
        return visit

    def _edit_checklist(self):
        checklist = self.env.ref("property_outsourcing_site.checklist_tsg_a").with_user(self.user_admin)
        item = checklist.item_ids.filtered(lambda item: item.code == "A-1-29")
        item.write({"value_min": 8.0, "name": "Hook of the lock"})
        checklist.item_ids.filtered(lambda item: item.code == "A-1-01").action_archive()

    def test_a_begun_visit_is_answered_by_the_list_it_began_with(self):
        with on("2026-03-10"):
            visit = self._start_visit(date(2026, 3, 10))
            count = len(visit.line_ids)
            self._edit_checklist()
            foreman = visit.with_user(self.portal_contractor)
            foreman._portal_save({line.id: self._answer(line, 7.5) for line in visit.sudo().line_ids})
            foreman._portal_submit()
        line = visit.line_ids.filtered(lambda line: line.code == "A-1-29")
        self.assertEqual((visit.result, len(visit.line_ids), line.value_min), ("pass", count, 7.0))

    def test_the_next_visit_asks_the_edited_list(self):
        with on("2026-03-10"):
            count = len(self._start_visit(date(2026, 3, 10)).line_ids)
            self._edit_checklist()
        with on("2026-03-24"):
            visit = self._start_visit(date(2026, 3, 24))
        line = visit.line_ids.filtered(lambda line: line.code == "A-1-29")
        self.assertEqual(
            (line.value_min, line.name, len(visit.line_ids)), (8.0, "Hook of the lock", count - 1)
        )

    # ---- calendar ---------------------------------------------------------------------------------------

    def _order_at_four(self):
        """Return an order of Monday 2 March, 16:00: the time of its completion ends the next day."""
        with on("2026-03-02", hour=8):
            contract = self.contract.with_user(self.user_supervisor)
            order = contract._dispatch_order({"name": "Door", "outsourcing_priority": "p1"})
            self.env.flush_all()
        return order.with_env(self.env)

    def test_a_holiday_entered_later_moves_the_deadline_by_its_day(self):
        order = self._order_at_four()
        before = order.outsourcing_sla_completion_deadline
        self.assertEqual(before.date(), date(2026, 3, 3))
        with on("2026-03-02", hour=9):
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Holiday",
                    "calendar_id": self.calendar.id,
                    "date_from": datetime(2026, 3, 2, 16),
                    "date_to": datetime(2026, 3, 3, 15, 59, 59),
                }
            )
        self.assertEqual(order.outsourcing_sla_completion_deadline, before + timedelta(days=1))

    def test_limits_edited_in_the_preset_move_no_deadline(self):
        order = self._order_at_four()
        before = order.outsourcing_sla_completion_deadline
        self.presets.with_user(self.user_admin).write({"hours": 99.0, "calendar_id": False})
        self.env.flush_all()
        order.invalidate_recordset()
        self.assertEqual(order.outsourcing_sla_completion_deadline, before)
        self.assertEqual(
            self.contract.sla_ids.filtered(lambda term: term.priority == "p1").calendar_id, self.calendar
        )
