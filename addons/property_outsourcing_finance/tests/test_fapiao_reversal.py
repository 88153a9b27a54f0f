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
        with self.assertRefused("The code on the paper says $100.00") as caught:
            self._hand_in(OTHER, qr_text=code, amount=99.0)
        self.assertIn(f"The code on the paper says {NUMBER}, typed was {OTHER}.", str(caught.exception))
        self.assertIn("11/20/2026", str(caught.exception))

    def _call_red(self):
        """Return a fapiao that finance has checked and the contractor has called red."""
        fapiao = self._hand_in()
        fapiao.with_user(self.user_finance).action_verify()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Red one issued")
        return fapiao.with_user(self.user_finance)

    def test_what_the_contractor_called_red_is_not_rejected_and_so_never_comes_again(self):
        fapiao = self._call_red()
        with self.assertRefused("has reversed it: press Reversed"):
            fapiao.action_reject()
        with self.assertRefused("has reversed it: press Reversed"):
            fapiao._take_reasoned_step("reject", "Illegible")
        fapiao._take_reasoned_step("reverse", "Red one seen")
        with self.assertRefused("has been handed in before."):
            self._hand_in()

    def test_the_contractor_says_it_once(self):
        fapiao = self._call_red()
        with self.assertRefused("Finance already knows"):
            fapiao.with_user(self.portal_contractor)._portal_report_red("Another story")
        self.assertEqual(fapiao.red_reason, "Red one issued")
        self.assertEqual(len(fapiao.activity_ids), 1)

    def test_finance_finds_that_it_still_counts(self):
        fapiao = self._call_red()
        fapiao._take_reasoned_step("restore", "Only a red one of another sale")
        self.assertEqual((fapiao.state, fapiao.red_reason), ("verified", False))
        self.assertFalse(fapiao.activity_ids)
        self.assertIn("Only a red one of another sale", fapiao.message_ids[0].body)

    def test_finance_lifts_what_was_voided_by_mistake_with_a_reason(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Wrong row tapped")
        with self.assertRefused("Write the reason of the decision first."):
            fapiao.with_user(self.user_finance)._take_reasoned_step("restore", " ")
        fapiao.with_user(self.user_finance)._take_reasoned_step("restore", "Valid on the tax site")
        self.assertEqual(
            (fapiao.state, fapiao.reverse_reason, fapiao.date_reversed), ("received", False, False)
        )
        self.assertTrue(fapiao.activity_ids)
        self.assertEqual(self.own._get_fapiao_missing(), 0.0)
        notes = "".join(fapiao.message_ids.mapped("body"))
        self.assertIn("Wrong row tapped", notes)
        self.assertIn("Valid on the tax site", notes)
        fapiao.with_user(self.user_finance).action_verify()

    def test_nothing_is_lifted_beside_what_has_taken_its_place(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Wrong row tapped")
        self._hand_in(OTHER)
        with self.assertRefused("is to be invoiced"):
            fapiao.with_user(self.user_finance)._take_reasoned_step("restore", "Valid")

    def test_nothing_is_lifted_beside_another_number_that_finance_has_typed_on_the_bill(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Wrong buyer")
        self.settlement.with_user(self.user_finance2).action_create_bill()
        bill = self.settlement.bill_id.with_user(self.user_finance)
        bill.outsourcing_fapiao_number = OTHER
        with self.assertRefused(f"The fapiao {OTHER} stands on the bill in its place: take it off first."):
            fapiao.with_user(self.user_finance)._take_reasoned_step("restore", "Valid")
        self.assertEqual((fapiao.state, self.own._get_fapiao_missing()), ("reversed", 0.0))
        bill.outsourcing_fapiao_number = False
        fapiao.with_user(self.user_finance)._take_reasoned_step("restore", "Valid")
        self.assertEqual(fapiao.state, "received")

    def _create_foreign_bill(self):
        """Return a vendor bill that carries the number and belongs to no settlement."""
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.contractor.id,
                "company_id": self.company.id,
                "outsourcing_fapiao_number": NUMBER,
            }
        )

    def test_a_cancelled_bill_does_not_come_back_with_a_number_that_was_handed_in_since(self):
        bill = self._create_foreign_bill()
        bill.button_cancel()
        bill.button_draft()  # of no settlement: as core does
        bill.button_cancel()
        self._hand_in()
        with self.assertRefused(f"The fapiao {NUMBER} was handed in for the settlement"):
            bill.button_draft()

    def test_nothing_is_lifted_whose_number_is_on_another_bill(self):
        fapiao = self._hand_in()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Wrong row tapped")
        bill = self._create_foreign_bill_unchecked()
        with self.assertRefused(f"The fapiao {NUMBER} is on another bill already: one is paid once."):
            fapiao.with_user(self.user_finance)._take_reasoned_step("restore", "Valid")
        self.assertEqual(bill.outsourcing_fapiao_number, NUMBER)

    def _create_foreign_bill_unchecked(self):
        """Return such a bill as it stands where it was entered before numbers were compared."""
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.contractor.id, "company_id": self.company.id}
        )
        query = "UPDATE account_move SET outsourcing_fapiao_number = %s WHERE id = %s"
        self.env.cr.execute(query, (NUMBER, bill.id))
        bill.invalidate_recordset()
        return bill

    def test_what_nobody_has_reversed_is_not_lifted_nor_by_anybody_but_finance(self):
        fapiao = self._hand_in()
        with self.assertRefused("Nobody has reversed the fapiao"):
            fapiao.with_user(self.user_finance).action_restore()
        fapiao.with_user(self.portal_contractor)._portal_report_red("Wrong row tapped")
        for user in (self.user_supervisor, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own, or the step's
                fapiao.with_user(user)._take_reasoned_step("restore", "Mine")

    def test_a_number_typed_by_hand_ends_the_waiting_for_a_fapiao(self):
        first = self._hand_in()
        first.with_user(self.portal_contractor)._portal_report_red("Wrong buyer")
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self.assertEqual(self.own._get_fapiao_missing(), self.due)
        self.settlement.bill_id.with_user(self.user_finance).outsourcing_fapiao_number = OTHER
        self.assertEqual(self.own._get_fapiao_missing(), 0.0)

    def test_a_part_that_was_handed_in_leaves_the_rest_missing(self):
        self._hand_in(amount=1.0).with_user(self.user_finance).action_verify()
        self.settlement.with_user(self.user_finance2).action_create_bill()
        self.assertEqual(self.own._get_fapiao_missing(), self.due - 1.0)
