from odoo.fields import Command
from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestBondStory(MoneyStoryCommon):
    """A bond of 10 % of 200,000.00, 20,000.00, comes in cash and goes back after the completion."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-03-01"):
            cls.contract = cls._open_facade(retention_rate=0.0, bond_kind="cash", bond_rate=10.0)
        cls.account = cls.company._outsourcing_ensure_bond_account()

    def _receive(self):
        """Let finance book the money and the manager note the day."""
        firm = {"partner_id": self.contractor.id}
        bank = self.company_data["default_journal_bank"]
        lines = [
            {"account_id": bank.default_account_id.id, "debit": 20000.0, **firm},
            {"account_id": self.account.id, "credit": 20000.0, **firm},
        ]
        vals = {"move_type": "entry", "journal_id": bank.id, "line_ids": [Command.create(li) for li in lines]}
        entry = self.env["account.move"].with_user(self.user_finance2).create(vals)
        entry.action_post()
        self.contract.with_user(self.user_manager).bond_date_received = "2026-03-03"
        self.env.invalidate_all()
        return entry.with_env(self.env)

    def test_a_cash_bond_from_its_receipt_to_its_return(self):
        self.assertEqual((self.contract.bond_state, self.contract.amount_bond_kept), ("expected", 0.0))
        with on("2026-03-03"):
            entry = self._receive()
        self.assertEqual((self.contract.bond_state, self.contract.amount_bond_kept), ("held", 20000.0))
        self.assertEqual(self._balance(self.account), -20000.0)
        # nothing is withheld beside a bond: the whole 200,000.00 are paid
        paid = self._pay_rows_in_time(self.contract)
        self.assertEqual(sum(paid.mapped("amount_payable")), 200000.0)
        with on("2026-05-31"):
            self.contract.with_user(self.user_manager).action_complete()
        with on("2026-07-15"):
            back = self._draw_up_return(self.contract)
            self._pay(self._post_bill(back))
        self.env.invalidate_all()
        self.assertEqual((back.amount_payable, back.payment_state), (20000.0, "paid"))
        self.assertEqual((self.contract.bond_state, self.contract.amount_bond_kept), ("returned", 0.0))
        self.assertEqual(self._balance(self.account), 0.0)
        self.assertTrue(entry.line_ids.filtered(lambda item: item.account_id == self.account).reconciled)
        # a deposit that goes back is no price of the work
        self.assertEqual((self.contract.amount_billed, self.contract.amount_paid), (200000.0, 200000.0))

    def test_the_bond_stays_while_the_contract_runs(self):
        self._receive()
        dialog = self.env["outsourcing.security.return"].with_user(self.user_supervisor)
        context = self.contract.action_return_securities()["context"]
        line = dialog.with_context(**context).create({}).line_ids
        self.assertEqual((line.amount_kept, line.amount), (20000.0, 0.0))
        line.amount = 20000.0
        back = self.env["outsourcing.settlement"].browse(line.wizard_id.action_confirm()["res_id"])
        with self._refused("The bond: the contract is not completed yet"):
            back.with_user(self.user_supervisor).action_submit()
