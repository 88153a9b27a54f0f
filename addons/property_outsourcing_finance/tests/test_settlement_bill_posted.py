from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.forging import get_forged_values

from ..models.accounting import account_move_guard, account_move_line_guard
from .common import SettlementCommon

FORGED_CONTEXT = {
    "skip_readonly_check": True,
    "check_move_validity": False,
    "skip_invoice_sync": True,
    "dynamic_unlink": True,
    "force_delete": True,
    "_force_unlink": True,
}


@tagged("post_install", "-at_install")
class TestSettlementBillPosted(SettlementCommon):
    """A posted bill changes by core's own reset or reversal only, whoever asks and on whatever way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_cheat = cls.user_finance
        cls.user_cheat.group_ids |= cls.quick_ref("account.group_account_manager") | cls.quick_ref(
            "property_outsourcing.group_outsourcing_manager"
        )
        cls.contract = cls._create_works()
        cls.settlement = cls._settle(cls.contract.milestone_ids[0])
        cls.bill = cls._bill(cls.settlement)
        cls.bill.action_post()
        cls.bill = cls.bill.with_user(cls.user_cheat).with_context(**FORGED_CONTEXT)
        cls.retention = cls.bill.line_ids.filtered(
            lambda line: line.outsourcing_settlement_kind == "retention"
        )

    def test_no_kept_value_of_the_bill_is_forged(self):
        free = account_move_guard.POSTED_FREE
        forged = get_forged_values(self.bill, free)
        names = {"amount_total", "payment_state", "invoice_date", "invoice_date_due", "journal_id"}
        self.assertLessEqual(names, set(forged))
        forged["payment_state"] = "paid"
        for name, value in forged.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "comes from the settlement"):
                self.bill.write({name: value})

    def test_no_kept_value_of_its_lines_is_forged(self):
        for line in self.bill.line_ids:
            forged = get_forged_values(line, account_move_line_guard.POSTED_FREE)
            self.assertLessEqual({"balance", "credit", "outsourcing_date_due", "account_id"}, set(forged))
            for name, value in forged.items():
                with self.subTest(field=name), self.assertRaisesRegex(UserError, "comes from a settlement"):
                    line.write({name: value})

    def test_lines_are_not_changed_through_the_bill(self):
        line = self.retention
        for commands, sentence in (
            ([Command.update(line.id, {"balance": 0.0})], "comes from the settlement"),
            ([Command.delete(line.id)], "comes from the settlement"),
            (
                [Command.create({"account_id": line.account_id.id, "balance": 5.0})],
                "comes from the settlement",
            ),
        ):
            for name in ("line_ids", "invoice_line_ids"):
                with self.subTest(name=name), self.assertRaisesRegex(UserError, sentence):
                    self.bill.write({name: commands})

    def test_no_line_is_added_deleted_or_moved_in(self):
        vals = {"move_id": self.bill.id, "account_id": self.retention.account_id.id, "balance": 5.0}
        with self.assertRaisesRegex(UserError, "comes from a settlement|no line is added"):
            self.bill.line_ids.create(vals)
        for line in self.bill.line_ids:
            with self.assertRaisesRegex(UserError, "neither it nor a line"):
                line.unlink()
        with self.assertRaisesRegex(UserError, "neither it nor a line"):
            self.bill.unlink()
        stranger = (
            self.env["account.move"]
            .with_user(self.user_cheat)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.contractor.id,
                    "invoice_line_ids": [Command.create({"name": "x", "price_unit": 5.0})],
                }
            )
        )
        with self.assertRaisesRegex(UserError, "makes its bill itself"):
            stranger.invoice_line_ids.with_context(**FORGED_CONTEXT).write({"move_id": self.bill.id})

    def test_no_stranger_claims_a_settlement(self):
        vals = {
            "move_type": "in_invoice",
            "partner_id": self.contractor.id,
            "invoice_line_ids": [Command.create({"name": "x", "price_unit": 5.0})],
        }
        moves = self.env["account.move"].with_user(self.user_cheat)
        stranger = moves.create(vals)
        for name in sorted(account_move_line_guard.STAMPED):
            value = get_forged_values(stranger.invoice_line_ids)[name]
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "comes from a settlement"):
                stranger.invoice_line_ids.write({name: value})
            if name == "outsourcing_settlement_line_id":
                continue
            planted = moves.create({**vals, "invoice_line_ids": [Command.create({"name": "x", name: value})]})
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertFalse(planted.invoice_line_ids[name])

    def test_a_state_written_directly_is_checked_as_the_button_is(self):
        draft = self._bill(self._settle(self._accept(self.contract.milestone_ids[1])))
        draft = draft.with_user(self.user_cheat).with_context(**FORGED_CONTEXT)
        draft.write(
            {"invoice_line_ids": [Command.create({"name": "extra", "quantity": 1, "price_unit": 5.0})]}
        )
        with self.assertRaisesRegex(UserError, "amount_total|Total"):
            draft.write({"amount_total": self.settlement.amount_payable})
        with self.assertRaisesRegex(UserError, "differs from its settlement"):
            draft.write({"state": "posted"})

    def test_a_posted_bill_is_reset_by_its_button_alone(self):
        cheat = self.bill.with_user(self.user_cheat).with_context(**FORGED_CONTEXT)
        for state in ("draft", "cancel"):
            with self.assertRaisesRegex(UserError, "only by a reset to draft or a credit note: Status"):
                cheat.with_context(outsourcing_bill_reset=True).write({"state": state})
        cheat.button_draft()
        self.assertEqual(self.bill.state, "draft")

    def test_amounts_shifted_between_lines_of_a_draft_keep_it_from_posting(self):
        draft = self._bill(self._settle(self._accept(self.contract.milestone_ids[1])))
        draft = draft.with_user(self.user_cheat).with_context(**FORGED_CONTEXT)
        work, retention = draft.invoice_line_ids
        work.write({"balance": work.balance - 100.0, "amount_currency": work.amount_currency - 100.0})
        retention.write(
            {"balance": retention.balance + 100.0, "amount_currency": retention.amount_currency + 100.0}
        )
        with self.assertRaisesRegex(UserError, "differs from its settlement"):
            draft.action_post()

    def test_core_resets_blocks_and_reverses_it(self):
        self.bill.action_toggle_block_payment()
        self.assertEqual(self.settlement.payment_state, "blocked")
        self.bill.action_toggle_block_payment()
        self.assertEqual(self.settlement.payment_state, "not_paid")
        self.bill.write({"ref": "No. 7", "outsourcing_fapiao_number": "24312000000012345678"})
        self.bill.button_draft()
        self.bill.action_post()
        self.assertEqual(self.contract.milestone_ids[0].amount_billed, 60000.0)
