from datetime import timedelta
from functools import partial

from odoo import fields
from odoo.tests import tagged

from ..models.workflow.gate import open_gate
from .common import OutsourcingCommon
from .documents_common import DocumentsCommon, Step
from .evidence_common import make_pdf


@tagged("post_install", "-at_install")
class TestManyFirms(DocumentsCommon, OutsourcingCommon):
    """Thirty firms, their papers and accounts take each step for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        firms = [
            cls._create_contractor(f"Firm {number}", cls.service_elevator, "candidate")
            for number in range(cls.MANY + 2)
        ]
        cls.firms = firms[0].union(*firms[1:])

    def test_status_of_firms_changes_for_the_price_of_one(self):
        manager, yesterday = self.user_manager, fields.Date.today() - timedelta(days=1)
        self._take_steps(
            self.firms,
            Step("res.partner.action_outsourcing_unregister", manager),
            Step("res.partner.action_outsourcing_register", manager),
            Step("res.partner.action_outsourcing_qualify", manager),
            Step("res.partner._set_outsourcing_state", manager, ("qualified", "Admitted")),
            Step("res.partner.action_outsourcing_suspend", manager),
            Step("res.partner._set_outsourcing_state", manager, ("suspended", "No licence")),
            Step("res.partner.action_outsourcing_reinstate", manager),
        )
        open_gate(self.firms).write({"outsourcing_state_until": yesterday})
        self._take_steps(
            self.firms,
            Step("res.partner._process_lapsed_states"),
            Step("res.partner.action_outsourcing_blacklist", manager),
            Step("res.partner._set_outsourcing_state", manager, ("blacklisted", "Bribed")),
        )
        self.assertEqual(set(self.firms.mapped("outsourcing_state")), {"blacklisted"})

    def _create_licences(self):
        licences = [self._create_document("business_license", firm, verified=False) for firm in self.firms]
        return licences[0].union(*licences[1:])

    def test_documents_are_verified_for_the_price_of_one(self):
        licences = self._create_licences()
        self._take_steps(
            licences,
            Step("outsourcing.document.action_verify_selected", self.user_manager),
            Step("outsourcing.document.action_revoke", self.user_manager),
            Step("outsourcing.document.action_verify", self.user_manager),
        )
        self.assertTrue(all(licences.mapped("date_verified")))

    def test_expired_documents_are_told_for_the_price_of_one(self):
        licences = self._create_licences()
        licences.with_user(self.user_manager).action_verify()
        ended = {"date_end": fields.Date.today() - timedelta(days=1)}
        ended["date_verified"] = fields.Datetime.now() - timedelta(days=100)
        licences._gated().write(ended)
        self._take_steps(
            licences,
            Step("outsourcing.document._process_reminders"),
            Step("outsourcing.document._process_expired"),
        )
        self.assertTrue(all(licences.mapped("date_expiry_recorded")))

    def test_letters_are_printed_for_the_price_of_one(self):
        letters = []
        for firm in self.firms:
            firm.with_user(self.user_manager)._set_outsourcing_state("qualified", "Admitted")
            contract = self._create_contract(contractor_id=firm.id, period_months=12)
            letters.append(self._file_letter(contract))
        letters = self._union(letters)
        self._take_steps(letters, Step("outsourcing.document.action_print_letter", self.user_manager))

    def test_admissions_are_printed_for_the_price_of_one(self):
        self._create_licences()
        for number, firm in enumerate(self.firms):
            firm.vat = f"91440101MA59ABC{number:03}"
        self._take_steps(self.firms, Step("res.partner.action_print_admission", self.user_manager))

    def _create_payee_changes(self):
        changes = self.env["outsourcing.payee.change"].with_user(self.user_supervisor).create(
            [
                {"partner_id": firm.id, "acc_number": f"6222 {firm.id}", "bank_name": f"CCB {firm.id}",
                 "reason": "Basic account moved"}
                for firm in self.firms
            ]
        )  # fmt: skip
        for change in changes:
            change._add_evidence([("proof.pdf", make_pdf(f"proof {change.id}"))])
        return changes.with_env(self.env)

    def _enter_by_core(self):
        """Return the queries of core for one and for thirty accounts."""
        vals_list = [{"partner_id": firm.id, "acc_number": f"62 {firm.id}"} for firm in self.firms]
        counts, create = [], self.env["res.partner.bank"].sudo().create
        for part in self._split(vals_list):
            counts.append(self._count_queries(partial(create, part)))
        return counts

    def test_accounts_change_for_the_price_of_one(self):
        changes = self._create_payee_changes()
        self._take_steps(
            changes,
            Step("outsourcing.payee.change.action_request", self.user_supervisor),
            Step("outsourcing.payee.change.action_check", self.user_finance),
            Step("outsourcing.payee.change.action_approve", self.user_manager2, core=self._enter_by_core),
        )
        self.assertEqual(changes.mapped("account_id.partner_id"), self.firms)

    def test_changes_of_accounts_are_dropped_for_the_price_of_one(self):
        changes = self._create_payee_changes()
        changes.with_user(self.user_supervisor).action_request()
        changes.write({"answer": "No proof"})
        self._take_steps(changes, Step("outsourcing.payee.change.action_refuse", self.user_finance))
        changes._gated().write({"state": "requested"})
        self._take_steps(changes, Step("outsourcing.payee.change.action_cancel", self.user_supervisor))
        self.assertEqual(set(changes.mapped("state")), {"cancelled"})

    def test_chains_are_sealed_and_verified_for_the_price_of_one(self):
        changes = self._create_payee_changes()
        chains = self.env["outsourcing.evidence.chain"].search(
            [("res_model", "=", changes._name), ("res_id", "in", changes.ids)]
        )
        self._take_steps(
            chains,
            Step("outsourcing.evidence.chain._seal"),
            Step("outsourcing.evidence.chain.action_verify", self.user_admin),
            Step("outsourcing.evidence.chain._verify_scheduled"),
        )
        self.assertTrue(all(chains.mapped("date_verified")))
