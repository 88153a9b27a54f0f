from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceRounds(AcceptanceCommon):
    """What fails is reworked and judged again; what passed the first time is told."""

    def test_failure_leads_to_rework_and_a_new_round(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._sign(acceptance, self.user_supervisor, "fail", comment="Three tiles sound hollow")
        self.assertEqual(acceptance.state, "rework")
        failed = self.works.fact_ids.filtered(lambda fact: fact.fact_type == "level_failed")
        self.assertEqual(len(failed), 1)
        acceptance.with_user(self.portal_contractor)._portal_resubmit("Relaid")
        self.assertEqual((acceptance.state, acceptance.round), ("self_check", 2))
        self.assertEqual(len(acceptance.current_stage_ids), 4)
        self.assertEqual(len(acceptance.stage_ids), 8, "The first round stays on record")

    def test_a_failed_main_item_cannot_pass(self):
        acceptance = self._start(self.row2)
        self._sign(acceptance, self.portal_contractor)
        with self.assertRaisesRegex(UserError, "not checked yet"):
            self._sign(acceptance, self.user_supervisor)
        self._pass_lines(acceptance)
        main = acceptance.line_ids.filtered(lambda line: line.item_class == "main")[0]
        main.with_user(self.user_supervisor).result = "fail"
        with self.assertRaisesRegex(UserError, "Main item failed"):
            self._sign(acceptance, self.user_supervisor)
        with self.assertRefused("cannot be accepted"):
            acceptance.with_user(self.user_manager)._set_concession("Never mind")
            self._sign(acceptance, self.user_manager)

    def test_general_items_below_the_share_need_a_manager_and_terms(self):
        self.row2.work_kind_ids = self._kinds("tiling")
        acceptance = self._start(self.row2)
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        general = acceptance.line_ids.filtered(lambda line: line.item_class == "general")
        general.with_user(self.user_supervisor).write({"result": "fail"})
        with self.assertRaisesRegex(UserError, "general items"):
            self._sign(acceptance, self.user_supervisor)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            acceptance.with_user(self.user_supervisor)._set_concession("Colour")
        with self.assertRaisesRegex(UserError, "terms"):
            acceptance.with_user(self.user_manager)._set_concession(" ")
        acceptance.with_user(self.user_manager)._set_concession("Colour difference accepted, 2 % less")
        self._sign(acceptance, self.user_supervisor, accepted_amount=78400.0)
        self.assertEqual(acceptance.state, "accepted")
        self.assertTrue(acceptance.is_concession)
        self.assertEqual(self.row2.amount_accepted, 78400.0)

    def test_partial_acceptance_leaves_the_rest_open(self):
        first = self._accept(self.row2, amount=50000.0)
        self.assertEqual(first.amount_accepted, 50000.0)
        self.assertEqual(self.row2.amount_accepted, 50000.0)
        second = self._start(self.row2)
        self.assertEqual(second.amount_claimed, 30000.0)
        with self.assertRefused("no more than the agreed"):
            self._sign(second, self.portal_contractor, accepted_amount=30000.01)
        self._sign(second, self.portal_contractor)
        self._pass_lines(second)
        with self.assertRefused("no more than what is claimed can be accepted."):
            self._sign(second, self.user_supervisor, accepted_amount=30000.01)
        self._sign(second, self.user_supervisor)
        self.assertEqual(self.row2.amount_accepted, 80000.0)
        self.assertEqual(self.row2.purchase_line_id.qty_received, 80000.0)

    def test_a_new_round_is_signed_by_whom_it_may(self):
        acceptance = self._start(self.row2)
        own = acceptance.with_user(self.user_supervisor)
        own._record_paper("self_check", self.performer, "pass", [("sheet.png", self.pixel)])
        self._sign(acceptance, self.user_manager, "fail", comment="Hollow tiles")
        acceptance.with_user(self.portal_contractor)._portal_resubmit()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self.assertEqual(acceptance.state, "accepted")

    def _told(self, acceptance):
        kinds = ("acceptance_counted", "acceptance_first_pass")
        facts = self.works.fact_ids.filtered(lambda f: f.fact_type in kinds and f.active)
        return sorted(facts.filtered(lambda fact: fact.res_id == acceptance.id).mapped("fact_type"))

    def test_work_accepted_in_its_first_round_passed_the_first_time(self):
        acceptance = self._accept(self.row2)
        self.assertEqual(self._told(acceptance), ["acceptance_counted", "acceptance_first_pass"])
        types = self.env["outsourcing.fact"]._get_fact_types()
        self.assertEqual(types["acceptance_first_pass"].denominator, "acceptance_counted")

    def test_work_that_failed_once_is_counted_once_and_did_not_pass_the_first_time(self):
        acceptance = self._start(self.row2)
        self._sign(acceptance, self.portal_contractor)
        self._sign(acceptance, self.user_supervisor, "fail", comment="Three tiles sound hollow")
        self.assertEqual(self._told(acceptance), ["acceptance_counted"])
        acceptance.with_user(self.portal_contractor)._portal_resubmit("Relaid")
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self.assertEqual(acceptance.state, "accepted")
        self.assertEqual(self._told(acceptance), ["acceptance_counted"])

    def test_an_acceptance_taken_back_did_not_pass_the_first_time(self):
        acceptance = self._accept(self.row2)
        acceptance.with_user(self.user_manager)._withdraw("Tiles fell off")
        self.works.invalidate_recordset(["fact_ids"])
        self.assertEqual((acceptance.state, self._told(acceptance)), ("rework", ["acceptance_counted"]))
