from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon
from .evidence_common import make_pdf

REFUSED = "bank account of the contractor Steady Elevators is changed by a payee change alone"


@tagged("post_install", "-at_install")
class TestPayeeChange(OutsourcingCommon):
    """A contractor's account changes with the bank's proof and two approvals, and in no other way."""

    proof_count = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bank = cls.env["res.bank"].create({"name": "ICBC Tianhe"})
        cls.account = cls.env["res.partner.bank"].create(
            {"partner_id": cls.contractor.id, "acc_number": "6222 0001", "bank_id": bank.id}
        )
        # core's own right to write contacts and accounts
        cls.user_manager.group_ids |= cls.env.ref("base.group_partner_manager")

    def _draft(self, user=None, **vals):
        values = {"partner_id": self.contractor.id, "acc_number": "6222 9999", "bank_name": "CCB Yuexiu",
                  "reason": "Basic account moved"}  # fmt: skip
        return (
            self.env["outsourcing.payee.change"]
            .with_user(user or self.user_supervisor)
            .create({**values, **vals})
        )

    def _request(self, user=None, **vals):
        change = self._draft(user, **vals)
        type(self).proof_count += 1
        change._add_evidence([("proof.pdf", make_pdf(f"proof {self.proof_count}"))])
        change.action_request()
        return change.with_env(self.env)

    def _approve(self, change):
        change.with_user(self.user_finance).action_check()
        change.with_user(self.user_manager2).action_approve()
        return change

    def test_the_firm_does_not_read_the_proof_of_our_change(self):
        proof = self._request().evidence_ids
        self.assertFalse(proof.with_user(self.portal_contractor).sudo().is_portal_readable)
        found = self.env["outsourcing.evidence"].with_user(self.portal_contractor).search([])
        self.assertNotIn(proof.id, found.ids)

    def test_two_others_approve_and_the_account_is_the_new_one(self):
        self.assertEqual(self.contractor.outsourcing_payee_account_id, self.account)
        change = self._request()
        self.assertEqual(change.former_account, "Steady Elevators ICBC Tianhe 6222 0001")
        self.assertEqual(self.contractor.outsourcing_payee_account_id, self.account)
        self._approve(change)
        account = self.contractor.outsourcing_payee_account_id
        self.assertEqual((account.acc_number, account.bank_id.name), ("6222 9999", "CCB Yuexiu"))
        self.assertEqual(change.account_id, account)
        self.assertEqual(change.former_account, "Steady Elevators ICBC Tianhe 6222 0001", "what it replaced")
        self.assertIn(
            "6222 0001 → Steady Elevators CCB Yuexiu 6222 9999", self.contractor.message_ids[0].body
        )

    def test_finance_uploads_the_proof_where_everybody_does(self):
        change = self._draft(self.user_finance)
        action = change.action_add_proof()
        upload = Form(
            self.env["outsourcing.evidence.upload"]
            .with_user(self.user_finance)
            .with_context(**action["context"])
        )
        with upload.file_ids.new() as line:
            line.name, line.content = "proof.pdf", b64encode(make_pdf("proof of finance"))
        upload.save().action_apply()
        self.assertEqual(change.evidence_ids.mapped("name"), ["proof.pdf"])
        change.action_request()

    def test_neither_the_requester_nor_one_person_alone_approves(self):
        change = self._request(self.user_manager)
        with self.assertRaisesRegex(UserError, "Zhang Manager has already acted"):
            change.with_user(self.user_manager).action_check()
        self.assertFalse(change.with_user(self.user_manager).may_approve)
        change.with_user(self.user_finance).action_check()
        for user in (self.user_manager, self.user_finance):
            with self.assertRaisesRegex(UserError, "has already acted"):
                change.with_user(user).action_approve()
        for user in (self.user_supervisor, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                change.with_user(user).action_approve()
        self.assertEqual(self.contractor.outsourcing_payee_account_id, self.account)

    def test_all_that_is_missing_is_said_at_once(self):
        change = self._draft(reason=False)
        with self.assertRaisesRegex(UserError, "(?s)Write why the account changes.*Attach the bank's proof"):
            change.action_request()

    def test_refusal_needs_an_answer_and_another_request_can_follow(self):
        change = self._request()
        with self.assertRaisesRegex(UserError, "Write why the change is refused"):
            change.with_user(self.user_finance).action_refuse()
        change.with_user(self.user_finance).answer = "The stamp is a copy"
        change.with_user(self.user_finance).action_refuse()
        self._approve(self._request())
        self.assertEqual(self.contractor.outsourcing_payee_account_id.acc_number, "6222 9999")

    def test_account_is_not_edited_directly(self):
        account = self.account.with_user(self.user_manager)
        for edit in (
            lambda: account.write({"acc_number": "666"}),
            lambda: account.write({"acc_holder_name": "Somebody"}),
            lambda: account.write({"active": False}),
            lambda: account.sudo().write({"partner_id": self.competitor.id}),
            account.unlink,
            account.with_context(_force_unlink=True).unlink,
            lambda: account.create({"partner_id": self.contractor.id, "acc_number": "777"}),
            lambda: self.contractor.with_user(self.user_manager).write(
                {"bank_ids": [(0, 0, {"acc_number": "888"})]}
            ),
        ):
            with self.assertRaisesRegex(
                UserError, f"(?s){REFUSED}.*Change the Bank Account.*two other people"
            ):
                edit()
        account.write({"note": "Called the bank", "acc_number": "6222 0001"})

    def test_an_account_a_statement_names_does_not_become_the_payees(self):
        self.env["res.partner.bank"].sudo().create(
            {"partner_id": self.contractor.id, "acc_number": "1", "sequence": 1}
        )
        self.assertEqual(self.contractor.outsourcing_payee_account_id, self.account)

    def test_manager_renames_a_contractor_that_has_an_account(self):
        for user in (self.user_manager, self.user_manager2):
            name = f"Steady Elevators {user.id}"
            self.contractor.with_user(user).name = name
            self.assertEqual((self.contractor.name, self.account.acc_holder_name), (name, name))

    def test_an_account_replaced_meanwhile_stops_the_approval(self):
        first, second = self._request(), self._draft(acc_number="6222 5555")
        self._approve(first)
        second._add_evidence([("other.pdf", make_pdf("other proof"))])
        second._gated().write(
            {"state": "requested", "former_account": "Steady Elevators ICBC Tianhe 6222 0001"}
        )
        with self.assertRaisesRegex(UserError, "6222 9999 by now, not .*6222 0001"):
            second.with_user(self.user_finance).action_check()

    def test_other_firms_and_strangers_are_left_alone(self):
        plain = self.env["res.partner"].create({"name": "Paper shop"})
        account = self.env["res.partner.bank"].with_user(self.user_manager)
        account = account.create({"partner_id": plain.id, "acc_number": "123"})
        account.acc_number = "124"
        with self.assertRaisesRegex(UserError, "Paper shop is not a contractor"):
            self._draft(partner_id=plain.id)
