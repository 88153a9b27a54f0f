from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


class ComplianceCommon(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence = cls.env.ref("property_outsourcing.document_type_special_equipment_license")
        cls.insurance = cls.env.ref("property_outsourcing.document_type_employer_liability")
        cls.certificate = cls.env.ref("property_outsourcing.document_type_elevator_worker_certificate")
        cls.letter = cls.env.ref("property_outsourcing.document_type_safety_letter")
        cls.grade_a1, cls.grade_a2, cls.grade_b = cls.licence.grade_ids
        cls.service = cls.env["outsourcing.service.type"].create(
            {
                "name": "Test service",
                "code": "test_compliance",
                "required_document_type_ids": [Command.set((cls.licence | cls.insurance).ids)],
            }
        )
        cls.contractor.outsourcing_service_type_ids = cls.service

    def _require(self, document_type, contract=None, **vals):
        owner = contract or self.service
        owner.requirement_ids = [Command.create({"document_type_id": document_type.id, **vals})]

    def _rows(self, user=None, **criteria):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("partner_id", "=", self.contractor.id)]
        domain += [(name, "=", value) for name, value in criteria.items()]
        return self.env["outsourcing.compliance"].with_user(user or self.user_manager).search(domain)

    def _states(self, **criteria):
        return {row.document_type_id: row.state for row in self._rows(**criteria)}

    def _blockers(self, contract=None):
        self.env.invalidate_all()
        return self.contractor.with_user(self.user_supervisor)._get_contractor_blockers("dispatch", contract)


