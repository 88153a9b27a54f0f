from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..models.workflow.gate import open_gate
from .order_common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderEquipment(OrderCommon):
    """An order that begins with the elevator finds place, contract and contractor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._cover(cls.contract, cls.elevator)

    @classmethod
    def _cover(cls, contract, equipment):
        line = {"name": "Elevators", "equipment_ids": [Command.set(equipment.ids)]}
        open_gate(contract).write({"scope_ids": [Command.create({**line, "community_id": cls.community.id})]})

    def _form(self, user=None, **context):
        tasks = self.env["project.task"].with_user(user or self.user_supervisor)
        return Form(tasks.with_context(**{"outsourcing_order": True, **context}), "project.view_task_form2")

    def _create_rival(self):
        return self._create_active_contract(contractor_id=self.competitor.id)

    def test_choosing_the_elevator_finds_contract_and_contractor(self):
        form = self._form()
        form.name = "Door does not close"
        form.outsourcing_equipment_id = self.elevator
        self.assertEqual(form.outsourcing_contract_id, self.contract)
        self.assertEqual(form.outsourcing_contractor_id, self.contractor)
        self.assertEqual(form.outsourcing_community_id, self.community)
        self.assertEqual(form.outsourcing_location_id, self.building)
        self.assertFalse(form.outsourcing_candidate_note)
        order = form.save()
        self.assertEqual(
            (order.outsourcing_contract_id, order.project_id), (self.contract, self.contract.project_id)
        )

    def test_the_button_of_the_elevator_does_the_same(self):
        elevator = self.elevator.with_user(self.user_supervisor)
        context = elevator.action_dispatch_outsourcing_order()["context"]
        self.assertEqual(self._form(**context).outsourcing_contract_id, self.contract)

    def test_a_code_finds_its_elevator_alone(self):
        self.elevator.copy({"name": "Elevator 3-10", "outsourcing_barcode": "EQ-SG01-3-10"})
        equipment = self.env["maintenance.equipment"].with_user(self.user_supervisor)
        for code in ("EQ-SG01-3-1", " eq-sg01-3-1", "31104401002023000001"):
            with self.subTest(code):
                self.assertEqual([row[0] for row in equipment.name_search(code)], self.elevator.ids)
        self.assertEqual(len(equipment.name_search("EQ-SG01-3")), 2)

    def test_the_list_tells_elevators_of_two_communities_apart(self):
        equipment = self.env["maintenance.equipment"].with_user(self.user_supervisor)
        found = equipment.with_context(outsourcing_show_community=True).name_search("Elevator 3-1")
        self.assertEqual(found, [(self.elevator.id, "Elevator 3-1 · Sunshine Garden")])

    def test_no_contract_is_said_and_leaves_the_choice(self):
        open_gate(self.contract).scope_ids.equipment_ids = False
        self.elevator.outsourcing_service_type_id = False
        form = self._form()
        form.outsourcing_equipment_id = self.elevator
        self.assertFalse(form.outsourcing_contract_id)
        self.assertIn("No running contract covers", form.outsourcing_candidate_note)
        form.outsourcing_contract_id = self.contract
        form.name = "Door does not close"
        self.assertEqual(form.save().outsourcing_community_id, self.community)

    def test_several_contracts_are_said_and_offered(self):
        rival = self._create_rival()
        self._cover(rival, self.elevator)
        form = self._form()
        form.outsourcing_equipment_id = self.elevator
        self.assertFalse(form.outsourcing_contract_id)
        self.assertIn("2 running contracts cover", form.outsourcing_candidate_note)
        self.assertEqual(form.outsourcing_candidate_ids[:], self.contract | rival)
        form.outsourcing_contract_id = rival
        self.assertEqual(form.outsourcing_contractor_id, self.competitor)
        self.assertFalse(form.outsourcing_candidate_note)

    def test_where_no_scope_names_it_service_and_community_decide(self):
        open_gate(self.contract).scope_ids.equipment_ids = False
        form = self._form()
        form.outsourcing_equipment_id = self.elevator
        self.assertEqual(form.outsourcing_contract_id, self.contract)

    def test_an_elevator_of_another_community_is_refused(self):
        place = {"outsourcing_location_id": False, "outsourcing_community_id": self.other_community.id}
        other = self.elevator.copy({"name": "Elevator 9", **place})
        with self.assertRaisesRegex(ValidationError, "the order is for another community"):
            self._dispatch(outsourcing_equipment_id=other.id)

    def test_the_form_of_an_order_shows_nothing_of_a_plain_task(self):
        view = self.env["project.task"].with_user(self.user_supervisor).get_view(view_type="form")
        self.assertIn("What is to be done", view["arch"])
        form = self._form()
        for page in form._view["tree"].iter("page"):
            if page.get("name") == "sub_tasks_page":
                self.assertIn("outsourcing_order", page.get("invisible"))
