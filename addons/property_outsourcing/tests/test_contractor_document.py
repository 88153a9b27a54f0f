from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.common import PIXEL, OutsourcingCommon


@tagged("post_install", "-at_install")
class TestDocumentVerification(OutsourcingCommon):
    def test_the_uploader_does_not_verify(self):
        document = self._create_document("business_license", verified=False)

        with self.assertRefused("You uploaded this document yourself; somebody else has to compare it"):
            document.with_user(self.user_supervisor).action_verify()
        document.with_user(self.user_supervisor2).action_verify()

        self.assertEqual(document.verified_by_id, self.user_supervisor2)
        self.assertTrue(document.date_verified)

    def test_who_replaces_the_file_becomes_the_uploader(self):
        document = self._create_document("business_license", verified=False)
        self._attach_scan(document.with_user(self.user_supervisor2))
        with self.assertRefused("You uploaded this document yourself; somebody else has to compare it"):
            document.with_user(self.user_supervisor2).action_verify()
        document.with_user(self.user_supervisor).action_verify()

    def test_what_the_portal_hands_in_is_verified_by_somebody_here(self):
        document_type = self.env.ref("property_outsourcing.document_type_business_license")
        document = (
            self.env["outsourcing.document"]
            .with_user(self.portal_contractor)
            ._portal_submit(
                {"type_id": document_type.id, "number": "91310000", "verified_by_id": self.user_manager.id},
                [("licence.png", PIXEL)],
            )
        )

        self.assertEqual(document.uploaded_by_id, self.portal_contractor)
        self.assertEqual(document.partner_id, self.contractor)
        self.assertFalse(document.verified_by_id)
        for user in (self.portal_contractor, self.user_finance):
            with self.assertRefused("You are not the person who may take this step.", AccessError):
                document.with_user(user).action_verify()
        document.with_user(self.user_supervisor).action_verify()
        self.assertEqual(document.state, "valid")

    def test_the_portal_hands_in_for_its_own_firm_only(self):
        document_type = self.env.ref("property_outsourcing.document_type_elevator_worker_certificate")
        documents = self.env["outsourcing.document"]
        vals = {"type_id": document_type.id, "person_id": self.performer.id, "partner_id": self.contractor.id}
        files = [("certificate.png", PIXEL)]
        with self.assertRefused("does not work for"):
            documents.with_user(self.portal_competitor)._portal_submit(vals, files)
        with self.assertRefused("Only a contractor hands in documents here.", AccessError):
            documents.with_user(self.portal_representative)._portal_submit(vals, files)
        with self.assertRefused("Please add a scan or photo of the document."):
            documents.with_user(self.portal_contractor)._portal_submit(vals, [])

    def test_a_file_and_the_last_day_are_needed(self):
        document_type = self.env.ref("property_outsourcing.document_type_public_liability")
        vals = {"type_id": document_type.id, "partner_id": self.contractor.id}
        with self.assertRaisesRegex(UserError, "until when"):
            self.env["outsourcing.document"].create(vals)
        document = self.env["outsourcing.document"].create({**vals, "date_end": "2099-12-31"})
        with self.assertRaisesRegex(UserError, "scan"):
            document.with_user(self.user_manager).action_verify()
        self._attach_scan(document)
        document.with_user(self.user_manager).action_verify()
        with self.assertRaisesRegex(UserError, "already"):
            document.with_user(self.user_manager2).action_verify()

    def test_stamps_cannot_be_sent(self):
        vals = {"verified_by_id": self.user_manager.id, "date_verified": "2026-01-01 00:00:00"}
        document_type = self.env.ref("property_outsourcing.document_type_business_license")
        document = (
            self.env["outsourcing.document"]
            .with_user(self.user_supervisor)
            .with_context(outsourcing_workflow_gate=True, default_date_verified="2026-01-01 00:00:00")
            .create(
                {
                    "type_id": document_type.id,
                    "partner_id": self.contractor.id,
                    "uploaded_by_id": self.user_manager.id,
                    **vals,
                }
            )
        )
        document.write({**vals, "uploaded_by_id": self.user_manager.id})

        self.assertEqual(document.state, "unverified")
        self.assertFalse(document.verified_by_id)
        self.assertEqual(document.uploaded_by_id, self.user_supervisor)

    def test_a_verified_document_is_frozen(self):
        document = self._create_document("business_license").with_user(self.user_admin)
        for vals in ({"number": "2"}, {"date_end": "2099-01-01"}, {"partner_id": self.competitor.id}):
            with self.assertRefused("is verified and can no longer be changed; renew it instead."):
                document.write(vals)
        for command in (Command.clear(), Command.create({"name": "x", "raw": b"x"})):
            with self.assertRefused("is verified and can no longer be changed; renew it instead."):
                document.write({"attachment_ids": [command]})
        with self.assertRefused("A verified document is kept; archive it when it is no longer needed."):
            document.with_context(_force_unlink=True).unlink()
        document.write({"number": document.number, "active": False})
        self.assertFalse(document.active)

    def test_the_file_of_a_verified_document_is_frozen(self):
        document = self._create_document("business_license")
        attachment = document.attachment_ids.with_user(self.user_admin)
        for vals in ({"raw": b"forged"}, {"res_id": 0}, {"name": "other.png"}):
            with self.assertRefused("and can no longer be changed."):
                attachment.write(vals)
        with self.assertRefused("and can no longer be changed."):
            attachment.with_context(_force_unlink=True).unlink()
        self.assertEqual(attachment.raw, PIXEL)

    def test_only_a_manager_revokes_a_verification(self):
        document = self._create_document("business_license")
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            document.with_user(self.user_supervisor).action_revoke()
        document.with_user(self.user_manager).action_revoke()
        self.assertEqual(document.state, "unverified")
        document.with_user(self.user_supervisor).number = "corrected"

    def test_renewing_keeps_the_history(self):
        today = fields.Date.today()
        document = self._create_document("employer_liability", date_end=today + timedelta(days=10))
        self.assertEqual(self.contractor.outsourcing_expiring_count, 1)
        action = document.with_user(self.user_supervisor).action_renew()
        renewal = self.env["outsourcing.document"].browse(action["res_id"])

        self.assertEqual(renewal.previous_id, document)
        self.assertEqual(renewal.date_start, today + timedelta(days=11))
        self.assertEqual((renewal.state, renewal.date_end), ("unverified", False))
        self.assertFalse(renewal.attachment_ids)
        self.assertFalse(document.is_superseded)
        renewal.with_user(self.user_supervisor).date_end = today + timedelta(days=375)
        self._attach_scan(renewal.with_user(self.user_supervisor))
        renewal.with_user(self.user_manager).action_verify()
        self.assertTrue(document.is_superseded)
        self.assertEqual((document.state, renewal.state), ("expiring", "upcoming"))
        self.env.invalidate_all()
        self.assertEqual(self.contractor.outsourcing_expiring_count, 0)

    def test_somebody_elses_file_is_not_taken(self):
        foreign = (
            self.env["ir.attachment"]
            .with_user(self.user_supervisor2)
            .create({"name": "own.png", "raw": PIXEL})
        )
        document = self._create_document("business_license", verified=False)
        with self.assertRaises(UserError):  # core's own
            document.with_user(self.user_supervisor).attachment_ids = [Command.link(foreign.id)]

    def test_a_file_uploaded_in_the_form_is_seen_by_colleagues(self):
        document_type = self.env.ref("property_outsourcing.document_type_business_license")
        upload = self.env["ir.attachment"].with_user(self.user_supervisor)
        first, second = upload.create(
            [{"name": name, "raw": PIXEL, "res_model": "outsourcing.document"} for name in ("a.png", "b.png")]
        )
        document = (
            self.env["outsourcing.document"]
            .with_user(self.user_supervisor)
            .create(
                {
                    "type_id": document_type.id,
                    "partner_id": self.contractor.id,
                    "attachment_ids": [Command.set(first.ids)],
                }
            )
        )
        document.attachment_ids = [Command.link(second.id)]
        self.env.invalidate_all()
        names = document.with_user(self.user_supervisor2).attachment_ids.mapped("name")
        self.assertEqual(sorted(names), ["a.png", "b.png"])

    def test_the_form_asks_for_the_holder(self):
        certificate = self.env.ref("property_outsourcing.document_type_elevator_worker_certificate")
        form = Form(self.env["outsourcing.document"].with_user(self.user_supervisor))
        form.type_id = certificate
        with self.assertRaises(AssertionError):
            form.save()
        form.partner_id = self.contractor
        form.person_id = self.performer
        form.date_end = "2099-12-31"
        self.assertEqual(form.save().partner_id, self.contractor)


