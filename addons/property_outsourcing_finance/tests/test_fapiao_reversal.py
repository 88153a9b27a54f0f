from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .common import SettlementCommon

NUMBER, OTHER = "24312000000012345678", "24312000000012345679"


@tagged("post_install", "-at_install")
class TestFapiaoReversal(SettlementCommon):
    """A fapiao that a red one has reversed counts no more; another one takes its place, and both stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlement = cls._approve(cls._settle(cls._create_service().milestone_ids[0]))
        cls.own = cls.settlement.with_user(cls.portal_contractor)
        cls.due = cls.settlement._get_amount_to_invoice()

    def _hand_in(self, number=NUMBER, **vals):
        file = self.env["ir.attachment"].create({"name": "fapiao.pdf", "raw": b"%PDF-1.4"})
        vals = {"number": number, "date": trade_today(self.own), "amount": self.due, **vals}
        return self.own._portal_hand_in_fapiao(vals, file)

    def test_finance_reverses_what_stands_on_the_bill_and_another_takes_its_place(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.user_finance).action_verify()
        self.settlement.with_user(self.user_finance2).action_create_bill()
        bill = self.settlement.bill_id
        fapiao.with_user(self.user_finance)._take_reasoned_step("reverse", "Red one: tax rate")
        self.assertEqual(fapiao.state, "reversed")
        self.assertEqual(fapiao.reversed_by_id, self.user_finance)
        self.assertFalse(bill.outsourcing_fapiao_number)
        self.assertEqual(self.own._get_fapiao_missing(), self.due)
        self._hand_in(OTHER).with_user(self.user_finance).action_verify()
        self.assertEqual(bill.outsourcing_fapiao_number, OTHER)
        self.assertEqual(len(self.settlement.fapiao_ids), 2)

    def test_the_number_of_a_reversed_fapiao_never_comes_again(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Wrong buyer")
        self.assertEqual(fapiao.state, "reversed")
        with self.assertRefused("has been handed in before."):
            self._hand_in()

    def test_the_number_of_a_reversed_fapiao_is_typed_on_no_bill(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.user_finance).action_verify()
        self.settlement.with_user(self.user_finance2).action_create_bill()
        fapiao.with_user(self.user_finance)._take_reasoned_step("reverse", "Red one: tax rate")
        bill = self.settlement.bill_id.with_user(self.user_finance)
        with self.assertRefused(f"The fapiao {NUMBER} no longer counts."):
            bill.write({"outsourcing_fapiao_number": NUMBER})
        bill.write({"outsourcing_fapiao_number": OTHER})

    def test_the_contractor_voids_what_nobody_has_checked_and_asks_about_the_rest(self):
        first = self._hand_in(amount=1.0)
        first.with_user(self.portal_contractor)._portal_report_red("Typed wrongly")
        self.assertEqual((first.state, first.reverse_reason), ("reversed", "Typed wrongly"))
        second = self._hand_in(OTHER)
        second.with_user(self.user_finance).action_verify()
        second.with_user(self.portal_contractor)._portal_report_red("Red one issued")
        self.assertEqual((second.state, second.red_reason), ("verified", "Red one issued"))
        self.assertTrue(second.activity_ids)

    def test_a_reason_is_needed_and_strangers_reverse_nothing(self):
        fapiao = self._hand_in()
        with self.assertRefused("Write the number of the red fapiao"):
            fapiao.with_user(self.portal_contractor)._portal_report_red("")
        with self.assertRefused("Only the contractor of this document", AccessError):
            fapiao.with_user(self.portal_competitor)._portal_report_red("Mine")
        with self.assertRaises(AccessError):  # core's own, or the step's
            fapiao.with_user(self.user_supervisor)._take_reasoned_step("reverse", "No")

    def test_all_that_the_code_says_otherwise_is_said_at_once(self):
        code = f"01,32,,{NUMBER},100.00,20261120,,ABCD"
        with self.assertRefused("The code on the paper says 100.00") as caught:
            self._hand_in(OTHER, qr_text=code, amount=99.0)
        self.assertIn(f"The code on the paper says {NUMBER}, typed was {OTHER}.", str(caught.exception))
        self.assertIn("11/20/2026", str(caught.exception))
