from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestSafetyLetterAndReminder(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls.env.ref("property_outsourcing.document_type_safety_letter")

    def test_a_letter_starts_from_the_text_of_its_type(self):
        self.letter.letter_deposit_rate = 1.5
        contract = self._create_contract()
        document = self._create_document(self.letter, contract=contract, verified=False)
        self.assertEqual(document.letter_duties, self.letter.letter_duties)
        self.assertEqual(document.letter_report_minutes, 30)
        self.assertEqual(document.letter_deposit_amount, 2160.0)
        policy = self._create_document("employer_liability", verified=False)
        self.assertFalse(policy.letter_duties)

    def test_a_verified_letter_keeps_its_terms(self):
        contract = self._create_contract()
        document = self._create_document(self.letter, contract=contract)
        for vals in ({"letter_duties": "None"}, {"letter_deposit_amount": 1}, {"letter_report_minutes": 1}):
            with self.assertRefused("is verified and can no longer be changed; renew it instead."):
                document.with_user(self.user_manager).write(vals)
        self.letter.letter_duties = "Other"
        self.assertNotEqual(document.letter_duties, "Other")

    def test_a_graded_licence_is_verified_with_its_grade(self):
        document = self._create_document("special_equipment_license", verified=False)
        document.flush_recordset()
        # one filed before its type had grades
        self.cr.execute("UPDATE outsourcing_document SET grade_id = NULL WHERE id = %s", [document.id])
        document.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "please choose its grade"):
            document.with_user(self.user_manager).action_verify()
        grade = self.env.ref("property_outsourcing.document_grade_construction_qualification_first")
        with self.assertRaisesRegex(ValidationError, "is not a grade of Special equipment"):
            document.grade_id = grade

    def test_an_expiring_document_reminds_once(self):
        contract = self._create_active_contract()
        today = fields.Date.today()
        document = self._create_document("public_liability", date_end=today + timedelta(days=10))
        documents = self.env["outsourcing.document"]
        due = documents.search([*documents._get_reminder_domain(), ("id", "=", document.id)])
        self.assertEqual(due, document)
        due._process_reminders()
        activity = document.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (contract.manager_id, document.date_end))
        self.assertFalse(documents.search([*documents._get_reminder_domain(), ("id", "=", document.id)]))
        with self.assertRefused("has already been verified."):
            document.with_user(self.user_manager).action_verify()

    def test_a_verified_renewal_answers_the_reminder(self):
        today = fields.Date.today()
        document = self._create_document("public_liability", date_end=today + timedelta(days=10))
        document._process_reminders()
        self.assertEqual(document.activity_ids.user_id, document.verified_by_id)
        action = document.with_user(self.user_supervisor).action_renew()
        renewal = self.env["outsourcing.document"].with_user(self.user_supervisor).browse(action["res_id"])
        self.assertFalse(renewal.date_reminded)
        renewal.date_end = today + timedelta(days=375)
        self._attach_scan(renewal)
        renewal.with_user(self.user_manager).action_verify()
        self.assertFalse(document.activity_ids)

    def test_a_document_is_not_marked_as_reminded_by_a_client(self):
        document = self._create_document("public_liability")
        document.with_user(self.user_manager).write({"date_reminded": "2026-01-01"})
        self.assertFalse(document.date_reminded)
