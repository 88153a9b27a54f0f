from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestPaymentRelease(MoneyCommon):
    """Money goes to a contractor for what is due, and not while something stands in the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works()
        cls.bill = cls._post_bill(cls.contract.milestone_ids[0])
        cls.settlement = cls.bill.outsourcing_settlement_id

    def _set_state(self, state):
        self.contractor.with_user(self.user_manager)._set_outsourcing_state(state, "Forged certificates")

    def _doors(self):
        """Yield the ways on which money leaves."""
        yield "dialog", lambda: self._pay(self.bill, 1000.0)
        yield "payment", lambda: self._create_payment(1000.0).action_post()
        yield "state", lambda: self._create_payment(1000.0).write({"state": "in_process"})
        yield "list", lambda: (self._create_payment(500.0) | self._create_payment(500.0)).action_post()
        yield "entry", lambda: self._pay_by_entry(1000.0).action_post()
        yield "posted", lambda: self._pay_by_entry(1000.0).write({"state": "posted"})

    def test_no_door_pays_a_suspended_or_blacklisted_contractor(self):
        for state, sentence in (("suspended", "Suspended"), ("blacklisted", "Blacklisted")):
            self._set_state(state)
            self.assertIn("Forged certificates", self.bill.alerts["outsourcing_payout"]["message"])
            for door, pay in self._doors():
                expected = f"is {sentence}: Forged certificates\n.*manager other than the payer"
                with self.subTest(door=door), self._refused(f"(?i){expected}"):
                    pay()
        self.assertEqual(self.settlement.amount_paid, 0.0)

    def test_every_door_pays_a_qualified_contractor(self):
        for door, pay in self._doors():
            with self.subTest(door=door):
                pay()

    def test_a_released_payment_leaves_and_is_on_record(self):
        self._set_state("blacklisted")
        release = self._release(58200.0)
        self._pay(self.bill)
        self.assertEqual(self.settlement.payment_state, "paid")
        self.assertRecordValues(
            release, [{"amount_used": 58200.0, "amount_left": 0.0, "user_id": self.user_manager.id}]
        )
        self.assertIn("Forged certificates", release.blockers)
        self.assertEqual(release.move_ids, self.bill.matched_payment_ids.move_id)
        self.assertIn("Wages before New Year", release.sudo().move_ids.message_ids[0].body)
        self.assertIn("Wages before New Year", self.contractor.message_ids[0].body)

    def test_a_release_ends_with_its_amount_its_day_or_its_recall(self):
        self._set_state("blacklisted")
        self._release(1000.0)
        with self._refused("may release it"):
            self._pay(self.bill, 1000.01)
        self._pay(self.bill, 1000.0)
        with self._refused("may release it"):
            self._pay(self.bill, 0.01)
        recalled = self._release(500.0)
        recalled.action_revoke()
        late = self._release(500.0)
        self.env.cr.execute(
            "UPDATE outsourcing_payment_release SET date_until = %s WHERE id = %s",
            [fields.Date.subtract(fields.Date.today(), days=1), late.id],
        )
        self.env.invalidate_all()
        with self._refused("may release it"):
            self._pay(self.bill, 500.0)

    def test_whoever_releases_does_not_pay(self):
        self._set_state("blacklisted")
        self.user_finance2.group_ids |= self.quick_ref("property_outsourcing.group_outsourcing_manager")
        self._release(58200.0, user=self.user_finance2)
        with self._refused("manager other than the payer"):
            self._pay(self.bill)

    def test_a_release_is_a_managers_with_reason_amount_and_days(self):
        with self.assertRaisesRegex(AccessError, "Only a manager"):
            self._release(1.0, user=self.user_finance)
        with self.assertRefused("Enter the amount that may be paid.") as caught:
            self._release(0.0, reason=" ", date_until="2099-01-01")
        for sentence in ("Give the reason", "Enter the amount", "at the longest"):
            self.assertIn(sentence, str(caught.exception))
        release = self._release(1.0)
        with self._refused("never changed"):
            release.amount = 1e6
        with self._refused("by the system alone"):
            self._release(1.0, user_id=self.user_manager2.id)
        with self._refused("stays on record"):
            release.sudo().with_context(_force_unlink=True).unlink()
        with self._refused("finds its release itself"):
            self._pay_by_entry(1.0).outsourcing_release_id = release

    def test_no_more_is_paid_than_is_due(self):
        self._create_payment(8200.0).action_post()
        for pay in (
            lambda: self._create_payment(50000.01).action_post(),
            lambda: self._pay_by_entry(50000.01).action_post(),
            lambda: (self._create_payment(25000.0) | self._create_payment(25000.01)).action_post(),
        ):
            with self._refused(r"\$50,000.01 would be paid, but only \$50,000.00 is due"):
                pay()
        with self._refused(r"\$50,000.01 would be paid, but only \$50,000.00 is due"):
            self._pay(self.bill, 50000.01)

    def test_one_bill_is_not_paid_beyond_itself_though_another_is_open(self):
        self._post_bill(self._accept(self.contract.milestone_ids[1]))
        with self._refused(r"\$77,700.00 would be paid, but only \$58,200.00 is due"):
            self._pay(self.bill, 77700.0)

    def test_an_advance_past_the_contract_needs_a_release(self):
        self._pay(self.bill)
        with self._refused(r"\$5,000.00 would be paid, but only \$0.00 is due"):
            self._create_payment(5000.0).action_post()
        self._release(5000.0)
        self._create_payment(5000.0).action_post()
        self.assertEqual(self._get_held(), 5000.0)

    def test_two_bills_and_what_is_held_make_one_payment(self):
        self._release(5000.0)
        self._pay(self.bill)
        self._create_payment(5000.0).action_post()
        bills = self._post_bill(self._accept(self.contract.milestone_ids[1]))
        bills |= self._post_bill(self._accept(self.contract.milestone_ids[2]))
        payment = self._pay(bills)
        self.assertEqual(payment.amount, sum(bills.mapped("amount_total")) - 5000.0)
        self.assertEqual(set(bills.outsourcing_settlement_id.mapped("payment_state")), {"paid"})

    def test_nothing_is_paid_when_enough_is_held(self):
        self._release(90000.0)
        self._create_payment(58200.0).action_post()
        with self._refused(r"already holds \$58,200.00, and \$58,200.00 is due"):
            self._pay(self.bill)
        self.bill.action_outsourcing_use_held()
        self.assertEqual(self.settlement.payment_state, "paid")

    def test_a_draft_bill_is_not_paid(self):
        draft = self._bill(self._settle(self._accept(self.contract.milestone_ids[1])))
        self._pay(self.bill)
        with self._refused(r"only \$0.00 is due"):
            self._pay(draft)

    def test_a_firm_without_contract_is_paid_as_ever(self):
        self._create_payment(5000.0, partner_id=self.partner_a.id).action_post()
        self._create_payment(5000.0, partner_id=self.competitor.id).action_post()


@tagged("post_install", "-at_install")
class TestPaymentDuties(MoneyCommon):
    """Whoever approves a settlement neither bills nor pays it, unless the company says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works()
        cls.settlement = cls._approve(cls._settle(cls.contract.milestone_ids[0]))

    def _create_bill(self, user):
        self.settlement.with_user(user).action_create_bill()
        bill = self.settlement.bill_id.with_user(user)
        bill.action_post()
        return bill

    def test_the_approver_makes_no_bill(self):
        with self._refused("Zhao Finance has already acted as"):
            self._create_bill(self.user_finance)

    def test_the_approver_pays_on_no_way(self):
        bill = self._create_bill(self.user_finance2)
        wizard = self.env["account.payment.register"].with_user(self.user_finance)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids).create({})
        for pay in (
            wizard._create_payments,
            lambda: self._create_payment(100.0, self.user_finance).action_post(),
            lambda: self._pay_by_entry(100.0, self.user_finance).action_post(),
        ):
            sentence = f"Zhao Finance has approved {self.settlement.name}: another person"
            with self._refused(sentence):
                pay()

    def test_the_approver_pays_what_others_approved(self):
        self._create_bill(self.user_finance2)
        other = self._settle(self._accept(self.contract.milestone_ids[1]))
        other.with_user(self.user_supervisor).action_submit()
        other.with_user(self.user_manager).action_check()
        other.with_user(self.user_finance2).action_approve()
        self.user_manager3.group_ids |= self.quick_ref("property_outsourcing.group_outsourcing_finance")
        other.with_user(self.user_manager3).action_create_bill()
        bill = other.bill_id
        bill.action_post()
        wizard = self.env["account.payment.register"].with_user(self.user_finance)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids).create({})
        wizard._create_payments()
        self.assertEqual(other.payment_state, "paid")

    def test_a_company_may_let_one_person_do_it_all(self):
        self.company.outsourcing_separate_payer = False
        bill = self._create_bill(self.user_finance)
        wizard = self.env["account.payment.register"].with_user(self.user_finance)
        wizard.with_context(active_model="account.move", active_ids=bill.ids).create({})._create_payments()
        self.assertEqual(self.settlement.payment_state, "paid")
