from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .people_common import PIN, PeopleCommon

PAGE = "/my/outsourcing/people"


@tagged("post_install", "-at_install")
class TestPortalContractLimit(PeopleCommon):
    """A person sees the contracts the firm gives, through no door any other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._create_active_contract(
            date_start=cls.contract.date_start, date_end=cls.contract.date_end
        )
        cls.order = cls._create_order()
        cls.defect = cls._create_defect()
        cls.inspection = cls._start_inspection(user=cls.portal_contractor)
        cls.log = (
            cls.env["outsourcing.site.log"]
            .with_user(cls.portal_contractor)
            ._portal_create(cls.contract.with_user(cls.portal_contractor), {"headcount": 2})
        )
        cls.defect.with_user(cls.portal_contractor)._portal_add_evidence([cls._photo()], "before")
        cls.photo = cls.env["outsourcing.evidence"].search(
            [("res_model", "=", "outsourcing.defect"), ("res_id", "=", cls.defect.id)]
        )
        cls._limit(cls.second)

    @classmethod
    def _limit(cls, *contracts):
        ids = [contract.id for contract in contracts]
        cls.portal_contractor._limit_outsourcing_contracts(cls.colleague.partner_id.sudo(), ids)

    def test_pages_of_another_contract_are_not_found(self):
        self._log_in(self.colleague)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.second.id}").status_code, 200)
        for url in (
            f"contracts/{self.contract.id}",
            f"orders/{self.order.id}",
            f"defects/{self.defect.id}",
            f"inspections/{self.inspection.id}",
            f"evidence/{self.photo.id}/thumb",
            f"evidence/{self.photo.id}/file",
        ):
            self.assertEqual(self._page(f"/my/outsourcing/{url}").status_code, 404, url)

    def test_lists_name_nothing_of_another_contract(self):
        self._log_in(self.colleague)
        for section, record in (
            ("contracts", self.contract), ("orders", self.order), ("defects", self.defect),
        ):  # fmt: skip
            page = self._page(f"/my/outsourcing/{section}?tab=all").text
            self.assertNotIn(f'/my/outsourcing/{section}/{record.id}"', page)
        self.assertNotIn(f'value="{self.contract.id}-', self._page("/my/outsourcing/logs/new").text)

    def test_steps_on_another_contract_are_not_found(self):
        self._log_in(self.colleague)
        for url in (f"orders/{self.order.id}/report", f"defects/{self.defect.id}/rectify"):
            self.assertEqual(self._send(f"/my/outsourcing/{url}", {"step": "responded"}).status_code, 404)
        place = f"{self.contract.id}-{self.contract.community_id.id}"
        page = self._send("/my/outsourcing/logs/create", {"place": place}).text
        self.assertIn("Choose one of your contracts", page)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_no_call_and_no_attachment_reads_another_contract(self):
        self._log_in(self.colleague)
        for record in (self.contract, self.order, self.defect, self.inspection, self.photo):
            params = {
                "model": record._name,
                "method": "search_read",
                "args": [[("id", "=", record.id)], ["id"]],
                "kwargs": {},
            }
            rows, _refusal = self._send_json("/web/dataset/call_kw", params)
            self.assertFalse(rows, record)
            params |= {"method": "read", "args": [record.ids, ["id"]]}
            rows, refusal = self._send_json("/web/dataset/call_kw", params)
            self.assertFalse(rows, record)
            self.assertTrue(refusal)
        content = self._page(f"/web/content/{self.photo.sudo().attachment_id.id}")
        self.assertEqual(content.status_code, 404)

    def _claim(self, contract):
        """Return the posted bill of a claim under ``contract``."""
        claim = open_gate(self.env["outsourcing.claim"]).create({"contract_id": contract.id})
        line = {"name": "Deduction left", "price_unit": 500.0, "tax_ids": []}
        bill = open_gate(self.env["account.move"]).create(
            {
                "move_type": "out_invoice",
                "partner_id": contract.contractor_id.id,
                "invoice_date": contract.date_start,
                "company_id": contract.company_id.id,
                "outsourcing_claim_id": claim.id,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        bill.action_post()
        return bill

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_the_bill_of_a_claim_and_its_credit_note_are_those_of_the_contract(self):
        other, own = self._claim(self.contract), self._claim(self.second)
        credit = other._reverse_moves([{"invoice_date": other.invoice_date}])
        credit.action_post()
        self._log_in(self.colleague)
        listed = self._page("/my/invoices").text
        self.assertIn(own.name, listed)
        self.assertEqual(self._page(f"/my/invoices/{own.id}").status_code, 200)
        for bill in other | credit:
            self.assertNotIn(bill.name, listed)
            answer = self._page(f"/my/invoices/{bill.id}")
            self.assertNotIn(bill.name, answer.text)
            params = {"model": bill._name, "method": "read", "args": [bill.ids, ["name"]], "kwargs": {}}
            rows, refusal = self._send_json("/web/dataset/call_kw", params)
            self.assertFalse(rows)
            self.assertTrue(refusal)
        self._limit()
        self.assertIn(other.name, self._page("/my/invoices").text)

    def test_every_document_that_names_a_contract_is_limited(self):
        rules = self.env["ir.rule"].with_user(self.colleague)
        portal = self.env.ref("base.group_portal")
        rights = self.env["ir.model.access"].search([("group_id", "=", portal.id), ("perm_read", "=", True)])
        open_models = []
        for name in rights.model_id.mapped("model"):
            if name not in self.env or self.env[name]._abstract:
                continue
            fields = self.env[name]._fields.values()
            names = any(
                field.type == "many2one" and field.store and field.comodel_name == "outsourcing.contract"
                for field in fields
            )
            barred = str(self.contract.id) in str(rules._compute_domain(name, "read"))
            if names and not barred:
                open_models.append(name)
        self.assertEqual(set(open_models) - {"outsourcing.tender.lot"}, set())

    def test_colleague_without_limit_sees_all(self):
        self._limit()
        self._log_in(self.colleague)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.contract.id}").status_code, 200)

    def test_limit_whose_contract_is_gone_is_no_permission(self):
        row = self.people._take(self.colleague.partner_id)
        row.contract_ids = False
        self._log_in(self.colleague)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.second.id}").status_code, 404)

    def test_contract_that_has_ended_stays_ticked(self):
        self.second._gated().write({"state": "completed"})
        page = self._page(f"{PAGE}/{self.colleague.partner_id.id}", self.portal_contractor).text
        self.assertRegex(page, rf'<input[^>]* value="{self.second.id}"[^>]* checked=')
        self.assertRegex(page, rf'<input[^>]* value="{self.contract.id}"')
        self.assertNotRegex(page, rf'<input[^>]* value="{self.contract.id}"[^>]* checked=')

    def test_limit_goes_with_the_person_to_every_phone(self):
        self._give_pins()
        self.portal_contractor._limit_outsourcing_contracts(self.wang.sudo(), self.second.ids)
        self._log_in(self.portal_contractor)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.contract.id}").status_code, 200)
        self._choose(self.wang, PIN)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.contract.id}").status_code, 404)

    def test_limit_of_a_removed_man_stays_on_the_phone_he_holds(self):
        self._give_pins()
        self.portal_contractor._limit_outsourcing_contracts(self.wang.sudo(), self.second.ids)
        self._log_in(self.portal_contractor)
        self._choose(self.wang, PIN)
        self.portal_contractor._remove_outsourcing_colleague(self.wang.sudo())
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.second.id}").status_code, 200)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.contract.id}").status_code, 404)

    def test_contract_of_another_firm_is_given_to_nobody(self):
        other = self._create_active_contract(contractor_id=self.competitor.id)
        response = self._send(
            f"{PAGE}/{self.wang.id}/contracts", {"contract_ids": other.id}, self.portal_contractor
        )
        self.assertIn("Choose one of your contracts", response.text)

    def test_limit_costs_one_query_a_request(self):
        self._limit()
        self.env.flush_all()
        self._log_in(self.colleague)
        self._page("/my/outsourcing")
        count = self._count(lambda: self._page("/my/outsourcing"))
        self._limit(self.contract, self.second)
        self._page("/my/outsourcing")
        self.assertLessEqual(self._count(lambda: self._page("/my/outsourcing")), count + 1)

    def _count(self, act):
        before = self.env.cr.sql_log_count
        act()
        return self.env.cr.sql_log_count - before
