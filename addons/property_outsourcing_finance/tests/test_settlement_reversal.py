from odoo.tests import Form, tagged

from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestSettlementReversal(MoneyCommon):
    """A bill of 58,200.00, of which 20,000.00 are paid, is taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works()
        cls.row = cls.contract.milestone_ids[0]
        cls.bill = cls._post_bill(cls.row)
        cls.settlement = cls.bill.outsourcing_settlement_id.with_env(cls.env)
        cls._pay(cls.bill, 20000.0)

    def _get_figures(self):
        self.env.invalidate_all()
        row = self.row
        return row.amount_billed, row.amount_paid, row.amount_to_settle

    def _get_columns(self, settlement):
        totals = settlement._get_previous_totals()
        return (
            totals["amount_accepted"],
            totals["amount_accepted"] + settlement.amount_accepted,
            totals["amount_retention"] + settlement.amount_retention,
        )

    def test_partial_payment_shows_everywhere(self):
        self.assertEqual(self._get_figures(), (60000.0, 20000.0, 0.0))
        self.assertRecordValues(
            self.settlement,
            [
                {
                    "payment_state": "partial",
                    "amount_billed": 58200.0,
                    "amount_paid": 20000.0,
                    "amount_residual": 38200.0,
                }
            ],
        )
        self.assertEqual(self.contract.amount_paid, 20000.0)
        self.assertEqual(self._get_held(), 0.0)

    def test_reversal_frees_the_settlement_and_leaves_what_was_paid_with_the_contractor(self):
        self._reverse(self.bill)
        self.assertEqual(self._get_figures(), (0.0, 0.0, 0.0))
        self.assertRecordValues(
            self.settlement,
            [{"state": "approved", "payment_state": "none", "amount_billed": 0.0, "amount_paid": 0.0}],
        )
        self.assertEqual((self.contract.amount_billed, self.contract.amount_paid), (0.0, 0.0))
        self.assertEqual(self._get_held(), 20000.0)
        self.assertEqual(self.settlement.amount_held, 20000.0)

    def test_next_print_counts_what_stands(self):
        self._reverse(self.bill)
        self.settlement.with_user(self.user_manager)._step_back("cancelled", "Wrong month")
        again = self._settle(self.row)
        self.assertEqual(self._get_columns(again), (0.0, 60000.0, 1800.0))
        self._bill(again).action_post()
        later = self._settle(self._accept(self.contract.milestone_ids[1]))
        self.assertEqual(self._get_columns(later), (60000.0, 140000.0, 4200.0))

    def _settle_anew(self):
        """Return the posted bill of another settlement of the row."""
        self.settlement.with_user(self.user_manager)._step_back("cancelled", "Wrong month")
        return self._post_bill(self.row)

    def test_new_bill_of_the_settlement_takes_what_was_paid_for_it(self):
        self._reverse(self.bill)
        self.settlement.with_user(self.user_finance2).action_create_bill()
        bill = self.settlement.bill_id.with_user(self.user_finance2)
        bill.action_post()
        self.assertEqual((bill.amount_residual, self._get_held()), (38200.0, 0.0))
        self.assertEqual(self._pay(bill).amount, 38200.0)
        self.assertRecordValues(self.settlement, [{"payment_state": "paid", "amount_paid": 58200.0}])

    def test_what_is_held_is_used_first_for_another_bill(self):
        self._reverse(self.bill)
        bill = self._settle_anew()
        wizard = self.env["account.payment.register"].with_user(self.user_finance2)
        wizard = Form(wizard.with_context(active_model="account.move", active_ids=bill.ids))
        self.assertEqual((wizard.amount, wizard.outsourcing_amount_held), (38200.0, 20000.0))
        payment = wizard.save()._create_payments()
        self.assertEqual(payment.amount, 38200.0)
        self.assertEqual(self._get_figures(), (60000.0, 58200.0, 0.0))
        self.assertRecordValues(
            bill.outsourcing_settlement_id, [{"payment_state": "paid", "amount_paid": 58200.0}]
        )
        self.assertEqual(self._get_held(), 0.0)

    def test_held_money_clears_a_bill_by_one_link(self):
        self._reverse(self.bill)
        bill = self._settle_anew()
        settlement = bill.outsourcing_settlement_id
        self.assertIn("20,000.00", bill.alerts["outsourcing_held"]["message"])
        bill.action_outsourcing_use_held()
        self.env.invalidate_all()
        self.assertEqual((settlement.amount_paid, settlement.amount_residual), (20000.0, 38200.0))
        self.assertNotIn("outsourcing_held", bill.alerts)

    def test_new_bill_comes_from_the_settlement_only(self):
        wizard = self._open_reversal(self.bill)
        self.assertTrue(wizard.outsourcing_is_settled)
        with self._refused(f"create the new bill from the settlement {self.settlement.name}"):
            wizard.modify_moves()
        with self._refused("reverse it, post the credit note"):
            wizard.reverse_moves(is_modify=True)
        self.assertFalse(self.bill.reversal_move_ids)

    def test_credit_note_carries_settlement_contract_and_community(self):
        refund = self._reverse(self.bill, post=False)
        self.assertEqual(refund.outsourcing_settlement_id, self.settlement)
        self.assertEqual(refund.outsourcing_contract_id, self.contract)
        for mine, theirs in zip(refund.invoice_line_ids, self.bill.invoice_line_ids, strict=True):
            self.assertEqual(mine.outsourcing_settlement_line_id, theirs.outsourcing_settlement_line_id)
        self.assertEqual(refund.invoice_line_ids.outsourcing_contract_id, self.contract)
        self.assertEqual(refund.invoice_line_ids.outsourcing_community_id, self.community)

    def test_a_credit_note_counts_when_it_is_posted(self):
        refund = self._reverse(self.bill, post=False)
        self.assertEqual(self._get_figures(), (60000.0, 20000.0, 0.0))
        self.assertEqual(self.row.purchase_line_id.qty_to_invoice, 0.0)
        refund.action_post()
        self.assertEqual(self._get_figures(), (0.0, 0.0, 0.0))

    def test_a_part_taken_back_can_be_settled_again(self):
        refund = self._reverse(self.bill, post=False)
        work, retention = refund.invoice_line_ids
        refund.write({"invoice_line_ids": [(1, work.id, {"quantity": 10000.0}), (2, retention.id, 0)]})
        refund.action_post()
        self.assertEqual(self._get_figures(), (50000.0, 20000.0, 10000.0))
        self.assertRecordValues(
            self.settlement,
            [{"state": "billed", "amount_billed": 48200.0, "amount_residual": 28200.0}],
        )
        again = self._settle(self.row)
        self.assertEqual(self._get_columns(again), (50000.0, 60000.0, 2100.0))
        self._bill(again).action_post()
        self.assertEqual(self._get_figures()[0], 60000.0)

    def test_no_more_is_taken_back_than_was_billed(self):
        first = self._reverse(self.bill, post=False)
        second = self._reverse(self.bill, post=False)
        first.action_post()
        with self._refused(r"would come to -\$60,000.00"):
            second.action_post()

    def test_a_credit_note_takes_back_lines_of_its_bill_only(self):
        refund = self._reverse(self.bill, post=False)
        refund.write({"invoice_line_ids": [(0, 0, {"name": "extra", "quantity": 1, "price_unit": 5.0})]})
        with self._refused("takes back lines of its bill only: .*extra"):
            refund.action_post()

    def test_credit_note_taken_back_binds_the_settlement_again(self):
        refund = self._reverse(self.bill)
        refund.button_draft()
        self.assertRecordValues(self.settlement, [{"state": "billed", "bill_id": self.bill.id}])
        self.assertEqual(self._get_figures()[0], 60000.0)
        refund.action_post()
        self.assertEqual(self.settlement.state, "approved")

    def test_credit_note_stands_once_the_settlement_has_gone_on(self):
        refund = self._reverse(self.bill)
        self.settlement.with_user(self.user_manager)._step_back("draft", "One more deduction")
        with self._refused(f"{self.settlement.name} has become draft"):
            refund.button_draft()
        self._approve(self.settlement)
        self.settlement.with_user(self.user_finance2).action_create_bill()
        with self._refused(f"{self.settlement.name} has become billed"):
            refund.button_cancel()

    def test_written_off_is_cleared_but_not_paid(self):
        self._write_off(self.bill, 30000.0)
        self.assertRecordValues(
            self.settlement,
            [
                {
                    "payment_state": "paid",
                    "amount_paid": 50000.0,
                    "amount_offset": 8200.0,
                    "amount_residual": 0.0,
                }
            ],
        )
        self.assertEqual(self._get_figures(), (60000.0, 50000.0, 0.0))
        told = [amount for _day, amount in self.settlement._get_payments()]
        self.assertCountEqual(told, [20000.0, 30000.0])

    def test_written_off_is_not_held_as_money(self):
        self._write_off(self.bill, 30000.0)
        with self._refused("8,200.00 was written off or set off, more than would still be billed"):
            self._reverse(self.bill)
        self.bill.matched_payment_ids.filtered(lambda p: p.amount == 30000.0).action_draft()
        self._reverse(self.bill)
        self.assertEqual(self._get_held(), 20000.0)

    def test_what_was_used_elsewhere_is_not_taken_back(self):
        payment = self.bill.matched_payment_ids
        self._reverse(self.bill)
        again = self._settle_anew()
        again.action_outsourcing_use_held()
        with self._refused("20,000.00 of what was paid for it has been used for another bill"):
            payment.action_cancel()

    def test_a_bill_cleared_by_what_is_held_is_paid(self):
        self._pay(self.bill)
        self._reverse(self.bill)
        again = self._settle_anew()
        again.action_outsourcing_use_held()
        self.assertEqual(again.payment_state, "reversed")  # core's word for it
        self.assertRecordValues(
            again.outsourcing_settlement_id, [{"payment_state": "paid", "amount_paid": 58200.0}]
        )
        self.assertEqual(self._get_figures(), (60000.0, 58200.0, 0.0))

    def test_a_reversed_bill_stays_posted_while_its_credit_note_does(self):
        refund = self._reverse(self.bill)
        for take_back in (self.bill.button_draft, self.bill.button_cancel):
            with self._refused(f"stays posted as long as its credit note {refund.name}"):
                take_back()

    def test_bill_in_draft_is_neither_billed_nor_paid(self):
        self.bill.button_draft()
        self.assertEqual(self._get_figures(), (0.0, 0.0, 0.0))
        self.assertRecordValues(self.settlement, [{"payment_state": "draft", "amount_paid": 0.0}])
        self.assertEqual(self._get_held(), 20000.0)
        self.bill.action_post()
        self.assertEqual(self._get_figures(), (60000.0, 20000.0, 0.0))
        self.assertEqual(self._get_held(), 0.0)

    def test_payment_taken_back_is_not_paid(self):
        payment = self.bill.matched_payment_ids
        payment.action_draft()
        self.assertEqual(self._get_figures(), (60000.0, 0.0, 0.0))
        self.assertEqual(self._get_held(), 0.0)

    def test_payment_taken_off_the_bill_is_held(self):
        items = self.bill.line_ids.filtered(lambda line: line.account_type == "liability_payable")
        items.remove_move_reconcile()
        self.assertEqual(self._get_figures(), (60000.0, 0.0, 0.0))
        self.assertEqual(self._get_held(), 20000.0)
