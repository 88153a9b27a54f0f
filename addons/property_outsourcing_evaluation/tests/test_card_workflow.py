from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .card_common import CardCommon


@tagged("post_install", "-at_install")
class TestCardWorkflow(CardCommon):
    """A manager decides; the contractor appeals and hands in its plan; each cheat is refused."""

    def _get_blockers(self, purpose, contract=None):
        firm = self.contractor.with_user(self.user_manager)
        return [str(text) for text in firm._get_contractor_blockers(purpose, contract) if "card" in text]

    # ---- issue ------------------------------------------------------------------------------------------

    def test_a_proposed_card_has_no_effect(self):
        self._fail(3)
        card = self._propose_cards()
        self.assertFalse(self._get_blockers("award"))
        with self.assertRaises(AccessError):  # core's own
            card.with_user(self.portal_contractor).read(["color"])

    def test_a_yellow_card_stops_new_work_until_it_is_closed(self):
        card = self._issue()
        self.assertIn("no new work until its rectification is verified.", self._get_blockers("award")[0])
        self.assertTrue(self._get_blockers("activate", self.contract))
        self.assertFalse(self._get_blockers("dispatch") + self._get_blockers("pay"))
        card.with_user(self.portal_contractor)._portal_hand_in_plan("A second fitter from Monday on")
        self.assertTrue(self._get_blockers("award"), "a plan alone mends nothing")
        self._decide_with_reason(card.with_user(self.user_manager2), "action_close", "Seen on site")
        self.assertFalse(self._get_blockers("award"))
        self.assertEqual((card.state, card.ended_by_id), ("closed", self.user_manager2))

    def test_a_red_card_bars_the_firm_and_proposes_the_end_of_its_contracts(self):
        card = self._issue(3)
        self.assertEqual(self.contractor.outsourcing_state, "suspended")
        self.assertEqual(self.contractor.outsourcing_state_until, card.date_until)
        self.assertIn("has got a red card", self.contract.termination_proposal)
        self.assertTrue(card.is_sanction)
        self.assertIn("has the red card", " ".join(self._get_blockers("award")))

    def test_only_a_manager_issues(self):
        self._fail(2)
        card = self._propose_cards()
        with self.assertRefused("You are not the person who may take this step", AccessError):
            card.with_user(self.user_supervisor).action_issue()

    def test_what_a_rule_proposes_is_not_made_milder_or_worse(self):
        self._fail(2)
        card = self._propose_cards().with_user(self.user_manager)
        for vals in ({"color": "red"}, {"contractor_id": self.competitor.id}, {"contract_id": False}):
            with self.assertRefused("can no longer be changed."):
                card.write(vals)
        with self.assertRefused("These values are written by the system alone"):
            card.write({"fact_ids": [(5,)]})

    def test_no_card_is_issued_with_a_reason(self):
        self._fail(2)
        card = self._propose_cards()
        self._decide_with_reason(card.with_user(self.user_manager), "action_drop", "Caused by the power cut")
        self.assertEqual((card.state, card.end_reason), ("dropped", "Caused by the power cut"))
        self.assertEqual(self._propose_cards(), card, "it is not proposed again")

    def test_a_card_under_an_ended_contract_is_refused(self):
        self._fail(2)
        card = self._propose_cards()
        self.contract._gated().write({"state": "terminated"})
        with self.assertRefused("has ended: no card is issued under it any more."):
            card.with_user(self.user_manager).action_issue()

    def test_a_card_by_hand_needs_its_grounds(self):
        with self.assertRefused("Write the grounds: the contractor has a right to know them."):
            self._write_card(grounds=" ").action_issue()
        card = self._write_card()
        card.action_issue()
        self.assertEqual((card.state, card.contractor_name), ("issued", "Steady Elevators"))

    def test_grounds_that_count_no_more_are_said(self):
        facts = self._fail(2)
        card = self._propose_cards()
        facts[0]._void("Measured wrongly")
        with self.assertRefused("counts no more: Measured wrongly"):
            card.with_user(self.user_manager).action_issue()

    def test_a_contract_of_another_firm_is_refused(self):
        with self.assertRefused("is no contract of", ValidationError):
            self._write_card(contractor_id=self.competitor.id)

    def test_an_issued_card_is_frozen(self):
        card = self._issue().with_user(self.user_manager)
        for vals in ({"grounds": "x"}, {"color": "red"}, {"rule_id": 1}):
            with self.assertRefused("can no longer be changed."):
                card.write(vals)
        with self.assertRefused("The state changes only through the buttons of the workflow."):
            card.write({"state": "closed"})
        with self.assertRaises(AccessError):  # core's own: nobody deletes a card
            card.with_context(_force_unlink=True).unlink()

    # ---- lift and close ---------------------------------------------------------------------------------

    def test_the_contractor_lifts_or_closes_nothing(self):
        card = self._issue().with_user(self.portal_contractor)
        for target in ("lifted", "closed", "dropped"):
            with self.assertRefused("You are not the person who may take this step", AccessError):
                card._transition_to(target)
        with self.assertRefused("You are not the person who may take this step", AccessError):
            card.action_lift()
        with self.assertRaises(AccessError):  # core's own
            card.write({"date_until": fields.Date.today()})

    def test_a_lifted_red_card_gives_the_status_back(self):
        card = self._issue(3)
        self._decide_with_reason(card.with_user(self.user_manager2), "action_lift", "The other firm's fault")
        self.assertEqual((card.state, self.contractor.outsourcing_state), ("lifted", "qualified"))
        self.assertFalse(self._get_blockers("award"))

    def test_a_lifted_red_card_gives_the_status_back_whatever_its_rule_is_called_since(self):
        card = self._issue(3)
        card.sudo().rule_id.name = "Called otherwise"
        self._decide_with_reason(card.with_user(self.user_manager2), "action_lift", "The other firm's fault")
        self.assertEqual(self.contractor.outsourcing_state, "qualified")

    def test_a_yellow_card_is_not_closed_without_a_plan(self):
        card = self._issue().with_user(self.user_manager)
        with self.assertRefused("has not handed in its plan of rectification."):
            card.action_close()
        with self.assertRefused("has not handed in its plan of rectification."):
            card._transition_to("closed")

    def test_a_red_card_is_not_closed_before_its_end(self):
        with self.assertRefused("A red card ends with its term, or is lifted."):
            self._issue(3).with_user(self.user_manager).action_close()

    def test_a_returned_plan_is_handed_in_again(self):
        card = self._issue()
        card.with_user(self.portal_contractor)._portal_hand_in_plan("Better work")
        with self.assertRefused("awaits no plan."):
            card.with_user(self.portal_contractor)._portal_hand_in_plan("Again")
        self._decide_with_reason(
            card.with_user(self.user_manager), "action_return_plan", "Who, and until when?"
        )
        self.assertTrue(card._awaits_plan())
        card.with_user(self.portal_contractor)._portal_hand_in_plan("Wang, until Friday")
        self.assertEqual(card.planned_by_id, self.portal_contractor)

    def test_only_the_contractor_hands_in_the_plan(self):
        card = self._issue()
        for user in (self.portal_competitor, self.user_manager):
            with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
                card.with_user(user)._portal_hand_in_plan("x")
        with self.assertRefused("Write what you will do, who is responsible, and until when."):
            card.with_user(self.portal_contractor)._portal_hand_in_plan("  ")

    # ---- appeal -----------------------------------------------------------------------------------------

    def test_an_appeal_is_answered_by_another_manager(self):
        card = self._issue()
        card.with_user(self.portal_contractor)._portal_appeal("The lift was out of power")
        self.assertTrue(card.activity_ids.user_id - self.user_manager)
        self.assertTrue(self._get_blockers("award"), "the card stands until it is answered")
        for action in ("action_uphold", "action_lift"):
            with self.assertRefused("another person must take this step"):
                getattr(card.with_user(self.user_manager), action)()
        self._decide_with_reason(card.with_user(self.user_manager2), "action_uphold", "It had power")
        self.assertEqual(
            (card.state, card.decision, card.issued_by_id), ("issued", "It had power", self.user_manager)
        )
        with self.assertRefused("was appealed against already."):
            card.with_user(self.portal_contractor)._portal_appeal("Once more")

    def test_an_appeal_on_its_last_day_is_heard(self):
        card = self._issue()
        with freeze_time(f"{card.appeal_deadline} 08:00:00"):
            card.with_user(self.portal_contractor)._portal_appeal("The lift was out of power")
        self.assertEqual(card.state, "appealed")

    def test_an_appeal_after_its_day_is_refused(self):
        card = self._issue()
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            with self.assertRefused("could be appealed against until"):
                card.with_user(self.portal_contractor)._portal_appeal("Too late")

    def test_only_the_contractor_appeals_and_says_why(self):
        card = self._issue()
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            card.with_user(self.portal_competitor)._portal_appeal("x")
        with self.assertRefused("Write why you object to the card."):
            card.with_user(self.portal_contractor)._portal_appeal(" ")

    # ---- time -------------------------------------------------------------------------------------------

    def _follow(self, days):
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            self.env["outsourcing.card"].sudo()._cron_follow()

    def test_an_appeal_left_unanswered_lifts_the_card(self):
        card = self._issue(3)
        card.with_user(self.portal_contractor)._portal_appeal("Not us")
        self._follow(30)
        self.assertEqual((card.state, card.decision), ("lifted", "The appeal was not answered in time."))
        self.assertFalse(card.ended_by_id)
        self.assertEqual(self.contractor.outsourcing_state, "qualified")

    def test_a_red_card_ends_with_its_term(self):
        card = self._issue(3)
        self._follow(300)
        self.assertEqual(card.state, "issued")
        self._follow(370)
        self.assertEqual((card.state, card.end_reason), ("closed", "The term of the card is over."))

    def test_a_red_card_holds_on_the_last_day_of_its_term(self):
        card = self._issue(3)
        with freeze_time(f"{card.date_until} 02:00:00"):
            self.env["outsourcing.card"].sudo()._cron_follow()
        self.assertEqual(card.state, "issued")

    def test_an_appeal_may_be_answered_on_the_last_day(self):
        card = self._issue(3)
        card.with_user(self.portal_contractor)._portal_appeal("Not us")
        with freeze_time(f"{card.answer_deadline} 02:00:00"):
            self.env["outsourcing.card"].sudo()._cron_follow()
        self.assertEqual(card.state, "appealed")

    def test_a_yellow_card_without_a_plan_stands_on(self):
        card = self._issue()
        self._follow(400)
        self.assertEqual((card.state, card.plan_reminded), ("issued", True))
        self.assertIn("The plan of rectification is overdue", card.activity_ids.mapped("summary"))
        card.with_user(self.portal_contractor)._portal_hand_in_plan("Late, but here")
        self._follow(400)
        self.assertEqual(card.state, "closed", "what we did not verify in its term is not the contractor's")

    # ---- where it is seen -------------------------------------------------------------------------------

    def test_it_is_shown_on_contractor_contract_and_board(self):
        self._issue()
        firm = self.contractor.with_user(self.user_supervisor)
        self.assertEqual((firm.outsourcing_card_count, firm.outsourcing_card_color), (1, "yellow"))
        self.assertIn("has the yellow card", self.contract.with_user(self.user_supervisor).card_alert)
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Look after it"})
        self.assertEqual(order.outsourcing_card_color, "yellow")

    def test_the_notice_is_printed_once_it_is_issued(self):
        self._fail(2)
        card = self._propose_cards().with_user(self.user_manager)
        with self.assertRefused("it is not issued: a manager decides first"):
            card.action_print_notice()
        card.action_issue()
        rule_name = card.rule_id.name
        card.sudo().rule_id.name = "Called otherwise"
        page = (
            self.env["ir.actions.report"]
            ._render_qweb_html("property_outsourcing_evaluation.card_notice_document", card.ids)[0]
            .decode()
        )
        for text in ("Yellow card: notice of warning", card.name, "Steady Elevators", "Grounds", rule_name):
            self.assertIn(text, page)
        self.assertNotIn("Called otherwise", page)
