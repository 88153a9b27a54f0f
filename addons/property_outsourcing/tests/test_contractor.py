from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.models.contractor.res_partner_status import STATE_TRANSITIONS
from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractorState(OutsourcingCommon):
    def test_a_new_contractor_is_a_candidate_and_its_people_are_contacts(self):
        partner = (
            self.env["res.partner"]
            .with_user(self.user_manager)
            .with_context(default_outsourcing_state="candidate", default_is_company=True)
            .create(
                {"name": "New firm", "child_ids": [Command.create({"name": "Foreman", "is_company": False})]}
            )
        )

        self.assertEqual(partner.outsourcing_state, "candidate")
        self.assertFalse(partner.child_ids.outsourcing_state)

    def test_the_status_is_not_set_on_creation(self):
        partners = self.env["res.partner"].with_user(self.user_manager)
        with self.assertRefused("A new contractor always starts as a candidate."):
            partners.create({"name": "Cheat", "is_company": True, "outsourcing_state": "qualified"})
        with self.assertRefused("A new contractor always starts as a candidate."):
            partners.with_context(default_outsourcing_state="qualified").create(
                {"name": "Cheat", "is_company": True}
            )

    def test_the_status_is_not_written_directly(self):
        forged = {"outsourcing_workflow_gate": True, "outsourcing_system_actor": True}
        for user in (self.user_manager, self.user_admin):
            for vals in ({"outsourcing_state": "blacklisted"}, {"outsourcing_state_until": "2030-01-01"}):
                with self.assertRefused("The status of a contractor changes only through its buttons."):
                    self.contractor.with_user(user).with_context(**forged).write(vals)
        for user in (self.user_supervisor, self.portal_contractor):
            with self.assertRaises(UserError):  # core's own or ours
                self.contractor.with_user(user).with_context(**forged).write(
                    {"outsourcing_state": "suspended"}
                )
            with self.assertRaises(AccessError):  # core's own
                self.contractor.with_user(user).write({"name": "Renamed"})
        self.assertEqual(self.contractor.outsourcing_state, "qualified")

    def test_the_form_saves_a_contractor_without_touching_the_status(self):
        view = "property_outsourcing.outsourcing_contractor_view_form"
        with Form(self.contractor.with_user(self.user_manager), view=view) as form:
            form.phone = "021 5555 0000"
        self.assertEqual(self.contractor.outsourcing_state, "qualified")

    def test_only_a_manager_decides_on_the_status(self):
        candidate = self._create_contractor("Candidate", state="candidate")
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                candidate.with_user(user)._set_outsourcing_state("qualified")
            with self.assertRaises(AccessError):  # core's own
                candidate.with_user(user).action_outsourcing_unregister()
            with self.assertRaises(AccessError):  # core's own
                candidate.with_user(user).action_outsourcing_qualify()

    def test_every_pair_of_states_follows_the_table(self):
        states = (False, "candidate", "qualified", "suspended", "blacklisted")
        for source in states:
            for target in states:
                partner = self._create_contractor(f"{source} to {target}", state=source or "candidate")
                if not source:
                    partner.with_user(self.user_manager)._set_outsourcing_state(False)
                moved = partner.with_user(self.user_manager)
                with self.subTest(source=source, target=target):
                    if source in STATE_TRANSITIONS[target]:
                        moved._set_outsourcing_state(target, "Because")
                        self.assertEqual(partner.outsourcing_state, target)
                    else:
                        with self.assertRefused("and cannot become"):
                            moved._set_outsourcing_state(target, "Because")

    def test_suspending_needs_a_reason_that_stays_on_record(self):
        contractor = self.contractor.with_user(self.user_manager)
        with self.assertRefused("Please give the reason: the contractor has a right to know it."):
            contractor._set_outsourcing_state("suspended", " ")

        contractor._set_outsourcing_state("suspended", "Two falsified <records>")

        self.assertEqual(contractor.outsourcing_state_reason, "Two falsified <records>")
        note = contractor.message_ids[:1]
        self.assertIn("Two falsified &lt;records&gt;", note.body)
        self.assertEqual(note.author_id, self.user_manager.partner_id)
        with self.assertRaises(AccessError):  # core's own
            self.contractor.with_user(self.portal_contractor).read(["outsourcing_state_reason"])

    def test_the_wizard_asks_for_a_reason_when_documents_are_open(self):
        candidate = self._create_contractor("Candidate", services=self.service_elevator, state="candidate")
        action = candidate.with_user(self.user_manager).action_outsourcing_qualify()
        wizard = self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])
        self.assertIn("Business licence", wizard.blockers)
        with self.assertRefused("Documents are still open: please give the reason for qualifying anyway."):
            wizard.action_apply()

        wizard.reason = "Known for years"
        wizard.action_apply()

        self.assertEqual(candidate.outsourcing_state, "qualified")
        self.assertIn("Known for years", candidate.outsourcing_state_reason)
        self.assertIn("Business licence", candidate.outsourcing_state_reason)

    def test_a_blacklisted_firm_comes_back_as_a_candidate(self):
        contractor = self.contractor.with_user(self.user_manager)
        contractor._set_outsourcing_state("blacklisted", "Fraud")
        action = contractor.action_outsourcing_reinstate()
        wizard = self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])
        wizard.reason = "Court ruling"
        wizard.action_apply()
        self.assertEqual(contractor.outsourcing_state, "candidate")

    def test_a_suspension_ends_by_itself(self):
        today = fields.Date.today()
        for partner, days in ((self.contractor, 5), (self.competitor, 30)):
            partner.with_user(self.user_manager)._set_outsourcing_state(
                "suspended", "Late", today + timedelta(days)
            )
        with freeze_time(fields.Date.today() + timedelta(days=6)):
            self.env["res.partner"]._cron_end_outsourcing_suspensions()

        self.assertEqual(self.contractor.outsourcing_state, "qualified")
        self.assertFalse(self.contractor.outsourcing_state_until)
        self.assertEqual(self.competitor.outsourcing_state, "suspended")

    def test_a_contact_of_a_firm_has_no_status_of_its_own(self):
        with self.assertRefused("the status belongs to the firm."):
            self.performer.with_user(self.user_manager).action_outsourcing_register()

    def test_a_plain_vendor_is_registered_in_bulk(self):
        vendors = self.partner_a | self.partner_b
        vendors.with_user(self.user_manager).action_outsourcing_register()
        self.assertEqual(set(vendors.mapped("outsourcing_state")), {"candidate"})