@tagged("post_install", "-at_install")
class TestDocumentState(OutsourcingCommon):
    def test_the_state_follows_the_calendar_and_is_found(self):
        with freeze_time("2026-03-01"):
            document = self._create_document(
                "employer_liability", date_start=date(2026, 4, 1), date_end=date(2027, 3, 31)
            )
        calendar = {
            "2026-03-31": "upcoming",
            "2026-04-01": "valid",
            "2027-02-28": "valid",
            "2027-03-01": "expiring",
            "2027-03-31": "expiring",
            "2027-04-01": "expired",
        }
        states = ("unverified", "upcoming", "valid", "expiring", "expired")
        for day, expected in calendar.items():
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.env.invalidate_all()
                self.assertEqual(document.state, expected)
                found = [s for s in states if document.filtered_domain([("state", "=", s)])]
                self.assertEqual(found, [expected])
                found = [s for s in states if document.search([("state", "=", s), ("id", "=", document.id)])]
                self.assertEqual(found, [expected])
                self.assertFalse(document.search([("state", "!=", expected), ("id", "=", document.id)]))

    def test_the_warning_follows_the_type(self):
        today = fields.Date.today()
        document = self._create_document("employer_liability", date_end=today + timedelta(days=40))
        self.assertEqual(document.state, "valid")
        document.type_id.with_user(self.user_admin).warn_days = 60
        self.assertEqual(document.state, "expiring")

    def test_a_licence_without_a_last_day_stays_valid(self):
        document = self._create_document("business_license", date_end=False)
        with freeze_time("2090-01-01"):
            self.env.invalidate_all()
            self.assertEqual(document.state, "valid")
            self.assertTrue(document.search([("state", "=", "valid"), ("id", "=", document.id)]))

    def test_the_contractor_list_finds_firms_with_expired_documents(self):
        self._create_document("employer_liability", date_end=fields.Date.today() - timedelta(days=1))
        domain = [
            (
                "outsourcing_document_ids",
                "any",
                [("state", "=", "expired"), ("is_superseded", "=", False)],
            )
        ]
        found = self.env["res.partner"].with_user(self.user_supervisor).search(domain)
        self.assertEqual(found, self.contractor)
        self.assertEqual(found.outsourcing_expired_count, 1)


