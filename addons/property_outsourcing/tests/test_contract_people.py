from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractPeople(OutsourcingCommon):
    """Named people with their certificates, and the duties that come with the service type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.successor = cls._create_contact("Sun Successor", cls.contractor)
        cls.contract = cls._create_contract(
            person_ids=[Command.create({"role": "manager", "person_id": cls.performer.id, "may_sign": True})]
        )
        cls.row = cls.contract.person_ids

    def test_person_must_belong_to_the_firm_of_the_role(self):
        stranger = self._create_contact("Stranger", self.competitor)
        for vals in (
            {"role": "manager", "person_id": stranger.id},
            {"role": "supervisor", "person_id": self.performer.id},
            {"role": "manager", "person_id": self.contractor.id},
        ):
            with self.assertRefused("is not a person of"):
                self.contract.person_ids = [Command.create(vals)]
        self.contract.supervising_firm_id = self.third_party
        engineer = self._create_contact("Engineer", self.third_party)
        self.contract.person_ids = [Command.create({"role": "supervisor", "person_id": engineer.id})]
        self.assertEqual(len(self.contract.person_ids), 2)

    def test_certificates_follow_the_compliance_documents(self):
        self.assertEqual(self.row.certificate_state, "missing")
        self._create_document("elevator_worker_certificate", person_id=self.performer.id)
        self.row.invalidate_recordset()
        self.assertEqual((self.row.certificate_state, len(self.row.certificate_ids)), ("valid", 1))
        self.assertTrue(self.row.date_certificate_end)

    def test_who_leads_a_running_contract_is_changed_by_a_manager(self):
        contract = self._activate(self.contract)
        vals = {"contractor_manager_id": self.successor.id, "manager_id": self.user_manager2.id}
        for name, label in (("contractor_manager_id", "Contractor's Manager"), ("manager_id", "Manager")):
            with self.assertRaisesRegex(AccessError, f"Running: a manager changes this.*{label}"):
                contract.with_user(self.user_supervisor).write({name: vals[name]})
        contract.with_user(self.user_supervisor).write({"manager_id": contract.manager_id.id})
        form = Form(contract.with_user(self.user_supervisor))
        self.assertTrue(form._get_modifier("contractor_manager_id", "readonly"))
        contract.with_user(self.user_manager).write(vals)
        self.assertEqual(contract.contractor_manager_id, self.successor)

    def test_who_leads_belongs_to_the_firm(self):
        stranger = self._create_contact("Stranger", self.competitor)
        for name in ("contractor_manager_id", "supervising_engineer_id"):
            with self.assertRaisesRegex(ValidationError, "Stranger is not a person of"):
                self.contract.with_user(self.user_manager).write({name: stranger.id})

    def test_terms_of_payment_are_terms(self):
        self._create_required_documents(contract=self.contract)
        self.contract.with_user(self.user_supervisor).action_submit()
        with self.assertRaisesRegex(UserError, "Payment Term can no longer be changed"):
            self.contract.with_user(self.user_supervisor).payment_term_id = self.env[
                "account.payment.term"
            ].create({"name": "After a year"})

    def test_people_and_duties_are_terms(self):
        self._activate(self.contract)
        for vals in ({"person_id": self.successor.id}, {"is_key": False}):
            with self.assertRefused("its lines can no longer be changed."):
                self.row.with_user(self.user_manager).write(vals)
        with self.assertRefused("its lines can no longer be changed."):
            self.contract.duty_ids[0].with_user(self.user_manager).write({"text": "Nothing"})
        with self.assertRefused("its lines can no longer be changed."):
            self.contract.duty_ids[0].with_user(self.user_manager).unlink()
        with self.assertRaises(AccessError):  # core's own
            self.row.with_user(self.portal_contractor).write({"person_id": self.successor.id})

    def test_replacement_with_consent_keeps_both_lines(self):
        self._activate(self.contract)
        action = self.row.with_user(self.user_manager).action_replace()
        Wizard = self.env[action["res_model"]].with_user(self.user_manager)
        form = Form(Wizard.with_context(**action["context"]))
        form.person_id = self.successor
        form.reason = "Left the firm"
        form.date_consent = fields.Date.today()
        form.save().action_confirm()
        successor = self.row.replaced_by_id
        self.assertEqual((successor.person_id, successor.role), (self.successor, "manager"))
        self.assertTrue(self.row.date_end and not self.row.is_replaced_without_consent)
        self.assertEqual(self.row.consent_by_id, self.user_manager)
        self.assertEqual(self.contract._get_contractor_signers(), self.successor)

    def test_replacement_without_consent_is_on_record(self):
        self._activate(self.contract)
        self.row.with_user(self.user_manager)._replace(self.successor, fields.Date.today(), "Just gone")
        self.assertTrue(self.row.is_replaced_without_consent)
        self.assertIn("without our consent", self.contract.message_ids[0].body)

    def test_bad_replacements_are_refused(self):
        today = fields.Date.today()
        with self.assertRaisesRegex(UserError, "draft"):
            self.row.with_user(self.user_manager)._replace(self.successor, today, "Early")
        self._activate(self.contract)
        row = self.row.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "why"):
            row._replace(self.successor, today, "")
        with self.assertRefused("Choose another person."):
            row._replace(self.performer, today, "Same")
        with self.assertRefused("is not a person of"):
            row._replace(self._create_contact("Stranger", self.competitor), today, "Foreign")
        for user in (self.user_supervisor, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own or ours
                self.row.with_user(user)._replace(self.successor, today, "Why not")
        with self.assertRefused("its lines can no longer be changed."):
            row.write({"replaced_by_id": row.id})

    def test_every_service_type_brings_duties_of_every_category(self):
        wanted = {"safety", "accident", "environment", "subcontracting", "key_persons", "real_name", "wages"}
        for service in self.env["outsourcing.service.type"].search([("code", "!=", False)]):
            if not service.get_external_id()[service.id]:
                continue
            self.assertGreaterEqual(set(service.duty_ids.mapped("category")), wanted, service.name)

    def test_service_type_fills_the_duties(self):
        self.assertEqual(len(self.contract.duty_ids), len(self.contract.service_type_id.duty_ids))
        self.contract.action_load_presets()
        self.assertEqual(len(self.contract.duty_ids), len(self.contract.service_type_id.duty_ids))

    def test_staff_of_the_community_reads_people_and_duties(self):
        self._activate(self.contract)
        for user in (self.portal_contractor, self.portal_competitor, self.portal_representative):
            for model in ("outsourcing.contract.person", "outsourcing.contract.duty"):
                with self.assertRaises(AccessError):  # the contract's page reads them for the contractor
                    self.env[model].with_user(user).search([])
        for user, expected in (
            (self.user_supervisor, True),
            (self.user_outsider, False),
            (self.user_finance, True),
        ):
            for model in ("outsourcing.contract.person", "outsourcing.contract.duty"):
                found = self.env[model].with_user(user).search([("contract_id", "=", self.contract.id)])
                self.assertEqual(bool(found), expected, f"{user.login} {model}")