@tagged("post_install", "-at_install")
class TestComplianceMatrix(ComplianceCommon):
    def test_each_state_is_told_and_the_blockers_agree(self):
        today = fields.Date.today()
        self.service.required_document_type_ids = self.insurance
        cases = [
            ({}, "valid"),
            ({"date_end": today + timedelta(days=10)}, "expiring"),
            ({"date_end": today}, "expiring"),
            ({"date_end": today - timedelta(days=1)}, "expired"),
            ({"date_start": today + timedelta(days=1)}, "upcoming"),
            ({"verified": False}, "unverified"),
            ({"insured_amount": 499_999.99}, "insufficient"),
        ]
        self.assertEqual(self._states(), {self.insurance: "missing"})
        for vals, expected in cases:
            document = self._create_document(self.insurance, **vals)
            with self.subTest(expected=expected, vals=vals):
                row = self._rows()
                self.assertEqual((row.state, row.document_id), (expected, document))
                self.assertEqual(row.open_count, int(expected not in ("valid", "expiring")))
                self.assertEqual(bool(self._blockers()), bool(row.open_count))
                self.assertEqual(self.contractor.outsourcing_compliance_state, expected)
            document.active = False

    def test_a_verified_renewal_takes_the_warning_away(self):
        self.service.required_document_type_ids = self.insurance
        today = fields.Date.today()
        document = self._create_document(self.insurance, date_end=today + timedelta(days=10))
        action = document.with_user(self.user_supervisor).action_renew()
        renewal = self.env["outsourcing.document"].with_user(self.user_supervisor).browse(action["res_id"])
        self.assertEqual(self._rows().state, "expiring")
        renewal.date_end = today + timedelta(days=375)
        self._attach_scan(renewal)
        renewal.with_user(self.user_manager).action_verify()
        self.assertEqual(self._rows().state, "valid")
        self.assertEqual(self._rows().document_id, document)

    def test_the_day_is_that_of_the_company_whoever_reads(self):
        self.service.required_document_type_ids = self.insurance
        with freeze_time("2026-03-01 08:00:00"):
            self._create_document(self.insurance, date_start="2026-01-01", date_end="2026-06-30")
        self.company.partner_id.tz = "Asia/Shanghai"
        with freeze_time("2026-06-30 17:00:00"):  # already the first of July in Shanghai
            for zone in ("UTC", "Asia/Shanghai"):
                self.env.invalidate_all()
                row = self._rows().with_context(tz=zone)
                self.assertEqual((row.state, row.days_left), ("expired", -1))

    def test_an_insured_amount_rises_with_the_contract_value(self):
        contract = self._create_contract()
        contract.required_document_type_ids = self.insurance
        contract.requirement_ids = [Command.clear()]
        self._require(self.insurance, contract, amount_from=100_000, min_insured_amount=2_000_000)
        self._create_document(self.insurance, insured_amount=1_000_000)
        self.assertEqual(self._states(contract_id=contract.id), {self.insurance: "insufficient"})
        self.assertEqual(
            self._blockers(contract),
            ["Steady Elevators: Employer's liability insurance is insured for less than $2,000,000.00."],
        )
        contract.milestone_ids.unlink()
        contract.amount_total = 99_999.99
        self.assertEqual(self._states(contract_id=contract.id), {self.insurance: "valid"})
        self.assertEqual(self._blockers(contract), [])

    def test_a_threshold_asks_for_a_document_from_a_value_on(self):
        contract = self._create_contract()
        contract.required_document_type_ids = [Command.clear()]
        contract.requirement_ids = [Command.clear()]
        self._require(self.letter, contract, amount_from=contract.amount_total)
        self.assertEqual(self._states(contract_id=contract.id), {self.letter: "missing"})
        self.assertEqual(len(self._blockers(contract)), 1)
        contract.requirement_ids.amount_from = contract.amount_total + 0.01
        self.assertFalse(self._rows(contract_id=contract.id))
        self.assertEqual(self._blockers(contract), [])

    def test_a_grade_covers_the_grades_below_it(self):
        self.service.required_document_type_ids = self.licence
        self._require(self.licence, min_grade_id=self.grade_a2.id)
        cases = ((self.grade_b, "insufficient"), (self.grade_a2, "valid"), (self.grade_a1, "valid"))
        for grade, state in cases:
            document = self._create_document(self.licence, grade_id=grade.id)
            with self.subTest(grade=grade.name):
                self.assertEqual(self._rows().state, state)
                self.assertEqual(bool(self._blockers()), state != "valid")
            document.active = False
        self._create_document(self.licence, grade_id=self.grade_b.id)
        self.assertEqual(self._blockers(), [f"Steady Elevators: {self.licence.name} is below grade A2."])

    def test_enough_people_hold_the_certificate(self):
        self.service.required_document_type_ids = self.certificate
        self._require(self.certificate, min_person_count=2)
        self._create_document(self.certificate, person_id=self.performer.id)
        self._create_document(self.certificate, person_id=self.performer.id)
        self.assertEqual((self._rows().state, self._rows().holder_count), ("insufficient", 1))
        self.assertIn("is held by 1 of the 2 people needed", self._blockers()[0])
        colleague = self._create_contact("Colleague", self.contractor)
        self._create_document(
            self.certificate, person_id=colleague.id, date_end=fields.Date.today() + timedelta(days=5)
        )
        self.assertEqual(self._rows().state, "expiring")
        self.assertEqual(self._blockers(), [])

    def test_a_contract_repeats_nothing_the_firm_is_asked_anyway(self):
        contract = self._create_contract()
        contract.required_document_type_ids = self.licence | self.insurance | self.letter
        contract.requirement_ids = [Command.clear()]
        self._require(self.insurance, contract, min_insured_amount=9_000_000)
        rows = self._rows(contract_id=contract.id)
        self.assertEqual(rows.filtered("is_repeated").document_type_id, self.licence)
        self.assertEqual(contract.compliance_ids, rows.with_env(contract.env))

    def test_firms_are_found_by_their_state(self):
        partners = self.env["res.partner"].with_user(self.user_supervisor)
        firms = [("id", "in", (self.contractor | self.third_party).ids)]
        self.assertEqual(
            partners.search([*firms, ("outsourcing_compliance_state", "=", "missing")]), self.contractor
        )
        self.assertEqual(
            partners.search([*firms, ("outsourcing_compliance_state", "=", False)]), self.third_party
        )
        self._create_document(self.licence)
        self._create_document(self.insurance)
        self.env.invalidate_all()
        found = partners.search([*firms, ("outsourcing_compliance_state", "in", ("valid", "expiring"))])
        self.assertEqual(found, self.contractor)
        self.assertFalse(partners.search([*firms, ("outsourcing_compliance_state", "=", "missing")]))

    def test_a_row_opens_its_document_or_the_missing_one(self):
        row = self._rows(document_type_id=self.licence.id)
        action = row.with_user(self.user_supervisor).action_open()
        documents = self.env["outsourcing.document"].with_user(self.user_supervisor)
        form = Form(documents.with_context(**action["context"]))
        self.assertEqual((form.type_id, form.partner_id), (self.licence, self.contractor))
        with self.assertRefused("is missing: nobody has filed it yet."):
            row.with_user(self.user_finance).action_open()
        document = self._create_document(self.licence)
        row = self._rows(document_type_id=self.licence.id)
        self.assertEqual(row.action_open()["res_id"], document.id)

    def test_the_matrix_is_pivoted_and_exported(self):
        compliance = self.env["outsourcing.compliance"].with_user(self.user_manager)
        domain = [("partner_id", "=", self.contractor.id)]
        groups = compliance._read_group(domain, ["document_type_id", "state"], ["open_count:sum", "__count"])
        self.assertEqual([group[1:] for group in groups], [("missing", 1, 1)] * 2)
        columns = ["partner_id/name", "document_type_id/name", "state"]
        exported = compliance.search(domain).export_data(columns)
        self.assertEqual({row[2] for row in exported["datas"]}, {"Missing"})

    def test_the_query_count_does_not_depend_on_the_number_of_contractors(self):
        firms = self.env["res.partner"]
        for number in range(30):
            firm = self._create_contractor(f"Firm {number}", services=self.service)
            self._create_document(self.licence, firm)
            firms |= firm
        self.assertEqual(self._count_queries(firms[:1]), self._count_queries(firms))

    def _count_queries(self, firms):
        specification = {
            "partner_id": {"fields": {"display_name": {}}},
            "document_type_id": {"fields": {"display_name": {}}},
            "document_id": {"fields": {"display_name": {}}},
            "state": {},
        }
        counts = []
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            matrix = self.env["outsourcing.compliance"].with_user(self.user_supervisor)
            matrix.web_search_read([("partner_id", "in", firms.ids)], specification)
            firms.with_user(self.user_supervisor).mapped("outsourcing_compliance_state")
            counts.append(self.cr.sql_log_count - before)
        return counts[-1]