@tagged("post_install", "-at_install")
class TestContractorBlockers(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence = cls.env.ref("property_outsourcing.document_type_special_equipment_license")
        cls.insurance = cls.env.ref("property_outsourcing.document_type_employer_liability")
        cls.letter = cls.env.ref("property_outsourcing.document_type_safety_letter")
        cls.certificate = cls.env.ref("property_outsourcing.document_type_elevator_worker_certificate")
        cls.service = cls.env["outsourcing.service.type"].create(
            {
                "name": "Test service",
                "code": "test_service",
                "required_document_type_ids": [Command.set((cls.licence | cls.insurance | cls.letter).ids)],
            }
        )
        cls.contractor.outsourcing_service_type_ids = cls.service

    def _blockers(self, purpose="dispatch", contract=None):
        self.env.invalidate_all()
        return self.contractor.with_user(self.user_supervisor)._get_contractor_blockers(purpose, contract)

    def _contract(self, *document_types):
        contract = self._create_contract()
        contract.required_document_type_ids = [
            Command.set([document_type.id for document_type in document_types])
        ]
        return contract

    def test_missing_documents_block_and_verified_ones_do_not(self):
        self.assertEqual(
            self._blockers(),
            [
                f"Steady Elevators: {self.licence.name} is missing.",
                "Steady Elevators: Employer's liability insurance is missing.",
            ],
        )
        self._create_document(self.licence)
        self._create_document(self.insurance)
        for purpose in ("award", "activate", "dispatch", "pay"):
            self.assertEqual(self._blockers(purpose), [])

    def test_an_unverified_document_does_not_count(self):
        self._create_document(self.licence, verified=False)
        self.assertIn("has not been verified", self._blockers()[0])

    def test_an_expired_and_a_future_document_do_not_count(self):
        today = fields.Date.today()
        self._create_document(self.licence, date_end=today - timedelta(days=1))
        self.assertIn("expired on", self._blockers()[0])
        self._create_document(self.licence, date_start=today + timedelta(days=1))
        self.assertIn("is not yet in force", self._blockers()[0])
        self._create_document(self.licence, date_end=today)
        self.assertEqual(len(self._blockers()), 1)

    def test_a_policy_insured_for_too_little_does_not_count(self):
        self._create_document(self.licence)
        self._create_document(self.insurance, insured_amount=300_000)
        self.assertEqual(
            self._blockers(),
            ["Steady Elevators: Employer's liability insurance is insured for less than $500,000.00."],
        )

    def test_a_safety_letter_counts_for_its_own_contract_only(self):
        contract, other = self._contract(self.letter), self._contract(self.letter)
        self._create_document(self.letter, contract=other)
        self.assertEqual(len(self._blockers("activate", contract)), 1)
        self._create_document(self.letter, contract=contract)
        self.assertEqual(self._blockers("activate", contract), [])

    def test_the_verdict_does_not_depend_on_what_the_asking_user_may_see(self):
        contract = self._contract(self.letter)
        self._create_document(self.letter, contract=contract)
        self.env.invalidate_all()
        contractor = self.contractor.with_user(self.user_outsider)
        self.assertFalse(contractor.outsourcing_document_ids)
        self.assertEqual(
            contractor._get_contractor_blockers("dispatch", contract.with_env(contractor.env)), []
        )

    def test_states_block_by_purpose(self):
        self._create_document(self.licence)
        self._create_document(self.insurance)
        contractor = self.contractor.with_user(self.user_manager)
        contractor._set_outsourcing_state("suspended", "Late")
        self.assertEqual(self._blockers("award"), ["Steady Elevators is Suspended: Late"])
        self.assertEqual(self._blockers("pay"), [])
        contractor._set_outsourcing_state("blacklisted", "Fraud")
        self.assertEqual(len(self._blockers("pay")), 1)
        asked_in_the_portal = self.contractor.with_user(self.portal_contractor)._get_contractor_blockers(
            "award"
        )
        self.assertEqual(asked_in_the_portal, ["Steady Elevators is Blacklisted."])

    def test_a_lapsed_qualification_blocks_new_work(self):
        self._create_document(self.licence)
        self._create_document(self.insurance)
        today = fields.Date.today()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("qualified", "Year", today)
        self.assertEqual(self._blockers(), [])
        with freeze_time(fields.Date.today() + timedelta(days=1)):
            self.assertIn("lapsed", self._blockers()[0])

    def test_a_contact_answers_for_its_firm(self):
        self.assertEqual(
            self.performer._get_contractor_blockers("award"),
            self.contractor._get_contractor_blockers("award"),
        )

    def test_a_person_needs_the_certificates_of_the_contract(self):
        contract = self._contract(self.certificate, self.licence)
        colleague = self._create_contact("Colleague", self.contractor)
        self._create_document(self.certificate, person_id=colleague.id)
        self.assertEqual(colleague._get_performer_blockers(contract), [])
        self.assertEqual(
            len(self.performer.with_user(self.user_supervisor)._get_performer_blockers(contract)), 1
        )

    def test_the_query_count_does_not_depend_on_the_number_of_contractors(self):
        contractors = self.env["res.partner"]
        for number in range(30):
            firm = self._create_contractor(f"Firm {number}", services=self.service)
            self._create_document(self.licence, firm)
            contractors |= firm
        counts = [self._count_queries(contractors[:size].with_user(self.user_supervisor)) for size in (1, 30)]
        self.assertEqual(counts[0], counts[1])

    def _count_queries(self, contractors):
        self.env.flush_all()
        contractors.with_user(self.user_supervisor)._get_contractor_blockers(
            "award"
        )  # fills the caches of rules
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        for contractor in contractors:
            contractor._get_contractor_blockers("award")
        contractors.mapped("outsourcing_expired_count")
        return self.cr.sql_log_count - before
