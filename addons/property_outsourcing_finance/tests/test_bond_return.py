from odoo.fields import Command
from odoo.tests import Form, tagged

from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestBondReturn(MoneyCommon):
    """A bond of 20,000.00 was deposited in cash."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works(retention_rate=0.0, bond_kind="cash", bond_amount=20000.0)
        cls.contract.with_user(cls.user_manager).bond_date_received = "2026-03-01"

    def _draw_up(self, amount):
        dialog = self.env["outsourcing.security.return"].with_user(self.user_manager2)
        with Form(
            dialog.with_context(active_model=self.contract._name, active_ids=self.contract.ids)
        ) as form:
            with form.line_ids.edit(0) as line:
                line.amount = amount
        return self.env["outsourcing.settlement"].browse(form.record.action_confirm()["res_id"])

    def _return(self, amount):
        settlement = self._draw_up(amount)
        settlement.with_user(self.user_manager2).action_submit()
        settlement.with_user(self.user_manager).action_check()
        settlement.with_user(self.user_finance).action_approve()
        settlement.with_user(self.user_finance2).action_create_bill()
        settlement.bill_id.action_post()
        return settlement

    def test_bond_goes_back_by_a_bill_and_the_contract_says_when(self):
        self.contract.with_user(self.user_manager).action_complete()
        events = self.contract.activity_ids.activity_type_id
        self.assertIn(self.env.ref("property_outsourcing_finance.activity_type_bond_due"), events)
        first = self._return(5000.0)
        self.env.invalidate_all()
        self.assertEqual((self.contract.amount_bond_kept, self.contract.bond_date_returned), (15000.0, False))
        second = self._return(15000.0)
        self.env.invalidate_all()
        self.assertEqual(
            (first | second).bill_id.line_ids.filtered("outsourcing_settlement_kind").mapped("debit"),
            [5000.0, 15000.0],
        )
        self.assertEqual(self.contract.amount_bond_kept, 0.0)
        self.assertEqual(
            (self.contract.bond_state, self.contract.bond_date_returned), ("returned", second.bill_id.date)
        )
        self._reverse(second.bill_id)
        self.assertFalse(self.contract.bond_date_returned)

    def test_bond_of_a_running_contract_stays(self):
        with self._refused("the contract is not completed yet"):
            self._return(20000.0)

    def _call(self, amount):
        """Call ``amount`` of the bond for what the contractor owes."""
        claims = self.env["outsourcing.claim"].sudo()._gated()
        claim = claims.create({"contract_id": self.contract.id, "way": "bond"})
        line = {"claim_id": claim.id, "kind": "deduction", "name": "Damage", "amount": amount}
        claim.line_ids.create(line)
        claim.write({"state": "claimed"})
        self.env.invalidate_all()

    def test_what_was_called_of_the_bond_does_not_go_back(self):
        self.contract.with_user(self.user_manager).action_complete()
        settlement = self._draw_up(20000.0)
        self._call(5000.0)
        with self._refused("performance bond.*: more would be returned than is still kept"):
            settlement.with_user(self.user_manager2).action_submit()

    def test_bond_is_returned_once_the_rest_that_was_not_called_has_gone_back(self):
        self.contract.with_user(self.user_manager).action_complete()
        self._call(5000.0)
        self._return(15000.0)
        self.assertEqual(self.contract.bond_state, "returned")

    def test_a_defect_in_any_community_of_the_contract_keeps_the_bond(self):
        self.contract.with_user(self.user_manager).action_complete()
        asked = []
        self.patch(
            self.env.registry["outsourcing.contract"],
            "_get_retention_blockers",
            lambda contract, communities: asked.append(communities) or [],
        )
        self.contract._gated().write({"community_ids": [Command.link(self.other_community.id)]})
        self._draw_up(20000.0).with_user(self.user_manager2).action_submit()
        self.assertIn(self.other_community, asked[0].with_env(self.env))

    def test_bond_account_is_cleared_where_its_receipt_was_booked(self):
        account = self.company._outsourcing_ensure_bond_account()
        journal = self.company_data["default_journal_bank"]
        lines = [
            {"account_id": journal.default_account_id.id, "debit": 20000.0},
            {"account_id": account.id, "partner_id": self.contractor.id, "credit": 20000.0},
        ]
        vals = {"move_type": "entry", "journal_id": journal.id}
        vals["line_ids"] = [
            Command.create({**line, "partner_id": self.contract.contractor_id.id}) for line in lines
        ]
        entry = self.env["account.move"].create(vals)
        entry.action_post()
        self.contract.with_user(self.user_manager).action_complete()
        self._return(20000.0)
        self.assertTrue(entry.line_ids[1].reconciled)
