from datetime import date, timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..tools import FapiaoQr, parse_fapiao_qr
from .common import SettlementCommon

NUMBER, OTHER = "24312000000012345678", "24312000000012345679"


@tagged("post_install", "-at_install")
class TestFapiaoQr(BaseCase):
    """What the code on a fapiao says."""

    def test_codes_of_both_kinds_are_read(self):
        self.assertEqual(
            parse_fapiao_qr(f"01,32,,{NUMBER},11400.00,20261120,,ABCD"),
            FapiaoQr(NUMBER, 11400.0, date(2026, 11, 20)),
        )
        self.assertEqual(
            parse_fapiao_qr("01,04,044031900111,12345678,100.00,20200131,12345678901234567890,"),
            FapiaoQr("044031900111-12345678", None, date(2020, 1, 31)),
        )

    def test_other_codes_are_refused(self):
        for text in (
            "", None, "https://example.com", f"01,32,,{NUMBER},nan,20261120",
            f"01,32,,{NUMBER},1e17,20261120",
            f"01,32,,{NUMBER},-5.00,20261120", f"01,32,,{NUMBER},5.00,20261399", "01,32,,123,5.00,20261120",
            f"02,32,,{NUMBER},5.00,20261120", f"01,32,,{NUMBER},5.00,２０２６1120",
        ):  # fmt: skip
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_fapiao_qr(text)


@tagged("post_install", "-at_install")
class TestFapiaoHandedIn(SettlementCommon):
    """The contractor hands in its fapiao, finance checks it, the bill carries it; each number once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlement = cls._approve(cls._settle(cls._create_service().milestone_ids[0]))
        cls.own = cls.settlement.with_user(cls.portal_contractor)
        cls.due = cls.settlement._get_amount_to_invoice()

    def _hand_in(self, settlement=None, files=None, **vals):
        settlement = settlement or self.own
        if files is None:
            files = self.env["ir.attachment"].create({"name": "fapiao.pdf", "raw": b"%PDF-1.4"})
        day = trade_today(settlement)
        return settlement._portal_hand_in_fapiao(
            {"number": NUMBER, "date": day, "amount": self.due, **vals}, files
        )

    def test_a_checked_fapiao_stands_on_the_bill_made_later(self):
        self.assertEqual(self.own._get_fapiao_missing(), self.due)
        fapiao = self._hand_in()
        self.assertEqual(self.own._get_fapiao_missing(), 0.0)
        self.assertEqual(fapiao.submitted_by_id, self.portal_contractor)
        fapiao.with_user(self.user_finance).action_verify()
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self.assertEqual(self.settlement.bill_id.outsourcing_fapiao_number, NUMBER)
        self.assertEqual(fapiao.state, "linked")

    def test_a_fapiao_for_a_bill_that_is_there_is_written_on_it(self):
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self._hand_in().with_user(self.user_finance2).action_verify()
        self.assertEqual(self.settlement.bill_id.outsourcing_fapiao_number, NUMBER)

    def test_a_number_is_taken_once(self):
        fapiao = self._hand_in(amount=1.0)
        with self.assertRefused("has been handed in before."):
            self._hand_in(amount=1.0)
        other = self._hand_in(amount=1.0, number=OTHER)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            other._gated().write({"number": fapiao.number})  # as one who comes at the same moment
            other.flush_recordset()

    def test_an_older_fapiao_is_the_same_with_and_without_its_hyphen(self):
        fapiao = self._hand_in(amount=1.0, number="04403190011112345678")
        self.assertEqual(fapiao.number, "044031900111-12345678")
        with self.assertRefused("has been handed in before."):
            self._hand_in(amount=1.0, number="044031900111-12345678")
        bill = {"move_type": "in_invoice", "partner_id": self.competitor.id}
        with self.assertRefused("was handed in for the settlement"):
            self.env["account.move"].create({**bill, "outsourcing_fapiao_number": "04403190011112345678"})
        fapiao.with_user(self.user_finance).write({"number": "04403190011187654321"})
        self.assertEqual(fapiao.number, "044031900111-87654321")

    def test_a_number_on_another_bill_is_refused(self):
        bills = self.env["account.move"].with_user(self.user_finance)
        bill = {"move_type": "in_invoice", "partner_id": self.competitor.id}
        bills.create({**bill, "outsourcing_fapiao_number": NUMBER})
        with self.assertRefused("is on another bill already: one is paid once"):
            self._hand_in()
        self._hand_in(number=OTHER)
        with self.assertRefused("was handed in for the settlement"):
            bills.create({**bill, "outsourcing_fapiao_number": OTHER})

    def test_more_than_is_to_be_invoiced_is_refused(self):
        self._hand_in(amount=self.due - 1)
        with self.assertRefused("is to be invoiced"):
            self._hand_in(number=OTHER, amount=1.01)
        self._hand_in(number=OTHER, amount=1.0)

    def test_all_that_is_missing_is_said_at_once(self):
        with self.assertRefused("Enter the number of the fapiao.\nEnter the day it was issued."):
            self._hand_in(number="", date=False, amount=0, files=self.env["ir.attachment"])

    def test_the_code_fills_in_and_has_to_agree(self):
        code = f"01,32,,{NUMBER},100.00,{trade_today(self.settlement):%Y%m%d},,ABCD"
        with self.assertRefused("The code on the paper says"):
            self._hand_in(qr_text=code, number=OTHER)
        with self.assertRefused("This is not the code of a fapiao"):
            self._hand_in(qr_text="https://example.com")
        fapiao = self._hand_in(qr_text=code, number="", date=False, amount=0)
        self.assertEqual((fapiao.number, fapiao.amount), (NUMBER, 100.0))

    def test_nothing_is_handed_in_before_approval_for_tomorrow_or_by_others(self):
        draft = self._settle(self._create_service().milestone_ids[0])
        draft.with_user(self.user_supervisor).action_submit()
        with self.assertRefused("the fapiao is handed in once finance has approved it"):
            self._hand_in(draft.with_user(self.portal_contractor))
        with self.assertRefused("is still to come"):
            self._hand_in(date=trade_today(self.settlement) + timedelta(days=1))
        stranger = self._create_portal_user("13800000099", "Else", self.competitor)
        with self.assertRaisesRegex(AccessError, "Only the contractor of this document"):
            self._hand_in(self.settlement.with_user(stranger))

    def test_a_rejected_number_may_come_again_and_only_finance_decides(self):
        fapiao = self._hand_in()
        with self.assertRaises(AccessError):  # core's own
            fapiao.with_user(self.user_supervisor).action_verify()
        fapiao.with_user(self.user_finance)._take_reasoned_step("reject", "Wrong tax id")
        self.assertEqual(self.own._get_fapiao_missing(), self.due)
        self.assertFalse(fapiao.activity_ids)
        again = self._hand_in()
        self.assertEqual(again.state, "received")
        self.assertEqual(fapiao.reject_reason, "Wrong tax id")
