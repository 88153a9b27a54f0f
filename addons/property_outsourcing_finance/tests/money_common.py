from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command

from .common import SettlementCommon


class MoneyCommon(SettlementCommon):
    """What people do with a bill and its payments, through the doors they use."""

    @classmethod
    def _post_bill(cls, row):
        """Return the posted bill of a settlement of ``row``."""
        bill = cls._bill(cls._settle(row))
        bill.action_post()
        return bill

    @classmethod
    def _reverse(cls, bill, user=None, post=True):
        """Reverse the bill by core's dialog; return the credit note."""
        wizard = cls._open_reversal(bill, user)
        action = wizard.refund_moves()
        refund = cls.env["account.move"].with_user(user or cls.user_finance2).browse(action["res_id"])
        if post:
            refund.action_post()
        return refund

    @classmethod
    def _open_reversal(cls, bill, user=None):
        wizard = cls.env["account.move.reversal"].with_user(user or cls.user_finance2)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids)
        return wizard.create({"journal_id": bill.journal_id.id, "reason": "wrong fapiao"})

    @classmethod
    def _create_payment(cls, amount, user=None, **vals):
        """Return a draft payment to the contractor, entered in the list of payments."""
        return (
            cls.env["account.payment"]
            .with_user(user or cls.user_finance2)
            .create(
                {
                    "payment_type": "outbound",
                    "partner_type": "supplier",
                    "partner_id": cls.contractor.id,
                    "amount": amount,
                    **vals,
                }
            )
        )

    @classmethod
    def _pay_by_entry(cls, amount, user=None):
        """Return the entry of a bank journal that pays the contractor past the payments."""
        journal = cls.company_data["default_journal_bank"]
        payable = cls.contractor.property_account_payable_id
        lines = [
            {"account_id": payable.id, "partner_id": cls.contractor.id, "debit": amount},
            {"account_id": journal.default_account_id.id, "credit": amount},
        ]
        vals = {
            "move_type": "entry",
            "journal_id": journal.id,
            "line_ids": [Command.create(line) for line in lines],
        }
        return cls.env["account.move"].with_user(user or cls.user_finance2).create(vals)

    @classmethod
    def _release(cls, amount, user=None, **vals):
        releases = cls.env["outsourcing.payment.release"].with_user(user or cls.user_manager)
        return releases.create(
            {"contractor_id": cls.contractor.id, "amount": amount, "reason": "Wages before New Year", **vals}
        )

    @classmethod
    def _write_off(cls, bill, amount):
        """Pay ``amount`` and write off the rest of the bill."""
        wizard = cls.env["account.payment.register"].with_user(cls.user_finance2)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids)
        return wizard.create(
            {
                "amount": amount,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": cls.company_data["default_account_revenue"].id,
            }
        )._create_payments()

    @contextmanager
    def _refused(self, sentence):
        """Expect a refusal with ``sentence`` (a pattern) that leaves everything as it was."""
        with self.assertRaisesRegex(UserError, sentence), self.cr.savepoint():
            yield

    def _get_held(self):
        self.contractor.invalidate_recordset()
        return self.contractor.with_company(self.company).outsourcing_amount_held
