from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.workflow.gate import open_gate
from ..models.workflow.missing_points import MissingPoints
from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestMissingPoints(OutsourcingCommon):
    """What is missing is said before the question, all of it, with its links, where the user is."""

    def _refuse(self, step):
        """Return what the client is told when ``step`` is refused."""
        with self.assertRaises(MissingPoints) as caught:
            step()
        return caught.exception.context["outsourcing_missing"], str(caught.exception)

    def test_contract_names_all_that_keeps_it_from_submission(self):
        contract = self._create_works_draft(bond_kind="cash", bond_with_retention=True)
        contract.milestone_ids[0].percent = 20
        points, message = self._refuse(contract.with_user(self.user_manager).action_submit)
        for part in (
            "The shares add up to 90 %, not to 100 %.",
            "the performance bond has no amount",
            "Safety responsibility letter is missing",
        ):
            self.assertIn(part, message)
        pages = {point["page"] for point in points if point["model"] == "outsourcing.contract"}
        self.assertEqual(pages, {"payment"})
        letter = next(point for point in points if "letter" in point["text"])
        letter_type = self.env.ref("property_outsourcing.document_type_safety_letter")
        self.assertEqual(letter["action"]["context"]["default_contract_id"], contract.id)
        self.assertEqual(letter["action"]["context"]["default_type_id"], letter_type.id)

    def test_safety_letter_is_filed_before_submission_and_verified_before_activation(self):
        contract = self._create_contract()
        refused, _message = self._refuse(contract.with_user(self.user_manager).action_submit)
        self.assertEqual(len(refused), 1)
        self.assertEqual(contract.state, "draft")
        letter = self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        self.assertEqual(contract.state, "to_approve")
        points, _message = self._refuse(contract.with_user(self.user_manager2).action_approve)
        unverified = next(point for point in points if "has not been verified" in point["text"])
        self.assertEqual((unverified["model"], unverified["id"]), (letter._name, letter.id))

    def test_form_shows_what_is_missing_for_each_coming_step(self):
        contract = self._create_works_draft()
        contract.milestone_ids[0].percent = 20
        before_submission, before_activation = contract.with_user(self.user_supervisor).missing_points
        self.assertEqual(before_submission["title"], "Before it is submitted")
        texts = [point["text"] for point in before_submission["points"]]
        self.assertIn("The shares add up to 90 %, not to 100 %.", texts)
        self.assertEqual(before_activation["title"], "Before it becomes active")
        self.assertFalse(set(texts) & {point["text"] for point in before_activation["points"]})
        self.assertFalse(self._create_active_contract().missing_points)

    def test_contractor_does_not_read_what_is_missing(self):
        contract = self._create_active_contract()
        with self.assertRaises(AccessError):  # core's own
            contract.with_user(self.portal_contractor).read(["missing_points"])

    def test_question_comes_after_the_refusal(self):
        contract = self._create_active_contract()
        action = contract.with_user(self.user_manager).action_ask_complete()
        self.assertEqual((action["tag"], action["params"]["method"]), ("outsourcing_ask", "action_complete"))
        self.assertEqual(contract.state, "active")
        contract.with_user(self.user_manager).action_complete()
        with self.assertRaises(AccessError):  # core's own
            contract.with_user(self.portal_competitor).action_ask_complete()

    # ---- documents --------------------------------------------------------------------------------------

    def test_grade_and_last_day_are_asked_for_at_filing(self):
        licence = self.env["outsourcing.document.type"].create(
            {"name": "Graded", "grade_ids": [Command.create({"name": "A"})]}
        )
        documents = self.env["outsourcing.document"].with_user(self.user_supervisor)
        vals = {"type_id": licence.id, "partner_id": self.contractor.id}
        points, message = self._refuse(lambda: documents.create(vals))
        self.assertIn("please choose its grade", message)
        self.assertIn("please fill in until when it is valid", message)
        self.assertEqual([point["field"] for point in points], ["date_end", "grade_id"])
        with self.assertRaisesRegex(AssertionError, "grade_id"), Form(documents) as form:
            form.type_id = licence
            form.partner_id = self.contractor
            form.date_end = "2999-12-31"

    def test_grade_is_not_taken_away_afterwards(self):
        document = self._create_document("special_equipment_license", verified=False)
        self.assertTrue(document.has_grades)
        with self.assertRaisesRegex(UserError, "please choose its grade"):
            document.with_user(self.user_supervisor).grade_id = False

    def test_renewal_is_begun_without_its_last_day(self):
        document = self._create_document("business_license")
        renewal = document.browse(document.with_user(self.user_supervisor).action_renew()["res_id"])
        self.assertEqual((renewal.previous_id, renewal.uploaded_by_id), (document, self.user_supervisor))
        self.assertFalse(renewal.date_end)

    def test_bulk_verification_does_what_can_be_done_and_lists_the_rest(self):
        good = self._create_document("business_license", verified=False)
        no_scan = self.env["outsourcing.document"].with_user(self.user_supervisor).create(
            {"type_id": good.type_id.id, "partner_id": self.competitor.id, "date_end": "2999-12-31"}
        )  # fmt: skip
        own = self._create_document("employer_liability", verified=False)
        open_gate(own).uploaded_by_id = self.user_manager
        selected = (good | no_scan | own).with_user(self.user_manager)
        action = selected.action_verify_selected()
        self.assertEqual(good.verified_by_id, self.user_manager)
        self.assertFalse((no_scan | own).filtered("date_verified"))
        self.assertEqual(action["params"]["title"], "1 verified, 2 left")
        texts = {point["id"]: point["text"] for point in action["params"]["points"]}
        self.assertIn("please add a scan", texts[no_scan.id])
        self.assertIn("you uploaded it yourself", texts[own.id])
        self.assertFalse(self._create_document("work_injury", verified=False).action_verify_selected())

    def test_bulk_verification_is_for_staff(self):
        document = self._create_document("business_license", verified=False)
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            document.with_user(self.portal_contractor).action_verify_selected()
