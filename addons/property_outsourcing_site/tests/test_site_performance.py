from datetime import timedelta

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestSitePerformance(SiteCommon):
    """The number of queries does not depend on the number of records."""

    def _count(self, function, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_generation_for_one_and_thirty_elevators(self):
        elevators = self._create_equipment(31)
        plans = [
            self._create_plan(equipment_ids=e.ids) for e in (elevators[:1], elevators[:1], elevators[1:])
        ]
        day = self.today + timedelta(days=1)
        counts = [self._count(plan._process_generation, day, day) for plan in plans]
        self.assertEqual(counts[1], counts[2])

    def test_lists_of_one_and_thirty(self):
        inspections = self.env["outsourcing.inspection"]
        for equipment in self._create_equipment(31):
            inspections |= self._create_inspection(equipment_id=equipment.id)
        defects = self.env["outsourcing.defect"]
        for inspection in inspections:
            defects |= self._create_defect(equipment_id=inspection.equipment_id.id)
        for records in (inspections, defects):
            specification = self._get_list_specification(records)

            def read(rows, specification=specification):
                rows.with_user(self.user_supervisor).web_read(specification)

            self._count(read, records[:1])
            self.assertEqual(self._count(read, records[:1]), self._count(read, records[1:]), records._name)

    def _get_list_specification(self, records):
        view = records.get_view(view_type="list")
        names = view["models"][records._name]
        return {
            name: {"fields": {"display_name": {}}} if records._fields[name].type == "many2one" else {}
            for name in names
            if records._fields[name].type not in ("one2many", "many2many")
        }

    def test_smart_buttons_count_in_one_query_together(self):
        contract = self.contract.with_user(self.user_manager)
        self._count(contract._compute_counters)
        self.assertLessEqual(self._count(contract._compute_counters), 5)

    def test_missed_rounds_of_thirty_contracts_cost_the_queries_of_one(self):
        inspections = self.env["outsourcing.inspection"]
        for contract in self._create_active_contracts(32):
            inspections |= self._create_inspection(contract_id=contract.id)
        groups = (inspections[:1], inspections[1:2], inspections[2:])  # the first one warms up
        counts = [self._count(group._process_missed) for group in groups]
        due = self.env["outsourcing.fact"].search([("fact_type", "=", "inspection_due")])
        self.assertEqual(len(due & inspections.contract_id.fact_ids), 32)
        self.assertEqual(counts[1], counts[2])

    def test_failing_items_are_those_of_visits_handed_in_and_no_inspection_is_read_for_them(self):
        running = self._start(self._create_inspection()).sudo()
        done = self._create_done_inspection()
        action = self.env.ref("property_outsourcing_site.outsourcing_inspection_line_action")
        lines = self.env["outsourcing.inspection.line"].with_user(self.user_manager)
        query = lines._search([*safe_eval(action.domain), ("result", "=", "fail")])
        self.assertNotIn("outsourcing_inspection", query._joins)
        shown = lines.search(safe_eval(action.domain))
        self.assertLessEqual(done.line_ids, shown.sudo())
        self.assertFalse(running.line_ids & shown.sudo())
