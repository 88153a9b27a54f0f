from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestDocumentExpired(OutsourcingCommon):
    """A document that ran out without a renewal is a fact of the firm, once for each expiry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yesterday = fields.Date.today() - timedelta(days=1)

    def _expire(self, document, verified_before=True):
        vals = {"date_end": self.yesterday, "date_start": self.yesterday - timedelta(days=365)}
        if verified_before:
            vals["date_verified"] = fields.Datetime.now() - timedelta(days=100)
        document._gated().write(vals)
        return document

    def _run(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing.ir_cron_outsourcing_record_expired").method_direct_trigger()
            self.env.invalidate_all()

    def _facts(self, documents):
        domain = [("fact_type", "=", "document_expired"), ("res_id", "in", documents.ids)]
        return self.env["outsourcing.fact"].sudo().search(domain)

    def test_it_is_recorded_once_of_the_firm_and_of_no_contract(self):
        document = self._expire(self._create_document("business_license"))
        for _again in range(2):
            self._run()
        fact = self._facts(document)
        self.assertEqual((fact.contractor_id, fact.contract_id.id), (self.contractor, False))
        self.assertFalse(fact.company_id, "the firm is shared, and so is what its papers tell")
        self.assertEqual(fact.date, self.yesterday + timedelta(days=1))
        self.assertIn("document_expired", fact._get_breach_types())

    def test_what_was_filed_after_its_end_was_never_relied_on(self):
        document = self._expire(self._create_document("business_license"), verified_before=False)
        self._run()
        self.assertFalse(self._facts(document))

    def test_a_renewal_without_a_gap_verified_later_takes_it_back(self):
        document = self._expire(self._create_document("business_license"))
        self._run()
        fact = self._facts(document)
        renewal = self._create_document("business_license", verified=False, date_start=self.yesterday)
        renewal._gated().write({"previous_id": document.id})
        renewal.with_user(self.user_manager).action_verify()
        self.assertEqual((fact.active, bool(fact.void_reason)), (False, True))

    def test_no_clause_can_listen_to_it(self):
        offered = dict(self.env["outsourcing.fact"]._get_trigger_selection())
        self.assertNotIn("document_expired", offered)

    def test_many_documents_cost_as_much_as_one(self):
        firms = [self._create_contractor(f"Firm {number}") for number in range(32)]
        documents = [self._expire(self._create_document("business_license", partner=firm)) for firm in firms]
        documents = self.env["outsourcing.document"].union(*documents)
        counts = []
        for group in (documents[:1], documents[1:2], documents[2:]):  # the first one warms up
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            group._process_expired()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(len(self._facts(documents)), 32)
        self.assertEqual(counts[1], counts[2])
