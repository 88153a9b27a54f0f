from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractFunds(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fund = cls.env.ref("property_outsourcing.fund_source_maintenance_fund")
        cls.contract = cls._create_works_draft(fund_source_id=cls.fund.id)

    def _gates(self, stage):
        return self.contract.fund_gate_ids.filtered(lambda gate: gate.stage == stage)

    def _file(self, gate, user=None):
        user = user or self.user_supervisor
        file = self.env["ir.attachment"].with_user(user).create({"name": "vote.pdf", "raw": b"%PDF-1.4 vote"})
        gate.with_user(user).attachment_ids = [Command.link(file.id)]
        return file

    def _do(self, gates):
        for gate in gates:
            self._file(gate)
        gates.with_user(self.user_manager).action_done()

    def test_steps_of_the_fund_are_copied(self):
        self.assertEqual(self.contract.fund_gate_ids.mapped("name"), self.fund.gate_ids.mapped("name"))
        self.assertIn("two thirds", self.contract.fund_gate_ids[0].description)
        self.fund.gate_ids[0].name = "Something else"
        self.assertEqual(self.contract.fund_gate_ids[0].name, "Owners' vote passed")

    def test_another_source_brings_its_own_steps(self):
        own = self.env.ref("property_outsourcing.fund_source_own")
        self.contract.with_user(self.user_manager).fund_source_id = own
        self.assertFalse(self.contract.fund_gate_ids)
        with Form(self.contract.with_user(self.user_manager)) as form:
            form.fund_source_id = self.fund
        self.assertEqual(len(self.contract.fund_gate_ids), len(self.fund.gate_ids))

    def test_activation_waits_for_the_steps_and_names_them(self):
        self._create_required_documents(contract=self.contract)
        self.contract.with_user(self.user_manager).action_submit()
        with self.assertRaisesRegex(UserError, "Maintenance fund.*Owners' vote passed"):
            self.contract.with_user(self.user_manager2).action_approve()
        self.assertFalse(self.contract.purchase_order_id)
        self._do(self._gates("activation"))
        self.contract.with_user(self.user_manager2).action_approve()
        self.assertEqual(self.contract.state, "active")

    def test_final_payment_waits_for_its_steps(self):
        self._do(self._gates("activation"))
        self._activate(self.contract)
        first, *_rest, last = self.contract.milestone_ids
        text = (
            "Third-party review of the final account is not done yet; Maintenance fund pays only afterwards."
        )
        self.assertNotIn(text, self.contract._get_settlement_blockers(first))
        self.assertIn(text, self.contract._get_settlement_blockers(last))
        self._do(self._gates("completion"))
        self.assertNotIn(text, self.contract._get_settlement_blockers(last))

    def test_every_payment_waits_for_what_is_needed_before_any(self):
        income = self.env.ref("property_outsourcing.fund_source_public_income")
        self.contract.fund_source_id = income
        self._do(self._gates("activation"))
        self._activate(self.contract)
        text = "Publication on site is not done yet; Public income pays only afterwards."
        for row in self.contract.milestone_ids:
            self.assertIn(text, self.contract._get_settlement_blockers(row))

    def test_optional_step_holds_nothing_back(self):
        fee = self.env.ref("property_outsourcing.fund_source_service_fee")
        contract = self._create_contract(fund_source_id=fee.id)
        self.assertFalse(contract.fund_gate_ids.is_required)
        self.assertEqual(self._activate(contract).state, "active")

    def test_step_needs_its_file_and_stamps_who_and_when(self):
        gate = self._gates("activation")[0]
        with self.assertRaisesRegex(UserError, "attach the file"):
            gate.with_user(self.user_manager).action_done()
        self._do(gate)
        self.assertEqual(gate.done_by_id, self.user_manager)
        self.assertTrue(gate.date_done)
        with self.assertRaisesRegex(UserError, "already done"):
            gate.with_user(self.user_manager).action_done()

    def test_only_managers_tick(self):
        gate = self._gates("activation")[0]
        self._file(gate)
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor, self.user_outsider):
            with self.assertRaises(AccessError):  # core's own or ours
                gate.with_user(user).action_done()
        self.assertFalse(gate.is_done)

    def test_ticks_and_steps_are_not_written_by_hand(self):
        gate = self._gates("activation")[0]
        for vals in (
            {"is_done": True},
            {"done_by_id": self.user_manager.id},
            {"is_required": False},
            {"requires_file": False},
            {"stage": "payment"},
            {"contract_id": self._create_contract().id},
        ):
            with self.assertRefused("These values are written by the system alone"):
                gate.with_user(self.user_manager).write(vals)
        model = self.env["outsourcing.contract.fund.gate"]
        for user in (self.user_supervisor, self.user_manager, self.user_admin):
            with self.assertRaises(AccessError):  # core's own
                gate.with_user(user).unlink()
            with self.assertRefused("These values are written by the system alone"):
                model.with_user(user).create({"contract_id": self.contract.id, "name": "x", "is_done": True})
            with self.assertRaises(UserError):  # core's own
                self.contract.with_user(user).write({"fund_gate_ids": [Command.clear()]})
            commands = [Command.update(gate.id, {"is_done": True})]
            with self.assertRefused("These values are written by the system alone"):
                self.contract.with_user(user).write({"fund_gate_ids": commands})
        self.assertEqual(len(self.contract.fund_gate_ids), len(self.fund.gate_ids))

    def test_a_step_is_ticked_once(self):
        gate = self._gates("activation")[0]
        self._do(gate)
        with self.assertRefused("is already done"):
            gate.with_user(self.user_manager).action_done()

    def test_file_of_a_done_step_stays(self):
        gate = self._gates("activation")[0]
        self._do(gate)
        file = gate.attachment_ids
        with self.assertRefused("A step that is done changes no more; a manager can reopen it."):
            gate.with_user(self.user_manager).attachment_ids = [Command.clear()]
        with self.assertRefused("and can no longer be changed."):
            file.with_user(self.user_supervisor).with_context(_force_unlink=True).unlink()
        with self.assertRefused("and can no longer be changed."):
            file.with_user(self.user_supervisor).write({"raw": b"another"})

    def test_source_and_steps_of_a_running_contract_stay(self):
        self._do(self._gates("activation"))
        self._activate(self.contract)
        own = self.env.ref("property_outsourcing.fund_source_own")
        with self.assertRefused("can no longer be changed."):
            self.contract.with_user(self.user_manager).fund_source_id = own
        with self.assertRaisesRegex(UserError, "cannot be reopened"):
            self._gates("activation").with_user(self.user_manager).action_reopen()
        payment = self._gates("completion")
        self._do(payment)
        payment.with_user(self.user_manager).action_reopen()
        self.assertFalse(any(payment.mapped("is_done")))

    def test_contractor_does_not_see_the_steps(self):
        with self.assertRaises(AccessError):  # core's own
            self.contract.fund_gate_ids[0].with_user(self.portal_contractor).read(["name"])

    def test_copy_starts_with_open_steps(self):
        self._do(self._gates("activation"))
        copy = self.contract.copy()
        self.assertEqual(len(copy.fund_gate_ids), len(self.fund.gate_ids))
        self.assertFalse(any(copy.fund_gate_ids.mapped("is_done")))
