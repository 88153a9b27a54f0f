from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractScope(OutsourcingCommon):
    def _scope(self, contract, user=None, **vals):
        values = {
            "contract_id": contract.id,
            "name": "Maintain the elevator",
            "equipment_ids": [Command.set(self.elevator.ids)],
            **vals,
        }
        return self.env["outsourcing.contract.scope"].with_user(user or self.user_supervisor).create(values)

    def test_scope_takes_community_of_the_contract(self):
        line = self._scope(
            self._create_contract(),
            quantity=1,
            uom_id=self.env.ref("property_outsourcing.uom_elevator").id,
            frequency="half_month",
        )
        self.assertEqual(line.community_id, self.community)

    def test_places_of_another_community_are_refused(self):
        contract = self._create_contract()
        stranger = self.env["maintenance.equipment"].create(
            {
                "name": "Pump",
                "outsourcing_community_id": self.other_community.id,
                "company_id": self.company.id,
            }
        )
        with self.assertRaisesRegex(ValidationError, "Pump"):
            self._scope(contract, self.user_manager, equipment_ids=[Command.set(stranger.ids)])
        with self.assertRaisesRegex(ValidationError, "not part of the contract"):
            self._scope(
                contract, self.user_manager, community_id=self.other_community.id, equipment_ids=False
            )

    def test_scope_is_frozen_after_draft(self):
        contract = self._create_contract()
        line = self._scope(contract)
        self._activate(contract)
        for user in (self.user_supervisor, self.user_manager, self.user_admin):
            with self.assertRefused("its lines can no longer be changed."):
                line.with_user(user).write({"quantity": 5})
            with self.assertRefused("its lines can no longer be changed."):
                line.with_user(user).unlink()
            with self.assertRefused("its lines can no longer be changed."):
                contract.with_user(user).write({"scope_ids": [Command.create({"name": "More"})]})
            with self.assertRefused("its lines can no longer be changed."):
                contract.with_user(user).write({"scope_ids": [Command.clear()]})
            with self.assertRefused("its lines can no longer be changed."):
                line.with_user(user).write({"equipment_ids": [Command.clear()]})

    def test_scope_is_read_by_staff_of_the_community_alone(self):
        contract = self._create_contract()
        line = self._scope(contract)
        self._activate(contract)
        scope = self.env["outsourcing.contract.scope"]
        self.assertIn(line, scope.with_user(self.user_supervisor).search([]))
        self.assertNotIn(line, scope.with_user(self.user_outsider).search([]))
        for user in (self.portal_contractor, self.portal_competitor):
            with self.assertRaises(AccessError):  # the contract's page reads it for the contractor
                scope.with_user(user).search([])
        with self.assertRaises(AccessError):  # core's own
            line.with_user(self.portal_contractor).write({"exclusions": "x"})

    def test_equipment_shows_its_running_contract(self):
        contract = self._create_contract()
        self._scope(contract)
        equipment = self.elevator.with_user(self.user_supervisor)
        search = self.env["maintenance.equipment"].with_user(self.user_supervisor).search
        self.assertFalse(equipment.outsourcing_contract_ids)
        self.assertIn(equipment, search([("outsourcing_contract_ids", "=", False)]))
        self._activate(contract)
        equipment.invalidate_recordset()
        self.assertEqual(
            (equipment.outsourcing_contract_ids, equipment.outsourcing_contract_count), (contract, 1)
        )
        self.assertIn(equipment, search([("outsourcing_contract_ids", "=", contract.id)]))
        self.assertIn(equipment, search([("outsourcing_contract_ids", "ilike", contract.name)]))
        self.assertNotIn(equipment, search([("outsourcing_contract_ids", "=", False)]))
        self.assertEqual(
            equipment.action_view_outsourcing_contracts()["domain"], [("id", "in", contract.ids)]
        )

    def test_double_cover_is_pointed_out_in_one_sentence(self):
        first = self._create_contract()
        self._scope(first)
        self._activate(first)
        second = self._create_contract()
        self._scope(second)
        sentence = f"Elevator 3-1 is already covered by {first.name} from 2026-01-01 to 2026-12-31."
        self.assertEqual(second._get_overlap_messages(), [sentence])
        self.assertIn(sentence, second.submit_warnings)
        self._file_letter(second)
        result = second.with_user(self.user_manager).action_submit()
        self.assertIn(sentence, result["params"]["message"])
        self.assertEqual(second.state, "to_approve")

    def test_no_double_cover_for_another_time_or_service(self):
        first = self._create_contract()
        self._scope(first)
        self._activate(first)
        later = self._create_contract(date_start="2027-01-01", date_end="2027-12-31")
        self._scope(later)
        cleaning = self._create_contract("service_type_cleaning")
        self._scope(cleaning)
        self.assertFalse(later._get_overlap_messages() + cleaning._get_overlap_messages())

    def test_registry_fills_a_line_per_community(self):
        contract = self._create_contract()
        contract.with_user(self.user_supervisor).action_fill_scope()
        contract.with_user(self.user_supervisor).action_fill_scope()
        self.assertEqual(len(contract.scope_ids), 1)
        self.assertEqual(contract.scope_ids.equipment_ids, self.elevator)
        self.assertEqual(contract.scope_ids.quantity, 1)

    def test_scope_is_entered_in_the_form_and_copied_with_the_contract(self):
        contract = self._create_contract()
        with Form(contract.with_user(self.user_supervisor)) as form, form.scope_ids.new() as line:
            line.name = "Pit and machine room"
            line.equipment_ids.add(self.elevator)
        self.assertEqual(contract.scope_ids.community_id, self.community)
        self.assertEqual(contract.copy().scope_ids.equipment_ids, self.elevator)

    def test_drawings_are_read_by_the_team_and_kept_after_submission(self):
        contract = self._create_contract()
        drawing = (
            self.env["ir.attachment"]
            .with_user(self.user_manager)
            .create({"name": "plan.pdf", "raw": b"%PDF-1.4 plan"})
        )
        contract.with_user(self.user_manager).scope_attachment_ids = [Command.link(drawing.id)]
        self.assertEqual(drawing.with_user(self.user_supervisor).name, "plan.pdf")
        self._activate(contract)
        manager = drawing.with_user(self.user_manager)
        with self.assertRefused("and can no longer be changed."):
            manager.write({"raw": b"another plan"})
        with self.assertRefused("and can no longer be changed."):
            manager.with_context(_force_unlink=True).unlink()
        with self.assertRefused("can no longer be changed."):
            contract.with_user(self.user_manager).scope_attachment_ids = [Command.unlink(drawing.id)]

    def test_file_of_another_record_is_not_taken_as_a_drawing(self):
        foreign = self._attach_scan(self._create_document("business_license", verified=False))
        with self.assertRaisesRegex(UserError, "belongs to another record"):
            self._create_contract().with_user(self.user_manager).scope_attachment_ids = [
                Command.link(foreign.id)
            ]