@tagged("post_install", "-at_install")
class TestDocumentAccess(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_document("business_license")

    def test_a_contractor_reads_its_own_documents_and_changes_none(self):
        own = self.document.with_user(self.portal_contractor)
        self.assertEqual(own.read(["number"])[0]["number"], "DOC-1")
        for call in (lambda: own.write({"number": "2"}), own.unlink, own.action_verify, own.action_revoke):
            with self.assertRaises(AccessError):  # core's own or ours
                call()
        with self.assertRaises(AccessError):  # core's own
            own.action_renew()

    def test_a_competitor_sees_nothing(self):
        for user in (self.portal_competitor, self.portal_representative, self.portal_third_party):
            foreign = self.document.with_user(user)
            self.assertFalse(foreign.search([("partner_id", "=", self.contractor.id)]))
            with self.assertRaises(AccessError):  # core's own
                foreign.read(["number"])
            with self.assertRaises(AccessError):  # core's own
                foreign.env["ir.attachment"].browse(self.document.attachment_ids.id).read(["raw"])

    def test_an_employee_without_a_role_sees_nothing(self):
        employee = self._create_internal_user("employee", "Employee", "user")
        employee.write({"group_ids": [Command.set(self.env.ref("base.group_user").ids)]})
        with self.assertRaises(AccessError):  # core's own
            self.document.with_user(employee).read(["number"])

    def test_finance_reads(self):
        self.assertEqual(self.document.with_user(self.user_finance).number, "DOC-1")
        with self.assertRaises(AccessError):  # core's own
            self.document.with_user(self.user_finance).write({"active": False})

    def test_document_types_are_the_administrators(self):
        with self.assertRaises(AccessError):  # core's own
            self.document.type_id.with_user(self.user_manager).min_insured_amount = 0
        self.document.type_id.with_user(self.user_admin).warn_days = 10