@tagged("post_install", "-at_install")
class TestComplianceAccess(ComplianceCommon):
    def test_a_contractor_reads_its_own_rows_only(self):
        contract = self._create_contract()
        own = self._rows(self.portal_contractor)
        self.assertEqual(own.document_type_id, self.licence | self.insurance)
        self.assertNotIn(contract, own.sudo().contract_id)
        for user in (self.portal_competitor, self.portal_representative):
            self.assertFalse(self._rows(user))
            with self.assertRaises(AccessError):  # core's own
                own.with_user(user).read(["state"])
        with self.assertRaises(AccessError):  # core's own
            self.contractor.with_user(self.portal_contractor).read(["outsourcing_compliance_state"])

    def test_a_supervisor_sees_the_contracts_of_its_communities(self):
        contract = self._create_contract()
        self.assertIn(contract, self._rows(self.user_supervisor).sudo().contract_id)
        self.assertFalse(self._rows(self.user_outsider).sudo().contract_id)

    def test_nobody_writes_rows(self):
        rows = self._rows(self.user_admin)
        for call in (lambda: rows.write({"state": "valid"}), rows.unlink, lambda: rows.create({})):
            with self.assertRaises(AccessError):  # core's own
                call()

    def test_requirements_are_frozen_after_draft(self):
        contract = self._create_contract()
        self.assertTrue(contract.requirement_ids)
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_supervisor).action_submit()
        lines = contract.requirement_ids.with_user(self.user_manager)
        for call in (
            lambda: lines.write({"min_insured_amount": 0}),
            lines.unlink,
            lambda: lines.create(
                {"contract_id": contract.id, "document_type_id": self.insurance.id, "amount_from": 1}
            ),
        ):
            with self.assertRefused("its lines can no longer be changed."):
                call()
        for user in (self.portal_contractor, self.user_outsider, self.user_finance):
            with self.assertRaises(AccessError):  # core's own
                contract.requirement_ids.with_user(user).write({"min_insured_amount": 0})

    def test_wrong_thresholds_are_refused(self):
        negative = "amounts cannot be negative, and at least one person must hold a certificate"
        for vals, sentence in (
            ({"min_insured_amount": -1}, negative),
            ({"amount_from": -1}, negative),
            ({"min_person_count": 0}, negative),
            ({"min_grade_id": self.grade_a1.id}, "is not a grade of"),
        ):
            with self.assertRefused(sentence):
                self._require(self.insurance, **vals)
