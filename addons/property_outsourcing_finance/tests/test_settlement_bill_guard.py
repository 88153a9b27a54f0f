from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementBillGuard(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_service(months=2)
        cls._deduct(cls.contract)
        cls.milestone = cls.contract.milestone_ids[0]
        cls.settlement = cls._settle(cls.milestone)

    def _make_bill_by_hand(self, quantity):
        line = self.milestone.purchase_line_id
        vals = {**line._prepare_account_move_line(), "quantity": quantity}
        return (
            self.env["account.move"]
            .with_user(self.user_finance)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.contractor.id,
                    "invoice_date": "2026-02-01",
                    "invoice_line_ids": [Command.create(vals)],
                }
            )
        )

    def test_bill_by_hand_above_the_accepted_is_not_posted(self):
        with self.assertRefused("bills an outsourcing contract: such bills are made by a settlement."):
            self._make_bill_by_hand(12000.01).action_post()

    def test_bill_by_hand_within_the_accepted_is_not_posted_either(self):
        with self.assertRaisesRegex(UserError, "made by a settlement"):
            self._make_bill_by_hand(100.0).action_post()

    def test_second_click_makes_no_second_bill(self):
        bill = self._bill(self.settlement)
        with self.assertRefused("and cannot become"):
            self.settlement.with_user(self.user_finance2).action_create_bill()
        bills = self.env["account.move"].search([("outsourcing_settlement_id", "=", self.settlement.id)])
        self.assertEqual(bills, bill.with_env(self.env))

    def test_create_bill_of_the_order_opens_the_settlement(self):
        order = self.contract.purchase_order_id
        action = order.with_user(self.user_finance).action_create_invoice()
        self.assertEqual((action["res_model"], action["res_id"]), (self.settlement._name, self.settlement.id))
        self._bill(self.settlement)
        action = order.with_user(self.user_finance).action_create_invoice()
        other = self.env["outsourcing.settlement"].browse(action["res_id"])
        self.assertNotEqual(other, self.settlement)
        self.assertEqual(other.milestone_ids, self.contract.milestone_ids[1])

    def test_settled_lines_are_not_edited(self):
        bill = self._bill(self.settlement)
        line = bill.invoice_line_ids[0]
        tax = self.company_data["default_tax_purchase"]
        for vals in (
            {"quantity": 1.0},
            {"price_unit": 2.0},
            {"discount": 10.0},
            {"tax_ids": [Command.set(tax.ids)]},
            {"account_id": self.company_data["default_account_revenue"].id},
            {"purchase_line_id": False},
            {"outsourcing_settlement_line_id": False},
        ):
            with self.subTest(vals=vals), self.assertRefused("comes from a settlement"):
                line.write(vals)
        with self.assertRefused("belongs to a settlement: delete the whole bill instead."):
            bill.write({"invoice_line_ids": [Command.delete(line.id)]})
        with self.assertRefused("and changes only by a reset to draft or a credit note"):
            bill.outsourcing_settlement_id = False

    def test_accountant_sets_reference_date_fapiao_and_due_date(self):
        bill = self._bill(self.settlement)
        with Form(bill) as form:
            form.ref = "No. 7"
            form.invoice_date = "2026-02-03"
            form.outsourcing_fapiao_number = "24312000000012345678"
            form.invoice_payment_term_id = self.pay_terms_a
        bill.action_post()
        self.assertRecordValues(bill, [{"ref": "No. 7", "state": "posted", "amount_total": 11400.0}])

    def test_an_added_line_keeps_the_bill_from_posting(self):
        bill = self._bill(self.settlement)
        bill.write(
            {"invoice_line_ids": [Command.create({"name": "extra", "quantity": 1, "price_unit": 5.0})]}
        )
        with self.assertRaisesRegex(UserError, "differs from its settlement"):
            bill.action_post()

    def test_a_line_is_not_deleted_with_a_forged_context(self):
        bill = self._bill(self.settlement)
        forged = bill.invoice_line_ids[1].with_context(_force_unlink=True, dynamic_unlink=True)
        with self.assertRaisesRegex(UserError, "delete the whole bill instead"):
            forged.unlink()

    def test_no_client_links_a_bill_to_a_settlement(self):
        self._approve(self.settlement)
        Move = self.env["account.move"].with_user(self.user_finance)
        vals = {"move_type": "in_invoice", "partner_id": self.contractor.id}
        with self.assertRefused("A settlement makes its bill itself."):
            Move.create({**vals, "outsourcing_settlement_id": self.settlement.id})
        with self.assertRefused("A settlement makes its bill itself."):
            Move.with_context(default_outsourcing_settlement_id=self.settlement.id).create(vals)
        line = self.settlement.line_ids[0]
        with self.assertRefused("A settlement makes its bill itself."):
            Move.create(
                {
                    **vals,
                    "invoice_line_ids": [
                        Command.create({"name": "x", "outsourcing_settlement_line_id": line.id})
                    ],
                }
            )

    def test_deleted_draft_bill_lets_the_settlement_be_billed_again_once(self):
        bill = self._bill(self.settlement)
        adjustment = self.settlement.line_ids.adjustment_id
        bill.unlink()
        self.assertRecordValues(self.settlement, [{"state": "approved", "payment_state": "none"}])
        self.assertEqual(adjustment.state, "confirmed")
        self.assertEqual(self.milestone.amount_billed, 0.0)
        self.assertEqual(self.milestone.amount_to_settle, 0.0)  # still in this settlement
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self.assertEqual(self.settlement.bill_id.amount_total, 11400.0)
        self.assertEqual(adjustment.state, "settled")
        self.assertEqual(self.settlement.approved_by_id, self.user_finance)

    def test_cancelled_bill_frees_the_settlement_and_does_not_come_back(self):
        bill = self._bill(self.settlement)
        bill.button_cancel()
        self.assertEqual(self.settlement.state, "approved")
        with self.assertRaisesRegex(UserError, "create a new bill from there"):
            bill.button_draft()
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self.settlement.bill_id.action_post()
        self.assertEqual(self.milestone.amount_billed, 12000.0)

    def test_cancelled_bill_does_not_keep_the_draft_from_being_drawn_up_anew(self):
        self._bill(self.settlement).button_cancel()
        self.settlement.with_user(self.user_manager)._step_back("draft", "One more deduction")
        self.settlement.with_user(self.user_supervisor).action_generate_lines()
        self.assertEqual(self.settlement.amount_payable, 11400.0)

    def test_reversed_bill_frees_the_settlement(self):
        bill = self._bill(self.settlement)
        bill.action_post()
        wizard = self.env["account.move.reversal"].with_user(self.user_finance)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids)
        wizard.create({"journal_id": bill.journal_id.id, "reason": "wrong fapiao"}).refund_moves()
        bill.reversal_move_ids.action_post()
        self.assertEqual(self.milestone.amount_billed, 0.0)
        self.assertEqual(self.settlement.state, "approved")
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self.settlement.bill_id.action_post()
        self.assertEqual(self.milestone.amount_billed, 12000.0)

    def test_credit_note_by_hand_is_released_by_the_button(self):
        bill = self._bill(self.settlement)
        bill.action_post()
        refund = self.env["account.move"].create(
            {
                "move_type": "in_refund",
                "partner_id": bill.partner_id.id,
                "invoice_date": bill.invoice_date,
                "invoice_line_ids": [
                    Command.create({"name": "all", "price_unit": 11400.0, "tax_ids": False})
                ],
            }
        )
        refund.action_post()
        items = (refund | bill.with_env(self.env)).line_ids
        items.filtered(lambda line: line.display_type == "payment_term").reconcile()
        self.assertEqual(self.settlement.payment_state, "reversed")
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self.settlement.with_user(self.user_manager).action_release_bill()
        self.settlement.with_user(self.user_finance).action_release_bill()
        self.assertRecordValues(self.settlement, [{"state": "approved", "payment_state": "none"}])

    def test_reversal_with_reconciliation_frees_it_at_once(self):
        bill = self._bill(self.settlement)
        bill.action_post()
        bill._reverse_moves([{"invoice_date": bill.invoice_date}], cancel=True)
        self.assertEqual(self.settlement.state, "approved")
        self.assertFalse(self.settlement.bill_id)

    def test_live_bill_is_not_released(self):
        self._bill(self.settlement)
        with self.assertRefused("its bill is neither cancelled nor fully reversed."):
            self.settlement.with_user(self.user_finance).action_release_bill()

    def test_copy_of_a_settled_bill_is_not_posted(self):
        bill = self._bill(self.settlement)
        bill.action_post()
        copy = bill.with_context(include_business_fields=True).copy({"invoice_date": bill.invoice_date})
        with self.assertRefused("bills an outsourcing contract: such bills are made by a settlement."):
            copy.action_post()

    def test_accountant_outside_outsourcing_posts_and_pays(self):
        accountant = new_test_user(
            self.env, "accountant_only", groups="account.group_account_invoice", company_id=self.company.id
        )
        bill = self._bill(self.settlement).with_user(accountant)
        with Form(bill) as form:
            form.ref = "No. 8"
        bill.action_post()
        wizard = self.env["account.payment.register"].with_user(accountant)
        wizard.with_context(active_model="account.move", active_ids=bill.ids).create({})._create_payments()
        self.assertEqual(self.settlement.payment_state, "paid")

    def test_due_date_follows_the_payment_term(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "60 days",
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 60})],
            }
        )
        contract = self._create_service(payment_term_id=term.id)
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        bill.invoice_date = "2026-02-01"
        bill.action_post()
        self.assertEqual(str(bill.invoice_date_due), "2026-04-02")

    def test_a_refund_taken_back_does_not_leave_the_work_billed_twice(self):
        contract = self._create_service()
        settlement = self._settle(contract.milestone_ids[0])
        bill = self._bill(settlement)
        bill.action_post()
        refund = bill._reverse_moves([{"invoice_date": bill.invoice_date}], cancel=True)
        self.assertEqual(settlement.state, "approved")
        settlement.with_user(self.user_finance2).action_create_bill()
        settlement.bill_id.action_post()
        with self.assertRefused("would be billed, but only"):
            refund.button_draft()
            refund.button_cancel()
        with self.assertRefused("comes from a settlement"):
            refund.invoice_line_ids.filtered("purchase_line_id").write({"purchase_line_id": False})

    def test_the_payee_of_a_settlement_bill_is_not_changed(self):
        contract = self._create_service()
        bill = self._bill(self._settle(contract.milestone_ids[0]))
        for vals in ({"partner_id": self.competitor.id}, {"currency_id": self.env.ref("base.CHF").id}):
            with self.assertRefused("and changes only by a reset to draft or a credit note"):
                bill.write(vals)
            with self.assertRefused("and changes only by a reset to draft or a credit note"):
                bill.with_context(skip_readonly_check=True).write(vals)
