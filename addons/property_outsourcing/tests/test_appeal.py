from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestAppeal(OutsourcingCommon):
    """How long a penalty is open to appeal, and what an open appeal holds up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.contract = cls._create_active_contract()
        cls.penalty = cls.contract._propose_adjustment(
            "inspection_missed", cls.community, date=date(2026, 1, 5)
        )
        cls.penalty.with_user(cls.user_manager).action_confirm()

    def _appeal(self):
        self.penalty.with_user(self.portal_contractor)._portal_appeal("The key was not handed out")

    def test_the_last_day_counts_until_midnight(self):
        last = self.penalty.appeal_deadline
        with freeze_time(f"{last} 16:01:00"):  # one minute past midnight in Shanghai
            self.assertTrue(self.penalty._is_final())
            with self.assertRaisesRegex(UserError, f"could be appealed until {last}"):
                self._appeal()
        with freeze_time(f"{last} 15:59:00"):
            self.assertFalse(self.penalty._is_final())
            self._appeal()
        self.assertEqual(self.penalty.state, "appealed")

    def test_what_was_acknowledged_is_not_appealed(self):
        self.penalty.with_user(self.portal_contractor)._portal_acknowledge()
        with self.assertRefused("has been acknowledged and cannot be appealed"):
            self._appeal()
        self.assertEqual(self.penalty.state, "confirmed")

    def test_a_manager_is_asked_to_answer_an_appeal_in_its_time(self):
        self._appeal()
        asked = self.penalty.activity_ids
        self.assertEqual(asked.summary, "Answer the appeal")
        self.assertEqual(asked.user_id, self.user_manager)
        self.assertEqual(asked.date_deadline, self.penalty.answer_deadline)

    def test_the_file_is_not_closed_with_an_open_appeal(self):
        self._appeal()
        contract = self.contract.with_user(self.user_manager)
        contract.action_complete()
        with self.assertRaisesRegex(UserError, "not decided yet: Zhang Manager answers the appeal"):
            contract.action_close()
        self.assertEqual(contract.state, "completed")

    def test_the_file_is_not_closed_while_an_appeal_may_still_come(self):
        last = self.penalty.appeal_deadline
        contract = self.contract.with_user(self.user_manager)
        contract.action_complete()
        with self.assertRaisesRegex(UserError, f"can be appealed by the contractor until {last}"):
            contract.action_close()
        with freeze_time(f"{last} 16:01:00"):  # what else an add-on waits for is its own to say
            sentences = " ".join(contract.sudo()._get_missing_points("closed"))
        self.assertNotIn("can be appealed", sentences)


@tagged("post_install", "-at_install")
class TestPeriodOfCommunity(OutsourcingCommon):
    """Of a contract for two communities each has its own payment rows, and its own penalties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fees = ((cls.community, 12000.0), (cls.other_community, 3000.0))
        cls.contract = cls._create_active_contract(
            community_ids=[Command.set((cls.community | cls.other_community).ids)],
            fee_ids=[Command.create({"community_id": c.id, "price_unit": price}) for c, price in fees],
        )

    def test_a_fact_counts_in_the_period_of_its_own_community(self):
        for community, amount in ((self.community, 600.0), (self.other_community, 150.0)):
            penalty = self.contract._propose_adjustment(
                "inspection_missed", community, date=date(2026, 1, 5), community=community
            )
            self.assertEqual(penalty.fact_ids.milestone_id.community_id, community)
            self.assertEqual((penalty.milestone_id.community_id, penalty.amount), (community, amount))

    def test_a_penalty_is_not_put_on_the_period_of_another_community(self):
        row = self.contract.milestone_ids.filtered(lambda row: row.community_id == self.community)[0]
        rule = self.contract.rule_ids.filtered(lambda rule: rule.trigger == "order_late")[:1]
        vals = {"contract_id": self.contract.id, "rule_id": rule.id, "milestone_id": row.id, "reason": "Late"}
        adjustments = self.env["outsourcing.adjustment"].with_user(self.user_manager2)
        with self.assertRaisesRegex(ValidationError, "the community is not that of the period"):
            adjustments.create({**vals, "community_id": self.other_community.id})
        self.assertEqual(adjustments.create({**vals, "community_id": self.community.id}).milestone_id, row)
