from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import SIGNATURE, AcceptanceCommon

GENERIC = {"FACADE-01", "FACADE-02"}  # permits and certificates are asked wherever work goes on


@tagged("post_install", "-at_install")
class TestAcceptanceChecklist(AcceptanceCommon):
    """A part is asked what belongs to it, the completion the rest; what matters is judged one by one."""

    def _codes(self, acceptance):
        return set(acceptance.line_ids.mapped("code"))

    # ---- which items ------------------------------------------------------------------------------------

    def test_a_scaffold_is_not_asked_for_water_and_pull_off_tests(self):
        self.row2.work_kind_ids = self._kinds("scaffold")
        self.assertEqual(self._codes(self._start(self.row2)), GENERIC)

    def test_a_part_is_asked_the_items_of_its_kinds_of_work(self):
        self.row2.work_kind_ids = self._kinds("base")
        self.assertEqual(self._codes(self._start(self.row2)), GENERIC | {"FACADE-03", "FACADE-04"})

    def test_the_completion_is_asked_the_whole_and_what_no_part_names(self):
        self.row1.work_kind_ids = self._kinds("base", "bedding")
        asked = self._codes(self._start(self.row3))
        self.assertLessEqual(GENERIC | {"FACADE-07", "FACADE-13", "FACADE-15"}, asked)
        self.assertNotIn("FACADE-04", asked, "The base is checked with the row that names it")

    def test_without_a_completion_row_the_last_one_is_asked_the_whole(self):
        contract = self._create_works_draft()
        contract.milestone_ids.kind = "milestone"
        self._activate(contract)
        last = contract.milestone_ids.sorted("date_due")[-1]
        self.assertEqual(len(self._start(last).line_ids), 15)

    def test_a_kind_named_in_the_draft_brings_its_items(self):
        self.row2.with_user(self.user_supervisor).action_start_acceptance()
        draft = self.row2.acceptance_ids.with_user(self.user_supervisor)
        self.assertIn("checked at the completion", draft.checklist_hint)
        with Form(draft) as form:
            form.work_kind_ids.add(self._kinds("tiling"))
        self.assertFalse(draft.checklist_hint)
        self.assertIn("FACADE-07", self._codes(draft))

    def test_what_an_acceptance_under_way_checks_stays(self):
        acceptance = self._start(self.row2)
        with self.assertRaisesRegex(UserError, "has begun, what it checks stays"):
            self.row2.with_user(self.user_supervisor).work_kind_ids = self._kinds("tiling")
        with self.assertRaisesRegex(UserError, "has begun, what it checks stays"):
            acceptance.with_user(self.user_supervisor).work_kind_ids = self._kinds("tiling")

    def test_shipped_lists_of_works_name_where_tests_belong(self):
        lists = self.env["outsourcing.checklist"].search([("service_type_id.kind", "=", "works")])
        for item in lists.item_ids.filtered(lambda item: not item._may_pass_in_bulk()):
            self.assertTrue(item.work_kind_ids or item.row_kind == "completion", item.display_name)

    def test_concealed_work_is_checked_against_the_items_of_its_kind(self):
        work = self._create_concealed(work_kind_id=self._kinds("base").id)
        self.assertIn("Loose mortar removed", work.requirement)
        own = self._create_concealed(work_kind_id=self._kinds("base").id, requirement="Drawing A-12")
        self.assertEqual(own.requirement, "Drawing A-12")

    # ---- judging ----------------------------------------------------------------------------------------

    def test_one_click_never_certifies_tests_values_and_main_items_with_a_photo(self):
        acceptance = self._start(self.row1).with_user(self.user_supervisor)
        self._sign(acceptance, self.portal_contractor)
        notice = acceptance.action_pass_remaining()
        left = acceptance.line_ids.filtered(lambda line: not line.result)
        self.assertEqual(set(left.mapped("code")), {f"FACADE-{number:02}" for number in (3, 4, 6, 7, 8, 9)})
        self.assertIn("Bond strength", notice["params"]["message"])
        with self.assertRaisesRegex(UserError, "6 items of the checklist are not checked yet"):
            self._sign(acceptance, self.user_supervisor)

    def test_inspections_follow_the_same_rule(self):
        inspection = self.env["outsourcing.inspection"].create(
            {
                "contract_id": self.works.id,
                "kind": "property_check",
                "checklist_id": self.env.ref("property_outsourcing_site.checklist_facade").id,
                "date_planned": "2026-11-01",
            }
        )
        staff = inspection.with_user(self.user_supervisor)
        staff.action_start()
        staff.action_pass_open_items()
        passed = inspection.line_ids.filtered("result")
        self.assertTrue(passed)
        self.assertTrue(all(line._may_pass_in_bulk() for line in passed))

    # ---- the rate ---------------------------------------------------------------------------------------

    def test_there_is_no_rate_while_nothing_is_checked(self):
        acceptance = self._start(self.row1)
        self.assertEqual((acceptance.general_checked, acceptance.general_rate), (0, 0.0))
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "property_outsourcing_acceptance.report_acceptance_document", acceptance.ids
        )
        self.assertRegex(html.decode(), r"General items passed:\s*–")

    def test_the_rate_counts_what_was_checked(self):
        acceptance = self._start(self.row1)
        self._sign(acceptance, self.portal_contractor)
        general = acceptance.line_ids.filtered(
            lambda line: line.item_class == "general" and not line._needs_value()
        )
        general[0].result, general[1].result, general[2].result = "pass", "fail", "na"
        self.assertEqual((acceptance.general_checked, acceptance.general_rate), (2, 50.0))

    def test_work_without_general_items_needs_no_concession(self):
        acceptance = self._start(self.row2)
        self._sign(acceptance, self.portal_contractor)
        acceptance.with_user(self.user_supervisor).action_pass_remaining()
        acceptance.with_user(self.user_supervisor)._portal_sign("pass", signature=SIGNATURE)
        self.assertEqual(acceptance.state, "accepted")
