import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PIXEL, OutsourcingCommon

SIGNATURE = base64.b64encode(PIXEL)


@tagged("post_install", "-at_install")
class TestContractSigning(OutsourcingCommon):
    """The contractor's named people sign; the seal register keeps what was sealed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_contact("Zhou Boss", cls.contractor)
        cls.contract = cls._create_contract(contractor_manager_id=cls.boss.id)
        cls._create_required_documents(contract=cls.contract)

    def _submit(self):
        self.contract.with_user(self.user_manager).action_submit()

    def _activate_contract(self):
        self._submit()
        self.contract.with_user(self.user_manager2).action_approve()

    def _sign(self, user=None, name="Zhou Boss", signature=SIGNATURE):
        contract = self.contract.with_user(user or self.portal_contractor)
        contract._portal_sign_contract(signature, name)

    def _record_paper(self, user=None, **vals):
        data = {"date": fields.Date.today(), "signer": self.boss, **vals}
        contract = self.contract.with_user(user or self.user_supervisor)
        return contract._record_paper_signature(data, [("sealed.png", PIXEL)])

    # ---- portal -----------------------------------------------------------------------------------------

    def test_named_person_signs_in_the_portal(self):
        self._activate_contract()
        self.assertTrue(self.contract.is_unsigned)
        self._sign()
        self.assertEqual(
            (self.contract.signing_method, self.contract.contractor_signer_id), ("portal", self.boss)
        )
        self.assertEqual(self.contract.signature_entered_by_id, self.portal_contractor)
        self.assertEqual(self.contract.date_signed, fields.Date.today())
        self.assertFalse(self.contract.is_unsigned)

    def test_strangers_cannot_sign(self):
        self._activate_contract()
        for user in (
            self.portal_competitor,
            self.portal_representative,
            self.user_manager,
            self.user_supervisor,
        ):
            with self.assertRaises(AccessError, msg=user.login):  # core's own or ours
                self._sign(user)
        self.assertTrue(self.contract.is_unsigned)

    def test_forged_or_missing_name_and_signature_are_refused(self):
        self._activate_contract()
        for name in ("Chen Foreman", "Zhang Manager", "", "zhou boss"):
            with self.assertRaises(UserError, msg=name):  # each for a reason of its own
                self._sign(name=name)
        for picture in (b"", None, b"not base64!", base64.b64encode(b"<svg/>"), "bm8gaW1hZ2U="):
            with self.assertRaises(UserError):  # each for a reason of its own
                self._sign(signature=picture)

    def test_nobody_signs_before_the_approval_or_twice(self):
        self._submit()
        with self.assertRaises(AccessError):  # core's own
            self._sign()
        self.contract.with_user(self.user_manager2).action_approve()
        self._sign()
        with self.assertRaisesRegex(UserError, "already been signed"):
            self._sign()

    def test_signature_is_not_written_by_a_client(self):
        self._activate_contract()
        for vals in ({"date_contractor_signed": fields.Datetime.now()}, {"contractor_signature": SIGNATURE}):
            with self.assertRefused("can no longer be changed."):
                self.contract.with_user(self.user_manager).write(vals)
            with self.assertRaises(AccessError):  # core's own
                self.contract.with_user(self.portal_contractor).write(vals)

    # ---- before activation ------------------------------------------------------------------------------

    def test_signature_before_activation(self):
        self.company.outsourcing_sign_before_activation = True
        self._submit()
        portal = self.env["outsourcing.contract"].with_user(self.portal_contractor)
        self.assertFalse(portal.search([("id", "=", self.contract.id)]))
        self.contract.with_user(self.user_manager2).action_approve()
        self.assertEqual((self.contract.state, self.contract.approval_step), ("to_approve", "signature"))
        self.assertTrue(portal.search([("id", "=", self.contract.id)]))
        others = self.env["outsourcing.contract"].with_user(self.portal_competitor)
        self.assertFalse(others.search([("id", "=", self.contract.id)]))
        with self.assertRaisesRegex(UserError, "signature"):
            self.contract.with_user(self.user_manager2).action_activate()
        self._sign()
        self.contract.with_user(self.user_manager2).action_activate()
        self.assertEqual(self.contract.state, "active")

    def test_author_does_not_activate(self):
        self.company.outsourcing_sign_before_activation = True
        self._submit()
        self.contract.with_user(self.user_manager2).action_approve()
        self._sign()
        with self.assertRaisesRegex(UserError, "another person"):
            self.contract.with_user(self.user_manager).action_activate()

    def test_return_voids_the_signature(self):
        self.company.outsourcing_sign_before_activation = True
        self._submit()
        self.contract.with_user(self.user_manager2).action_approve()
        self._sign()
        self.contract.with_user(self.user_manager2)._return_to_author("New price")
        self.assertFalse(self.contract.date_contractor_signed or self.contract.contractor_signature)
        portal = self.env["outsourcing.contract"].with_user(self.portal_contractor)
        self.assertFalse(portal.search([("id", "=", self.contract.id)]))

    def test_manager_is_reminded_until_it_is_signed(self):
        kind = self.env.ref("property_outsourcing.activity_type_contract_signature")
        self._activate_contract()
        activity = self.contract.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        self.assertEqual(activity.date_deadline, self.contract.date_sign_by)
        self._sign()
        self.assertNotIn(kind, self.contract.activity_ids.activity_type_id)

    # ---- paper ------------------------------------------------------------------------------------------

    def test_paper_needs_the_scan_and_a_named_signer(self):
        self._activate_contract()
        contract = self.contract.with_user(self.user_supervisor)
        vals = {"date": fields.Date.today(), "signer": self.boss}
        with self.assertRaisesRegex(UserError, "scan"):
            contract._record_paper_signature(vals, [])
        with self.assertRaisesRegex(UserError, "may not sign"):
            self._record_paper(signer=self.performer)
        with self.assertRaisesRegex(UserError, "future"):
            self._record_paper(date=fields.Date.today() + timedelta(days=1))
        with self.assertRaises(AccessError):  # core's own
            self._record_paper(user=self.user_outsider)
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            self._record_paper(user=self.portal_contractor)

    def _open_paper(self, user):
        action = self.contract.with_user(user).action_sign_on_paper()
        return self.env[action["res_model"]].with_user(user).with_context(**action["context"])

    def _add_scan(self, form, user):
        scan = self.env["ir.attachment"].with_user(user).create({"name": "sealed.png", "raw": PIXEL})
        form.attachment_ids.add(scan)

    def test_paper_signature_is_one_dialog_that_activates(self):
        self.company.outsourcing_sign_before_activation = True
        self._activate_contract()
        self.assertEqual(self.contract.approval_step, "signature")
        third = self._create_internal_user("third_manager", "Third Manager", "manager")
        self.community.supervisor_ids |= third
        with Form(self._open_paper(third)) as form:
            self.assertEqual((form.signer_id, form.keeper_id), (self.boss, third))
            form.kept_by = "Archive"
            self._add_scan(form, third)
        form.record.action_confirm()
        self.assertEqual((self.contract.state, self.contract.contractor_signer_id), ("active", self.boss))

    def test_person_the_firm_lacks_is_written_into_the_dialog(self):
        self.contract.contractor_manager_id = False
        self.contractor.child_ids.write({"type": "invoice"})
        self._activate_contract()
        with Form(self._open_paper(self.user_supervisor)) as form:
            self.assertFalse(form.may_activate)
            form.signer_name = "Wu New"
            form.kept_by = "Archive"
            self._add_scan(form, self.user_supervisor)
        form.record.action_confirm()
        signer = self.contract.contractor_signer_id
        self.assertEqual((signer.name, signer.parent_id), ("Wu New", self.contractor))

    def test_paper_wizard_records_signature_scan_and_seal(self):
        self._activate_contract()
        action = self.contract.with_user(self.user_supervisor).action_sign_on_paper()
        Wizard = self.env[action["res_model"]].with_user(self.user_supervisor)
        scan = (
            self.env["ir.attachment"]
            .with_user(self.user_supervisor)
            .create({"name": "sealed.png", "raw": PIXEL})
        )
        form = Form(Wizard.with_context(**action["context"]))
        form.signer_id = self.boss
        form.keeper_id = self.user_manager
        form.kept_by = "Archive 1, finance 1"
        wizard = form.save()
        wizard.attachment_ids = [Command.link(scan.id)]
        wizard.action_confirm()
        seal = self.contract.seal_use_ids
        self.assertEqual((seal.keeper_id, seal.copies, seal.copies_contractor), (self.user_manager, 4, 2))
        self.assertEqual(self.contract.signing_method, "paper")
        self.assertEqual(self.contract.evidence_count, 1)

    def test_seal_register_is_append_only_and_never_before_the_approval(self):
        seal = {"seal": "contract", "keeper_id": self.user_manager.id, "kept_by": "Archive"}
        register = self.env["outsourcing.seal.use"].with_user(self.user_supervisor)
        self._submit()
        with self.assertRaisesRegex(UserError, "not approved"):
            register.create({**seal, "contract_id": self.contract.id})
        self.contract.with_user(self.user_manager2).action_approve()
        row = register.create({**seal, "contract_id": self.contract.id})
        with self.assertRaises(AccessError):  # core's own
            row.write({"copies": 9})
        with self.assertRaises(AccessError):  # core's own
            row.unlink()
        with self.assertRefused("The seal register keeps every line."):
            row.sudo().with_context(_force_unlink=True).unlink()
        with self.assertRefused("The use of a seal cannot lie in the future."):
            register.create({**seal, "contract_id": self.contract.id, "date": "2099-01-01"})

    def test_who_approved_does_not_enter_the_other_sides_signature(self):
        self._activate_contract()
        self.assertFalse(self.contract.with_user(self.user_manager2).may_enter_signature)
        self.assertTrue(self.contract.with_user(self.user_supervisor).may_enter_signature)
        with self.assertRaisesRegex(UserError, "Liu Manager has already acted as Approved By"):
            self._record_paper(user=self.user_manager2)
        self.assertFalse(self.contract.date_contractor_signed)
        self._record_paper()
        self.assertEqual(self.contract.signature_entered_by_id, self.user_supervisor)

    # ---- decline ----------------------------------------------------------------------------------------

    def test_contractor_declines_an_offered_contract_with_a_reason(self):
        self.company.outsourcing_sign_before_activation = True
        self._activate_contract()
        number = self.contract.name
        portal = self.contract.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "Write what you do not agree with"):
            portal._portal_decline(" ")
        with self.assertRaises(AccessError):  # core's own
            self.contract.with_user(self.portal_competitor)._portal_decline("No")
        portal._portal_decline("The night service is not priced")
        self.assertEqual((self.contract.state, self.contract.approved_by_id.id), ("draft", False))
        self.assertEqual(self.contract.return_reason, "The night service is not priced")
        self.assertEqual(self.contract.declined_by_id, self.portal_contractor.partner_id)
        kind = self.env.ref("property_outsourcing.activity_type_signature_declined")
        asked = self.contract.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(asked.user_id, self.user_manager)
        self._activate_contract()
        self.assertEqual((self.contract.name, self.contract.date_declined), (number, False))

    def test_contractor_declines_a_running_contract_and_its_manager_is_asked(self):
        self._activate_contract()
        self.contract.with_user(self.portal_contractor)._portal_decline("Not what we agreed on")
        self.assertEqual((self.contract.state, self.contract.is_unsigned), ("active", True))
        self.assertEqual(self.contract.decline_reason, "Not what we agreed on")
        self._sign()
        with self.assertRaisesRegex(UserError, "already been signed"):
            self.contract.with_user(self.portal_contractor)._portal_decline("Changed my mind")

    # ---- electronic signature services ------------------------------------------------------------------

    def test_without_a_service_the_button_says_so(self):
        self._activate_contract()
        self.assertFalse(self.contract.has_signature_service)
        with self.assertRaisesRegex(UserError, "No electronic signature service"):
            self.contract.with_user(self.user_manager).action_sign_electronically()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            self.contract.with_user(self.portal_contractor).action_sign_electronically()

    def test_service_takes_over_and_reports_back(self):
        Contract = type(self.env["outsourcing.contract"])
        url = {"type": "ir.actions.act_url", "url": "https://sign.example.com/1"}
        self.patch(Contract, "_has_signature_service", lambda contract: True)
        self.patch(Contract, "_get_signature_service_action", lambda contract: url)
        self._activate_contract()
        self.assertEqual(self.contract.with_user(self.user_manager).action_sign_electronically(), url)
        self.contract._record_electronic_signature("Zhou Boss", fields.Datetime.now(), "CERT-1")
        self.assertEqual(
            (self.contract.signing_method, self.contract.signature_reference), ("electronic", "CERT-1")
        )
