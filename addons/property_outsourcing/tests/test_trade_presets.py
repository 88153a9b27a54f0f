from odoo.tests import tagged

from .common import OutsourcingCommon

WORKS = {
    "construction_qualification",
    "construction_safety_license",
    "high_work_certificate",
    "public_liability",
}
LICENCES = {
    "elevator": {"special_equipment_license", "elevator_worker_certificate"},
    "security": {"security_service_license", "security_guard_certificate"},
    "smart": {"electrician_certificate", "high_work_certificate"},
    "fire": {"fire_service_registration", "registered_fire_engineer", "fire_operator_certificate"},
    "water_tank": {"water_tank_hygiene_license", "health_certificate"},
    "facade": WORKS,
    "waterproof": WORKS,
    "repairs": {"electrician_certificate", "high_work_certificate"},
}
EVERYWHERE = {"business_license", "work_injury", "employer_liability", "safety_letter"}


@tagged("post_install", "-at_install")
class TestTradePresets(OutsourcingCommon):
    """What a new contract starts from is what the trade asks for, and can be judged."""

    def _service(self, code):
        return self.env.ref(f"property_outsourcing.service_type_{code}")

    def _limits(self, code):
        return {(sla.priority, sla.metric): round(sla.hours * 60) for sla in self._service(code).sla_ids}

    def test_every_preset_penalty_has_a_cap(self):
        penalties = self.env["outsourcing.service.type.rule"].search(
            [("direction", "=", "penalty"), ("basis", "!=", "actual_loss")]
        )
        uncapped = penalties.filtered(lambda rule: not (rule.cap_period or rule.cap_total or rule.cap_rate))
        self.assertGreater(len(penalties), 40)
        self.assertFalse(uncapped.mapped(lambda rule: (rule.service_type_id.code, rule.name)))

    def test_a_missed_visit_accuses_nobody_of_concealment(self):
        rules = self._service("elevator").rule_ids
        missed = rules.filtered(lambda rule: rule.trigger == "inspection_missed")
        concealed = rules.filtered(lambda rule: rule.clause == "7.2")
        self.assertEqual((missed.clause, missed.name), ("7.1", "Visit or inspection missed"))
        self.assertEqual((concealed.trigger, concealed.name), ("manual", "Fault or danger concealed"))

    def test_every_cited_clause_has_a_source_and_says_whether_it_was_read(self):
        cited = self.env["outsourcing.service.type.standard"].search([])
        for preset in cited:
            clause = preset.clause_id
            self.assertEqual(
                (preset.code, preset.clause or False), (clause.standard_id.number, clause.number or False)
            )
        self.assertFalse(cited.clause_id.filtered(lambda clause: not clause.standard_id.issuing_body))
        library = self.env["outsourcing.standard.clause"].search([])
        self.assertFalse(library.filtered(lambda clause: clause.is_unverified and not clause.trust_note))

    def test_each_service_asks_for_the_licences_of_its_trade(self):
        for service in self.env["outsourcing.service.type"].search([]):
            prefix = "property_outsourcing.document_type_"
            asked = set(service.required_document_type_ids.get_external_id().values())
            wanted = {prefix + name for name in LICENCES.get(service.code, set()) | EVERYWHERE}
            self.assertFalse(wanted - asked, service.code)

    def test_fire_maintenance_is_not_done_with_a_certificate_of_monitoring(self):
        wanted = self._service("fire").requirement_ids.min_grade_id
        monitoring = self.env.ref(
            "property_outsourcing.document_grade_fire_operator_certificate_intermediate_monitoring"
        )
        self.assertTrue(wanted._covers(wanted))
        self.assertFalse(monitoring._covers(wanted))

    def test_time_limits_are_those_of_the_trade(self):
        elevator, security = self._limits("elevator"), self._limits("security")
        self.assertEqual((elevator["p0", "response"], elevator["p0", "arrival"]), (5, 30))
        self.assertEqual((security["p0", "arrival"], security["p1", "arrival"]), (5, 10))
        self.assertFalse(self._limits("facade") or self._limits("waterproof"))
        for code in ("cleaning", "greening"):
            self.assertEqual({priority for priority, _metric in self._limits(code)}, {"p1", "p2"})
        for service in self.env["outsourcing.service.type"].search([]):
            urgent = {metric for priority, metric in self._limits(service.code) if priority == "p0"}
            self.assertIn(urgent & {"response", "arrival"}, ({"response", "arrival"}, set()), service.code)

    def test_work_without_a_licence_stops_at_once(self):
        reason = self.env.ref("property_outsourcing.termination_reason_licence")
        self.assertEqual(reason.notice_days, 0)
        letter = self.env.ref("property_outsourcing.document_type_safety_letter")
        self.assertEqual(letter.letter_report_minutes, 30)

    def test_damages_of_the_safety_letter_are_amounts_not_ranges(self):
        letter = self.env.ref("property_outsourcing.document_type_safety_letter")
        self.assertNotRegex(letter.letter_penalties, r"\d to \d")
