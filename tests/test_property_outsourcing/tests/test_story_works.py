from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import StoryCommon, on


class WorksStory:
    """Facade repair: 60,000.00 accepted at three levels and witnessed; 58,200.00 paid, 1,800.00 retained."""

    def test_facade_milestone_from_bedding_to_payment(self):
        with on("2026-03-01"):
            contract = self._open_works()
        row = contract.milestone_ids[0]
        self.assertEqual(row.amount, 60000.0)

        self._cover_bedding(row)
        acceptance = self._accept_at_three_levels(row)
        self.assertEqual((acceptance.state, row.amount_accepted), ("accepted", 60000.0))

        with on("2026-04-02"):
            settlement = self._settle_and_pay(row)
        self.assertEqual(settlement.amount_payable, 58200.0)
        self.assertEqual(settlement.bill_id.amount_total, 58200.0)
        self.assertEqual(settlement.payment_state, "paid")
        self._check_retention(settlement, row)

    def _cover_bedding(self, row):
        """One concealed work: notice 48 h ahead, photos before, during and after, both sides sign."""
        works = self.env["outsourcing.concealed.work"]
        with on("2026-03-20"):
            work = works.with_user(self.portal_contractor)._portal_create(
                row.with_user(self.portal_contractor), {"title": "Tile bedding, east facade"}
            )
            with self.assertRefused("h ahead: plan the inspection for"):
                work._portal_notify(datetime(2026, 3, 21, 2), self.signature, "Foreman")
            work._add_evidence(self._photos(), phase="before")
            work._add_evidence(self._photos(), phase="during")
            work._portal_notify(datetime(2026, 3, 23, 2), self.signature, "Foreman")
        with on("2026-03-23"):
            with self.assertRefused("was already signed on"):
                self._sign(work, self.portal_contractor)
            self._sign(work, self.user_supervisor)
            self.assertEqual(work.state, "accepted")
            with self.assertRefused("photos are missing"):
                work.with_user(self.portal_contractor)._portal_cover()
            work.with_user(self.portal_contractor)._add_evidence(self._photos(), phase="after")
            work.with_user(self.portal_contractor)._portal_cover()
        self.assertEqual(work.state, "covered")

    def _accept_at_three_levels(self, row):
        acceptances = self.env["outsourcing.acceptance"].with_user(self.portal_contractor)
        with on("2026-03-30"):
            acceptance = acceptances._portal_request(row.with_user(self.portal_contractor))
            acceptance.with_user(self.user_manager).write({"third_party_id": self.third_party.id})
            self._sign(acceptance, self.portal_contractor)
        with on("2026-03-31"):
            self._judge_items(acceptance.with_user(self.user_supervisor))
            with self.assertRaises(AccessError):  # core's own
                self._sign(acceptance, self.portal_competitor)
            self._sign(acceptance, self.user_supervisor)
            self._sign(acceptance, self.portal_representative)
            self._sign(acceptance, self.portal_third_party)
        signers = acceptance.sudo().stage_ids.mapped("signed_by_id")
        self.assertEqual(len(signers), 4)
        return acceptance.with_env(self.env)

    def _judge_items(self, acceptance):
        for line in acceptance.line_ids:
            if line._needs_value():
                value = line.value_min if line.has_value_min else line.value_max
                line.write({"value": value, "result": "pass"})
        acceptance.action_pass_remaining()
        one_by_one = acceptance.line_ids.filtered(lambda line: not line.result)
        self.assertEqual(one_by_one.mapped("code"), ["FACADE-03", "FACADE-04"])
        one_by_one.write({"result": "pass"})

    def _check_retention(self, settlement, row):
        bill = settlement.bill_id
        item = bill.line_ids.filtered(lambda line: line.outsourcing_settlement_kind == "retention")
        self.assertEqual(item.credit, 1800.0)
        self.assertTrue(item.account_id.reconcile)
        # a part of the works is paid; its retention waits for the completion of all
        self.assertEqual(
            (row.liability_text, item.outsourcing_date_due), ("12 months from completion", False)
        )

    def test_milestone_is_not_accepted_while_bedding_is_open(self):
        with on("2026-03-01"):
            contract = self._open_works()
        row = contract.milestone_ids[0]
        with on("2026-03-20"):
            self.env["outsourcing.concealed.work"].with_user(self.portal_contractor)._portal_create(
                row.with_user(self.portal_contractor), {"title": "Tile bedding, east facade"}
            )
        with self.assertRefused("cannot be accepted"):
            self._accept_at_three_levels(row)
        self.assertFalse(row.amount_accepted)

    def test_acceptance_is_not_withdrawn_from_under_a_settlement(self):
        with on("2026-03-01"):
            contract = self._open_works()
        row = contract.milestone_ids[0]
        acceptance = self._accept_at_three_levels(row)
        with on("2026-04-02"):
            settlements = self.env["outsourcing.settlement"].with_user(self.user_supervisor)
            settlement = settlements._create_for_milestones(row.with_user(self.user_supervisor))
            settlement.action_submit()
            own = acceptance.with_user(self.user_manager)
            with self.assertRaisesRegex(UserError, settlement.name):
                self._decide_with_reason(own, "action_withdraw", "The wrong facade")
            self.assertEqual((acceptance.state, row.amount_accepted), ("accepted", 60000.0))
            settlement.with_user(self.user_manager)._transition_to("draft")
            self._decide_with_reason(own, "action_withdraw", "The wrong facade")
        self.assertEqual((acceptance.state, row.amount_accepted), ("rework", 0.0))


@tagged("post_install", "-at_install")
class TestWorksStoryGeneric(WorksStory, StoryCommon):
    allow_inherited_tests_method = True


@tagged("post_install", "-at_install")
class TestWorksStoryChina(WorksStory, StoryCommon):
    allow_inherited_tests_method = True

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    @AccountTestInvoicingCommon.setup_chart_template("cn")
    def setUpClass(cls):
        super().setUpClass()
