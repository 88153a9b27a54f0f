import random

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import float_compare

from .money_common import MoneyCommon

SEEDS = (27, 34, 41, 44)
STEPS = 16


@tagged("post_install", "-at_install")
class TestMoneyRandom(MoneyCommon):
    """Whatever people do with bills, credit notes and payments, every figure is what the entries say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works()
        cls._accept(cls.contract.milestone_ids[1], day=cls.contract.milestone_ids[1].date_due)
        cls.rows = cls.contract.milestone_ids[:2]
        for row in cls.rows:
            cls._approve(cls._settle(row))
        cls.settlements = cls.contract.settlement_ids

    def test_figures_follow_the_entries_through_any_sequence(self):
        for seed in SEEDS:
            done = []
            with self.subTest(seed=seed), self.cr.savepoint() as savepoint:
                dice = random.Random(seed)
                for _step in range(STEPS):
                    self._act(dice, done)
                    try:
                        self._check_figures()
                    except AssertionError as error:
                        raise AssertionError(f"{' '.join(done)}: {error}") from error
                self.assertEqual(len(done), STEPS)
                savepoint.rollback()
            self.env.invalidate_all()

    # ---- what people do ---------------------------------------------------------------------------------

    def _act(self, dice, done):
        """Take the first step of a shuffled list that is possible now."""
        steps = list(self._get_steps())
        dice.shuffle(steps)
        for step in steps:
            try:
                with self.cr.savepoint():
                    step(dice)
            except (UserError, ValidationError, IndexError):
                self.env.invalidate_all()
                continue
            done.append(step.__name__.removeprefix("_step_"))
            return

    def _get_steps(self):
        return (
            self._step_bill, self._step_post, self._step_post, self._step_pay_part, self._step_pay,
            self._step_pay, self._step_write_off, self._step_reverse, self._step_reverse,
            self._step_refund_part, self._step_reset_bill, self._step_cancel_bill, self._step_reset_refund,
            self._step_reset_payment, self._step_cancel_payment, self._step_unmatch, self._step_use_held,
            self._step_settle_again,
        )  # fmt: skip

    def _pick(self, dice, **wanted):
        moves = self.env["account.move"].search([("outsourcing_contract_id", "=", self.contract.id)])
        moves = moves.filtered(lambda m: all(m[name] == value for name, value in wanted.items()))
        return dice.choice(moves).with_user(self.user_finance2)

    def _pick_payment(self, dice, *states):
        payments = self.env["account.payment"].search([("partner_id", "=", self.contractor.id)])
        return dice.choice(payments.filtered(lambda p: p.state in states)).with_user(self.user_finance2)

    def _step_bill(self, dice):
        approved = self.contract.settlement_ids.filtered(lambda s: s.state == "approved")
        dice.choice(approved).with_user(self.user_finance2).action_create_bill()

    def _step_post(self, dice):
        self._pick(dice, state="draft").action_post()

    def _step_pay(self, dice):
        self._pay(self._pick(dice, state="posted", move_type="in_invoice"))

    def _step_pay_part(self, dice):
        self._pay(self._pick(dice, state="posted", move_type="in_invoice"), dice.choice((1234.56, 20000.0)))

    def _step_write_off(self, dice):
        self._write_off(self._pick(dice, state="posted", move_type="in_invoice"), 10000.0)

    def _step_reverse(self, dice):
        self._reverse(self._pick(dice, state="posted", move_type="in_invoice"))

    def _step_refund_part(self, dice):
        refund = self._reverse(self._pick(dice, state="posted", move_type="in_invoice"), post=False)
        work, rest = refund.invoice_line_ids[0], refund.invoice_line_ids[1:]
        commands = [(1, work.id, {"quantity": 5000.0}), *((2, line.id, 0) for line in rest)]
        refund.write({"invoice_line_ids": commands})
        refund.action_post()

    def _step_reset_bill(self, dice):
        self._pick(dice, state="posted", move_type="in_invoice").button_draft()

    def _step_cancel_bill(self, dice):
        self._pick(dice, state="draft", move_type="in_invoice").button_cancel()

    def _step_reset_refund(self, dice):
        self._pick(dice, state="posted", move_type="in_refund").button_draft()

    def _step_reset_payment(self, dice):
        self._pick_payment(dice, "in_process", "paid").action_draft()

    def _step_cancel_payment(self, dice):
        self._pick_payment(dice, "in_process", "paid", "draft").action_cancel()

    def _step_unmatch(self, dice):
        bill = self._pick(dice, state="posted")
        bill.line_ids.filtered(lambda line: line.account_type == "liability_payable").remove_move_reconcile()

    def _step_use_held(self, dice):
        self._pick(dice, state="posted", move_type="in_invoice").action_outsourcing_use_held()

    def _step_settle_again(self, dice):
        self._approve(self._settle(dice.choice(self.rows)))

    # ---- what must hold ---------------------------------------------------------------------------------

    def _check_figures(self):
        self.env.flush_all()
        self.env.invalidate_all()
        for row in self.rows:
            self.assertAlmostEqual(row.amount_billed, self._sum_entries("quantity", milestone=row))
            self._assert_ordered(0.0, row.amount_paid, row.amount_billed, row.amount_accepted, row.amount)
        for settlement in self.contract.settlement_ids:
            billed = self._sum_entries("price_total", settlement=settlement)
            self.assertAlmostEqual(settlement.amount_billed, billed)
            parts = (settlement.amount_paid, settlement.amount_offset, settlement.amount_residual)
            self.assertAlmostEqual(sum(parts), settlement.amount_billed)
            self._assert_ordered(0.0, min(parts))
            self.assertEqual(bool(settlement.bill_id), settlement.state == "billed")
        self.assertAlmostEqual(self.contract.amount_billed, sum(self.rows.mapped("amount_billed")))
        self._check_money()
        self._check_next_print()

    def _check_money(self):
        """No more is paid than left the bank; what is held and what is open are the contractor's account."""
        self.env.cr.execute(
            """SELECT COALESCE(SUM(p.amount), 0) FROM account_payment p
                 JOIN account_move m ON m.id = p.move_id
                WHERE p.partner_id = %s AND m.state = 'posted'""",
            [self.contractor.id],
        )
        [left] = self.env.cr.fetchone()
        self.env.cr.execute(
            """SELECT COALESCE(SUM(l.balance), 0) FROM account_move_line l
                 JOIN account_account a ON a.id = l.account_id
                WHERE l.partner_id = %s AND l.parent_state = 'posted'
                  AND a.account_type = 'liability_payable'""",
            [self.contractor.id],
        )
        [balance] = self.env.cr.fetchone()
        settlements = self.contract.settlement_ids
        paid, residual = sum(settlements.mapped("amount_paid")), sum(settlements.mapped("amount_residual"))
        self._assert_ordered(paid, float(left))
        self.assertAlmostEqual(self.contract.amount_paid, paid)
        self.assertAlmostEqual(self._get_held() - residual, float(balance))

    def _check_next_print(self):
        """The columns of the statement that would be drawn up next."""
        with self.cr.savepoint() as savepoint:
            third = self._accept(self.contract.milestone_ids[2], day=self.contract.milestone_ids[2].date_due)
            before = self._settle(third)._get_previous_totals()
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertAlmostEqual(before["amount_accepted"], self._sum_entries("price_total", kind="milestone"))
        self.assertAlmostEqual(
            before["amount_retention"], -self._sum_entries("price_total", kind="retention")
        )
        self.assertAlmostEqual(before["amount_payable"], self._sum_entries("price_total"))
        self.assertAlmostEqual(before["amount_paid"], sum(self.contract.settlement_ids.mapped("amount_paid")))

    def _sum_entries(self, name, milestone=None, settlement=None, kind=None):
        """Sum up posted entries of the contract past every figure of ours; credit notes count negative."""
        domain = [
            ("parent_state", "=", "posted"),
            ("move_id.outsourcing_settlement_id.contract_id", "=", self.contract.id),
            ("display_type", "=", "product"),
        ]
        if milestone:
            domain.append(("purchase_line_id.outsourcing_milestone_id", "=", milestone.id))
        if settlement:
            domain.append(("move_id.outsourcing_settlement_id", "=", settlement.id))
        if kind:
            domain.append(("outsourcing_settlement_kind", "=", kind))
        lines = self.env["account.move.line"].search(domain)
        return sum(line[name] * (-1 if line.move_id.move_type == "in_refund" else 1) for line in lines)

    def _assert_ordered(self, *amounts):
        for low, high in zip(amounts, amounts[1:], strict=False):
            self.assertLessEqual(float_compare(low, high, precision_digits=2), 0, amounts)
