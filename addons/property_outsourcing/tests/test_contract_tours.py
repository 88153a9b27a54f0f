from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractTours(OutsourcingCommon, HttpCase):
    """A manager's two longest jobs, with the mouse."""

    browser_size = "1600x1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_manager3 = cls._create_internal_user("he_manager", "He Manager", "manager")
        cls.area.manager_id = cls.user_manager2

    def _tour(self, url, name, user):
        self.start_tour(url, name, login=user.login, timeout=180)
        self.env.invalidate_all()

    def test_contract_is_written_from_its_service_type_and_approved_by_two(self):
        self.company.outsourcing_second_approval_amount = 100_000.0
        url = "/odoo/outsourcing-contracts"
        self._tour(url, "outsourcing_contract_create", self.user_manager)
        contract = self.env["outsourcing.contract"].search([("title", "=", "Elevators of the tour")])
        self.assertEqual(contract.state, "draft")
        self._file_letter(contract)
        self._tour(f"{url}/{contract.id}", "outsourcing_contract_submit", self.user_manager)
        self.assertEqual((contract.state, contract.submitted_by_id), ("to_approve", self.user_manager))
        self.assertEqual(len(contract.rule_ids), len(self.service_elevator.rule_ids))
        self._create_required_documents(contract=contract)
        url = f"{url}/{contract.id}"
        self._tour(url, "outsourcing_contract_author_cannot_approve", self.user_manager)
        with self.assertRaisesRegex(UserError, "another person must take this step"):
            contract.with_user(self.user_manager).action_approve()
        self.assertFalse(contract.approved_by_id)
        self._tour(url, "outsourcing_contract_approve_first", self.user_manager2)
        self._tour(url, "outsourcing_contract_approve_second", self.user_manager3)
        self.assertEqual(contract.state, "active")
        approvers = contract.approved_by_id | contract.second_approved_by_id
        self.assertEqual(approvers, self.user_manager2 | self.user_manager3)
        self.assertTrue(contract.purchase_order_id and contract.project_id)

    def test_works_contract_is_active_after_fewer_than_twenty_clicks_and_fields(self):
        self.contractor.outsourcing_service_type_ids = self.env.ref(
            "property_outsourcing.service_type_facade"
        )
        self._create_required_documents(partner=self.contractor)
        url = "/odoo/outsourcing-contracts"
        self._tour(url, "outsourcing_works_write", self.user_manager)
        contract = self.contractor.outsourcing_contract_ids
        self.assertEqual((contract.kind, contract.state), ("works", "to_approve"))
        self.assertEqual(contract.milestone_ids.mapped("percent"), [30.0, 40.0, 30.0])
        self._tour(f"{url}/{contract.id}", "outsourcing_works_approve", self.user_manager2)
        self.assertEqual(
            (contract.state, sum(contract.milestone_ids.mapped("amount"))), ("active", 200_000.0)
        )

    def test_contractors_are_imported_after_their_faulty_rows_were_told(self):
        self.company.country_id = self.env.ref("base.cn")
        self._tour("/odoo/outsourcing-contractors", "outsourcing_contractor_import", self.user_manager)
        firms = self.env["res.partner"].search([("name", "in", ("Firm One", "Firm Two", "Firm Four"))])
        self.assertEqual(set(firms.mapped("outsourcing_state")), {"candidate"})
        self.assertEqual(len(firms), 3, "the good file only, each firm once")
