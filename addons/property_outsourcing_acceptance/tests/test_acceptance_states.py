from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceStates(AcceptanceCommon):
    def test_every_move_outside_the_table_is_refused(self):
        acceptance = self._start(self.row2)
        transitions = acceptance._get_transitions()
        states = acceptance._fields["state"].get_values(self.env)
        for source in states:
            for target in states:
                if source in transitions.get(target, ()):
                    continue
                acceptance._gated().write({"state": source})
                with self.subTest(source=source, target=target), self.assertRefused("and cannot become"):
                    acceptance.with_user(self.user_manager)._as_system()._transition_to(target)
        works = self._create_concealed()
        for source in works._fields["state"].get_values(self.env):
            for target in works._fields["state"].get_values(self.env):
                if source in works._get_transitions().get(target, ()):
                    continue
                works._gated().write({"state": source})
                with self.subTest(source=source, target=target), self.assertRefused("and cannot become"):
                    works.with_user(self.user_manager)._as_system()._transition_to(target)

    def test_nobody_accepts_without_the_signatures(self):
        acceptance = self._start(self.row2)
        acceptance._gated().write({"state": "property_check"})
        for user in (self.user_manager, self.user_supervisor, self.portal_contractor):
            with self.subTest(user=user.name), self.assertRaises(UserError):  # each for a reason of its own
                acceptance.with_user(user)._transition_to("accepted")
        with self.assertRefused("still waits for"):
            acceptance._as_system()._transition_to("accepted")

    def test_state_is_not_written_from_outside(self):
        acceptance = self._start(self.row2).with_user(self.user_manager)
        with self.assertRefused("The state changes only through the buttons of the workflow."):
            acceptance.write({"state": "accepted"})
        with self.assertRefused("The state changes only through the buttons of the workflow."):
            acceptance.with_context(outsourcing_workflow_gate=True).write({"state": "accepted"})
        model = self.env["outsourcing.acceptance"].with_user(self.user_manager)
        with self.assertRefused("always starts at its first state."):
            model.with_context(default_state="accepted").create({"milestone_id": self.row3.id})
        with self.assertRefused("always starts at its first state."):
            model.create({"milestone_id": self.row3.id, "state": "accepted"})

    def test_stamps_are_not_sent_along(self):
        model = self.env["outsourcing.acceptance"].with_user(self.user_manager)
        for vals in (
            {"has_amount_property": True},
            {"is_concession": True},
            {"confirmed_by_id": self.env.uid},
        ):
            with self.subTest(vals=vals), self.assertRefused("These values are written by the system alone"):
                model.create({"milestone_id": self.row3.id, **vals})
            context = {f"default_{key}": value for key, value in vals.items()}
            with (
                self.subTest(context=context),
                self.assertRefused("These values are written by the system alone"),
            ):
                model.with_context(**context).create({"milestone_id": self.row3.id})
        draft = model.create({"milestone_id": self.row3.id})
        with self.assertRefused("These values are written by the system alone"):
            draft.write({"round": 3})

    def test_signatures_are_not_written_from_outside(self):
        acceptance = self._start(self.row2)
        stage = acceptance.current_stage_ids[0]
        with self.assertRaises(AccessError):  # core's own
            stage.with_user(self.user_manager).write({"result": "pass"})
        with self.assertRaises(AccessError):  # core's own
            acceptance.with_user(self.user_manager).write({"stage_ids": [(1, stage.id, {"result": "pass"})]})
        with self.assertRefused("Signatures are given through the buttons of the document."):
            stage.sudo().write({"result": "pass"})
        self._sign(acceptance, self.portal_contractor)
        with self.assertRefused("What is signed is not deleted."):
            stage.sudo().with_context(_force_unlink=True).unlink()

    def test_amount_and_object_are_frozen_once_submitted(self):
        acceptance = self._start(self.row2).with_user(self.user_manager)
        for vals in ({"amount_claimed": 1.0}, {"milestone_id": self.row3.id}, {"amount_property": 1.0}):
            with self.subTest(vals=vals), self.assertRefused("can no longer be changed."):
                acceptance.write(vals)

    def test_items_are_frozen_after_acceptance(self):
        acceptance = self._accept(self.row2)
        with self.assertRefused("its lines can no longer be changed."):
            acceptance.line_ids[0].with_user(self.user_manager).result = "fail"
        with self.assertRefused("and can no longer be deleted."):
            acceptance.with_user(self.user_manager).with_context(_force_unlink=True).unlink()

    def test_a_row_has_one_acceptance_under_way(self):
        self._start(self.row2)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["outsourcing.acceptance"].create({"milestone_id": self.row2.id})
            self.env.flush_all()

    def test_rejection_needs_a_manager_and_a_reason(self):
        acceptance = self._start(self.row2)
        with self.assertRaisesRegex(UserError, "Write the reason"):
            acceptance.with_user(self.user_manager)._take_reasoned_step("reject", " ")
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._decide_with_reason(
                acceptance.with_user(self.user_supervisor), "action_reject", "Wrong material"
            )
        self._decide_with_reason(acceptance.with_user(self.user_manager), "action_reject", "Wrong material")
        self.assertEqual(acceptance.decision, "Wrong material")
        self.assertEqual(acceptance.state, "rejected")
        self._start(self.row2)

    def test_withdrawal_takes_the_received_amount_back(self):
        acceptance = self._accept(self.row2)
        reason = "Accepted the wrong building"
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            self._decide_with_reason(acceptance.with_user(self.user_supervisor), "action_withdraw", reason)
        self._decide_with_reason(acceptance.with_user(self.user_manager), "action_withdraw", reason)
        self.assertEqual(acceptance.state, "rework")
        self.assertFalse(self.row2.amount_accepted or self.row2.date_accepted)
        self.assertEqual(self.row2.purchase_line_id.qty_received, 0.0)

    def test_withdrawal_is_refused_after_billing(self):
        acceptance = self._accept(self.row2)
        self._bill(self.works)
        self.assertEqual(self.row2.purchase_line_id.qty_invoiced, 80000.0)
        with self.assertRaisesRegex(UserError, "billed already"):
            self._decide_with_reason(
                acceptance.with_user(self.user_manager), "action_withdraw", "Second thoughts"
            )
        self.assertEqual(self.row2.amount_accepted, 80000.0)

    def test_nothing_is_accepted_of_a_draft_contract(self):
        draft = self._create_works_draft()
        with self.assertRefused("nothing of it is accepted."):
            self.env["outsourcing.acceptance"].create({"milestone_id": draft.milestone_ids[0].id})

    def test_reason_and_remarks_of_an_accepted_work_are_not_rewritten(self):
        acceptance = self._accept(self.row2)
        for user in (self.user_supervisor, self.user_manager, self.user_admin):
            own = acceptance.with_user(user)
            with self.assertRaisesRegex(UserError, "Remarks can no longer be changed"):
                own.note = "<p>It was never checked</p>"
            with self.assertRaisesRegex(UserError, "Reason of the decision can no longer be changed"):
                own.decision = "Accepted under protest"
            with self.assertRaisesRegex(UserError, "This step does not exist"):
                own._take_reasoned_step("accept", "Because")

    def test_the_dialogue_takes_no_step_of_other_records(self):
        wizards = self.env["outsourcing.step.reason"].with_user(self.user_manager)
        for model, step in (("res.users", "unlink"), ("outsourcing.acceptance", "unlink"), ("x", "reject")):
            wizard = wizards.create(
                {"res_model": model, "record_ids": [1], "step": step, "reason": "Why not"}
            )
            with self.assertRaisesRegex(UserError, "This step does not exist"):
                wizard.action_confirm()
