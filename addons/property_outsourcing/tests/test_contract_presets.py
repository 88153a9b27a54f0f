from odoo.tests import Form, tagged

from .common import OutsourcingCommon

CODES = (
    "elevator", "drain", "greening", "security", "cleaning", "smart", "fire", "water_tank", "facade",
    "waterproof", "repairs",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestContractPresets(OutsourcingCommon):
    def _service(self, code):
        return self.env.ref(f"property_outsourcing.service_type_{code}")

    def test_every_service_type_is_complete(self):
        for code in CODES:
            service = self._service(code)
            with self.subTest(code=code):
                self.assertTrue(service.work_content)
                self.assertGreaterEqual(len(service.rule_ids), 4)
                self.assertGreaterEqual(len(service.sla_ids), 0 if service.kind == "works" else 6)
                self.assertTrue(all(service.standard_ids.mapped("clause_id")))
                self.assertGreaterEqual(len(service.standard_ids), 2)
                self.assertTrue(service.deliverable_ids)
                self.assertGreaterEqual(len(service.required_document_type_ids), 3)

    def test_every_service_type_yields_a_contract_that_can_be_activated(self):
        for code in CODES:
            with self.subTest(code=code):
                service = f"service_type_{code}"
                if self._service(code).kind == "works":
                    row = {"name": "Completion", "percent": 100, "kind": "completion"}
                    vals = {"amount_total": 50000.0, "milestone_ids": [(0, 0, row)]}
                    contract = self._create_contract(service, **vals)
                elif self._service(code).kind == "repairs":
                    items = [(0, 0, {"name": "Door closer", "price_unit": 185.0})]
                    contract = self._create_contract(service, amount_total=50000.0, item_ids=items)
                else:
                    contract = self._create_contract(service)
                self._create_required_documents(contract=contract)
                contract.with_user(self.user_manager).action_submit()
                contract.with_user(self.user_manager2).action_approve()
                self.assertEqual(contract.state, "active")
                self.assertTrue(contract.deliverable_ids)
                self.assertTrue(
                    all(contract.rule_ids.filtered(lambda r: r.basis != "actual_loss").mapped("example"))
                )

    def _new_form(self, code="elevator"):
        form = Form(self.env["outsourcing.contract"].with_user(self.user_manager))
        form.title = "New contract"
        form.service_type_id = self._service(code)
        return form

    def _save(self, form):
        form.contractor_id, form.community_id = self.contractor, self.community
        form.date_end = "2030-12-31"
        return form.save()

    def test_choosing_a_type_in_the_form_fills_everything(self):
        contract = self._save(self._new_form("smart"))
        service = self._service("smart")
        self.assertEqual(len(contract.rule_ids), len(service.rule_ids))
        self.assertEqual(len(contract.sla_ids), len(service.sla_ids))
        self.assertEqual(contract.standard_ids.clause_id, service.standard_ids.clause_id)
        self.assertEqual(contract.deliverable_term_ids.mapped("name"), service.deliverable_ids.mapped("name"))
        self.assertEqual(contract.required_document_type_ids, service.required_document_type_ids)
        self.assertIn("intercom", str(contract.work_content))

    def test_untouched_terms_follow_another_type(self):
        contract = self._save(self._new_form("smart"))
        with Form(contract.with_user(self.user_manager)) as form:
            form.service_type_id = self._service("fire")
        self.assertEqual(contract.rule_ids.mapped("name"), self._service("fire").rule_ids.mapped("name"))
        self.assertIn("sprinkler", str(contract.work_content))
        self.assertEqual(contract.preset_type_id, self._service("fire"))

    def test_edited_terms_are_kept_with_a_warning(self):
        contract = self._save(self._new_form("smart"))
        contract.with_user(self.user_manager).rule_ids[0].amount = 999
        before = contract.rule_ids
        with Form(contract.with_user(self.user_manager)) as form:
            with self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs:
                form.service_type_id = self._service("fire")
        self.assertIn("Your terms are kept", str(logs.output))
        self.assertEqual(contract.rule_ids, before)
        self.assertEqual(contract.rule_ids[0].amount, 999)
        contract.with_user(self.user_manager).action_load_presets()
        self.assertEqual(contract.rule_ids.mapped("name"), self._service("fire").rule_ids.mapped("name"))

    def test_deleted_and_added_terms_count_as_edited(self):
        contract = self._save(self._new_form("smart"))
        self.assertFalse(contract._has_edited_terms())
        contract.sla_ids[0].unlink()
        self.assertTrue(contract._has_edited_terms())
        contract.action_load_presets()
        contract.required_document_type_ids -= contract.required_document_type_ids[0]
        self.assertTrue(contract._has_edited_terms())

    def test_edited_tax_rate_and_text_are_kept(self):
        contract = self._save(self._new_form("smart"))
        contract.with_user(self.user_manager).write({"tax_rate": 3.0, "work_content": "<p>My own text</p>"})
        with Form(contract.with_user(self.user_manager)) as form:
            form.service_type_id = self._service("facade")
        self.assertEqual(contract.tax_rate, 3.0)
        self.assertEqual(contract.retention_rate, 3.0)
        self.assertIn("My own text", str(contract.work_content))

    def test_later_presets_do_not_touch_a_contract(self):
        contract = self._create_contract()
        preset = self.service_elevator.deliverable_ids[0]
        preset.write({"name": "Something else", "blocks_payment": False})
        self._activate(contract)
        reports = contract.deliverable_ids.filtered(lambda item: item.name == "Monthly test report")
        self.assertEqual(len(reports), 12)
        self.assertTrue(all(reports.mapped("blocks_payment")))
