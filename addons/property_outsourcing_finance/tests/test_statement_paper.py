from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

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

    def test_scan_and_day_are_asked_for(self):
        with self.assertRefused("Attach the scan of the sheet the contractor signed."):
            self._enter(files=False)
        with self.assertRefused("The day of the signature is still to come."):
            self._enter(date=trade_today(self.settlement) + timedelta(days=1))
        with self.assertRefused("The statement was not handed in yet on that day."):
            self._enter(date=trade_today(self.settlement) - timedelta(days=1))

    def test_who_does_not_work_on_it_enters_nothing(self):
        for user in (self.user_outsider, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                self._enter(user)
