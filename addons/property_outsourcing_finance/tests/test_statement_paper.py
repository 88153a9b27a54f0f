from datetime import time, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today, utc_moment

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestStatementPaper(SettlementCommon):
    """A statement that came back signed on paper is entered with who signed, and the scan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlement = cls._settle(cls._create_service().milestone_ids[0])
        cls.settlement.with_user(cls.user_supervisor).action_submit()
        cls.own = cls.settlement.with_user(cls.user_supervisor)

    def _enter(self, user=None, files=True, **vals):
        user = user or self.user_supervisor
        wizard = self.env["outsourcing.statement.paper"].with_user(user)
        scan = self.env["ir.attachment"].with_user(user).create({"name": "scan.pdf", "raw": b"%PDF-1.4"})
        wizard = wizard.create(
            {
                "settlement_id": self.settlement.id,
                "signer_name": "Chen",
                "attachment_ids": scan.ids if files else [],
                **vals,
            }
        )
        wizard.action_confirm()

    def test_the_scan_confirms_the_statement(self):
        self.assertEqual(self.own.action_record_statement_paper()["res_model"], "outsourcing.statement.paper")
        self._enter()
        self.assertEqual(self.settlement.statement_state, "confirmed")
        self.assertTrue(self.settlement.is_statement_paper)
        self.assertEqual(self.settlement.statement_signer, "Chen")
        self.assertEqual(self.settlement.stated_by_id, self.user_supervisor)
        self.assertEqual(len(self.settlement.statement_file_ids), 1)
        with self.assertRefused("waits for no answer of the contractor"):
            self._enter()

    def test_what_was_signed_says_nothing_of_later_figures(self):
        self._enter()
        self.settlement.with_user(self.user_manager)._step_back("draft", "A score is missing")
        self.own.action_submit()
        self.assertRecordValues(
            self.settlement,
            [{"statement_state": "waiting", "is_statement_paper": False, "statement_signer": False}],
        )

    def test_scan_and_day_are_asked_for(self):
        with self.assertRefused("Attach the scan of the sheet the contractor signed."):
            self._enter(files=False)
        with self.assertRefused("The day of the signature is still to come."):
            self._enter(date=trade_today(self.settlement) + timedelta(days=1))
        with self.assertRefused("The statement was not handed in yet on that day."):
            self._enter(date=trade_today(self.settlement) - timedelta(days=1))

    def test_the_day_it_was_handed_in_is_that_of_the_company(self):
        today = trade_today(self.settlement)
        self.settlement._gated().write({"date_submitted": utc_moment(self.settlement, today, time(0, 30))})
        with self.assertRefused("The statement was not handed in yet on that day."):
            self._enter(date=today - timedelta(days=1))

    def test_a_signature_from_before_takes_no_dispute_back(self):
        today = trade_today(self.settlement)
        earlier = utc_moment(self.settlement, today - timedelta(days=1), time(0, 30))
        self.settlement._gated().write({"date_submitted": earlier})
        self.settlement.with_user(self.portal_contractor)._portal_dispute_statement("One visit is missing")
        with self.assertRefused("The contractor disputed the statement after that day."):
            self._enter(date=today - timedelta(days=1))
        self._enter(date=today)
        self.assertEqual(self.settlement.statement_state, "confirmed")

    def test_a_file_of_another_document_stays_there(self):
        contract = self.settlement.contract_id
        vals = {"name": "prices.pdf", "raw": b"%PDF-1.4", "res_model": contract._name, "res_id": contract.id}
        file = self.env["ir.attachment"].create(vals)
        with self.assertRefused("prices.pdf belongs to another record; upload it here."):
            self._enter(attachment_ids=file.ids)
        self.assertEqual(file.res_model, contract._name)

    def test_a_file_uploaded_in_the_dialogue_is_taken(self):
        files = self.env["ir.attachment"].with_user(self.user_supervisor)
        dialogue = "outsourcing.statement.paper"
        file = files.create({"name": "again.pdf", "raw": b"%PDF-1.4", "res_model": dialogue, "res_id": 0})
        self._enter(attachment_ids=file.ids)
        self.assertEqual(self.settlement.statement_file_ids.ids, file.ids)
        self.assertEqual(file.sudo().res_id, self.settlement.id)

    def test_who_does_not_work_on_it_enters_nothing(self):
        for user in (self.user_outsider, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                self._enter(user)
