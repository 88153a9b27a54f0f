from ast import literal_eval

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon

# written by module code alone, no form lets anybody choose
NOT_CHOSEN = {
    "outsourcing.contract.suspension",
    "outsourcing.fact",
    "outsourcing.order.hold",
}


@tagged("post_install", "-at_install")
class TestPickers(OutsourcingCommon):
    """A picker offers who fits, a code has one owner, a count of one opens its record."""

    def test_every_picker_of_people_and_firms_is_narrowed(self):
        for name, model in self.env.registry.items():
            if not name.startswith("outsourcing.") or name in NOT_CHOSEN:
                continue
            for field in model._fields.values():
                chosen = field.type in ("many2one", "many2many") and not (field.related or field.readonly)
                chosen = chosen and field._module.startswith("property_outsourcing")
                if chosen and field.comodel_name in ("res.partner", "res.users"):
                    self.assertTrue(field.domain, f"{name}.{field.name} offers everybody")

    def test_owners_representatives_are_people_without_a_trade(self):
        field = self.community._fields["representative_ids"]
        offered = self.env["res.partner"].search(literal_eval(field.domain))
        self.assertIn(self.representative, offered)
        firm = self.contractor | self.performer | self.user_supervisor.partner_id
        self.assertFalse(offered & firm)
        with self.assertRaisesRegex(ValidationError, "Steady Elevators is a firm"):
            self.community.representative_ids = [Command.link(self.contractor.id)]

    def test_owners_are_no_contractors(self):
        with self.assertRaisesRegex(ValidationError, "Owner Zhou represents the owners of Sunshine Garden"):
            self.representative.with_user(self.user_manager).action_outsourcing_register()

    def test_persons_are_those_of_the_firm_of_their_role(self):
        contract = self._create_contract()
        row = self.env["outsourcing.contract.person"].new({"contract_id": contract.id, "role": "manager"})
        self.assertEqual(row.role_firm_id._origin, self.contractor)
        row.role = "supervisor"
        self.assertFalse(row.role_firm_id)

    def test_code_typed_twice_names_the_other_equipment(self):
        equipment = self.env["maintenance.equipment"].sudo()  # the registry is the administrator's
        vals = {"name": "Elevator 9", "company_id": self.company.id}
        code = {"outsourcing_registration_code": " 31104401002023000001 "}
        with self.assertRaisesRegex(
            ValidationError, "Registration code 3.*1 already belongs to Elevator 3-1"
        ):
            equipment.create({**vals, **code})
        other = equipment.create(vals)
        self.elevator.active = False
        with self.assertRaisesRegex(ValidationError, "Barcode EQ-SG01-3-1 already belongs to Elevator 3-1"):
            other.outsourcing_barcode = "EQ-SG01-3-1"
        with self.assertRaisesRegex(ValidationError, "Barcode B-1 already belongs to Twin"):
            equipment.create([{**vals, "outsourcing_barcode": "B-1", "name": "Twin"} for _row in range(2)])
        self.elevator.outsourcing_barcode = "EQ-SG01-3-1"  # its own

    def test_code_typed_twice_names_the_other_location(self):
        vals = {"name": "Building 4", "community_id": self.community.id, "barcode": "LOC-SG01-3"}
        with self.assertRaisesRegex(ValidationError, "Barcode LOC-SG01-3 already belongs to .*Building 3"):
            self.env["outsourcing.location"].create(vals)

    def test_one_document_opens_its_form(self):
        contract = self._create_contract()
        self.assertFalse(contract.action_view_documents()["res_id"])
        letter = self._file_letter(contract)
        action = contract.with_user(self.user_manager).action_view_documents()
        self.assertEqual((action["res_id"], action["views"]), (letter.id, [(False, "form")]))
