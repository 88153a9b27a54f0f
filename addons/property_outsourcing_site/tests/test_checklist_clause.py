from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestChecklistClause(SiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls.env.ref("property_outsourcing.clause_tsg_t5002_cycles")

    def test_elevator_items_cite_the_rule(self):
        self.assertEqual(len(self.tsg.item_ids.filtered("clause_id")), 76)
        governor = self.env.ref("property_outsourcing_site.checklist_item_a_4_06")
        self.assertEqual(governor.clause_id, self.env.ref("property_outsourcing.clause_tsg_t5002_governor"))

    def test_smart_systems_have_a_checklist_and_plans(self):
        service = self.env.ref("property_outsourcing.service_type_smart")
        checklist = self.env.ref("property_outsourcing_site.checklist_smart")
        self.assertEqual(len(checklist.item_ids), 24)
        self.assertEqual(service.plan_ids.checklist_id, checklist)
        self.assertEqual(set(service.plan_ids.mapped("party")), {"contractor", "property"})

    def test_every_service_type_has_a_checklist(self):
        for code in (
            "elevator", "drain", "greening", "security", "cleaning", "smart", "fire", "water_tank", "facade",
            "waterproof", "repairs",
        ):  # fmt: skip
            service = self.env.ref(f"property_outsourcing.service_type_{code}")
            self.assertTrue(service.checklist_ids.item_ids, code)

    def test_failed_item_names_the_clause_in_the_defect(self):
        fail = {"result": "fail", "note": "Worn"}
        inspection = self._create_done_inspection({"A_1_01": fail})
        defect = self.env["outsourcing.defect"].search([("inspection_id", "=", inspection.id)])
        self.assertEqual(self._line(inspection, "A-1-01").clause_id, self.clause)
        self.assertEqual(defect.clause_id, self.clause)
        self.assertEqual(self.clause.defect_count, 1)
        self.assertEqual(
            self.env["outsourcing.defect"].search(self.clause.action_view_defects()["domain"]), defect
        )

    def test_later_link_does_not_touch_what_was_inspected(self):
        inspection = self._start(self._create_inspection()).with_env(self.env)
        line = self._line(inspection, "A-1-01")
        line.item_id.with_user(self.user_admin).clause_id = False
        self.assertEqual(line.clause_id, self.clause)

    def test_supervisor_names_the_clause_until_the_notice_is_issued(self):
        defect = self._create_defect()
        self.assertFalse(defect.clause_id)
        defect.with_user(self.user_supervisor).clause_id = self.clause
        defect.with_user(self.user_supervisor).action_assign()
        with self.assertRefused("can no longer be changed."):
            defect.with_user(self.user_supervisor).clause_id = False
        with self.assertRaises(AccessError):  # core's own
            defect.with_user(self.portal_contractor).write({"clause_id": False})

    def test_contractor_does_not_rewrite_the_clause_of_an_item(self):
        inspection = self._start(self._create_inspection())
        line = self._line(inspection, "A-1-01")
        for user in (self.portal_contractor, self.user_supervisor):
            with self.assertRefused("The wording of an item that is being answered does not change."):
                line.with_user(user).write({"clause_id": False})

    def test_smart_button_counts_the_items(self):
        self.assertEqual(self.clause.checklist_item_count, 75)
        action = self.clause.action_view_checklist_items()
        self.assertEqual(len(self.env[action["res_model"]].search(action["domain"])), 75)

    def test_plans_cover_the_equipment_of_the_scope(self):
        other = self._create_equipment(1)
        contract = self._create_contract()
        line = {"name": "Elevator", "equipment_ids": [Command.set(other.ids)]}
        contract.write({"scope_ids": [Command.create(line)]})
        self._activate(contract)
        self.assertEqual(contract.inspection_plan_ids.equipment_ids, other)

    def test_plans_of_the_former_service_type_leave_the_draft(self):
        contract = self._create_contract()
        contract.with_user(self.user_manager).action_load_inspection_plans()
        self.assertTrue(contract.inspection_plan_ids)
        smart = self.env.ref("property_outsourcing.service_type_smart")
        contract.with_user(self.user_supervisor).service_type_id = smart
        self.assertFalse(contract.inspection_plan_ids)
        contract._load_inspection_plans()
        self.assertEqual(contract.inspection_plan_ids.checklist_id, smart.plan_ids.checklist_id)
