from datetime import timedelta

from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalInspection(PortalCommon):
    """The checklist on the phone: answers kept one by one, handed in once, drafts of nobody else."""

    def setUp(self):
        super().setUp()
        self.inspection = self._create_inspection()
        self.url = f"/my/outsourcing/inspections/{self.inspection.id}"
        self._log_in(self.portal_contractor)

    def _start(self):
        self._send(f"{self.url}/start", {"performer_id": self.performer.id})
        self.env.invalidate_all()
        self.doors, self.hook = self.inspection.line_ids.sorted("code")

    def _answer(self, line, **answer):
        return self.make_jsonrpc_request(f"{self.url}/answer", {"line_id": line.id, "answer": answer})

    def _form(self, **special):
        return {
            f"result_{self.doors.id}": "pass",
            f"result_{self.hook.id}": "pass",
            f"value_{self.hook.id}": "7.5",
            **special,
        }

    def test_start_names_the_performer(self):
        self._start()
        self.assertEqual(self.inspection.state, "in_progress")
        self.assertEqual(self.inspection.performer_id, self.performer)
        self.assertEqual(self.inspection.started_by_id, self.portal_contractor)

    def test_performer_of_another_firm_is_refused(self):
        stranger = self._create_contact("Stranger", self.competitor)
        response = self._send(f"{self.url}/start", {"performer_id": stranger.id})
        self.assertIn("o_outsourcing_error", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.inspection.state, "planned")

    def test_answers_are_kept_one_by_one(self):
        self._start()
        answer = self._answer(self.doors, result="pass")
        self.assertEqual((answer["error"], answer["answered"], answer["total"]), (None, 1, 2))
        answer = self._answer(self.hook, value="8")
        self.assertEqual((answer["result"], answer["answered"]), ("pass", 2))

    def test_measured_values_are_read_in_every_writing(self):
        self._start()
        for typed in ("7,5", "７．５", "7。5", " 7.5"):
            with self.subTest(typed=typed):
                self.assertEqual(self._answer(self.hook, value=typed)["result"], "pass")
                self.env.invalidate_all()
                self.assertEqual(self.hook.value, 7.5)
                self._answer(self.hook, value="")

    def test_wrong_answers_are_explained_and_not_kept(self):
        self._start()
        self.assertTrue(self._answer(self.hook, value="a lot")["error"])
        self.assertTrue(self._answer(self.doors, result="perfect")["error"])
        self._answer(self.hook, value="6")
        self.assertTrue(self._answer(self.hook, result="pass")["error"])
        self.env.invalidate_all()
        self.assertEqual(self.hook.result, "fail")
        self.assertFalse(self.doors.result)

    def test_item_of_another_inspection_is_refused(self):
        self._start()
        other = self._start_inspection()
        self.assertTrue(self._answer(other.line_ids[0], result="pass")["error"])
        self.assertFalse(other.line_ids[0].result)

    def test_empty_checklist_is_not_handed_in(self):
        self._start()
        response = self._send(f"{self.url}/submit")
        self.assertIn("o_outsourcing_error", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.inspection.state, "in_progress")

    def test_incomplete_form_keeps_what_was_answered(self):
        self._start()
        form = {f"result_{self.doors.id}": "fail", f"note_{self.doors.id}": "Left door rubs"}
        response = self._send(f"{self.url}/submit", form)
        self.assertIn("o_outsourcing_error", response.text)
        self.assertIn("Left door rubs", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.doors.result, "fail")

    def test_refused_value_stays_in_the_form(self):
        self._start()
        response = self._send(f"{self.url}/save", self._form(**{f"value_{self.hook.id}": "seven"}))
        self.assertIn('value="seven"', response.text)
        self.env.invalidate_all()
        self.assertFalse(self.doors.result, "all answers of the form or none")

    def test_submit_works_without_script_with_photos(self):
        self._start()
        form = self._form(**{f"result_{self.doors.id}": "fail"})
        self._send(f"{self.url}/submit", form, files=[(f"files_{self.doors.id}", self._photo())])
        self.env.invalidate_all()
        self.assertEqual(self.inspection.state, "done")
        self.assertEqual(self.inspection.defect_count, 1)
        self.assertEqual(len(self.doors.evidence_ids), 1)

    def test_second_submit_changes_nothing_and_says_when(self):
        self._start()
        self._send(f"{self.url}/submit", self._form())
        self.env.invalidate_all()
        date_done = self.inspection.date_done
        response = self._send(f"{self.url}/submit", self._form(**{f"result_{self.doors.id}": "fail"}))
        self.assertIn("o_outsourcing_error", response.text)
        self.env.invalidate_all()
        self.assertEqual((self.inspection.date_done, self.doors.result), (date_done, "pass"))

    def _pass_together(self, lines, passed=True):
        answer = self.make_jsonrpc_request(f"{self.url}/together", {"line_ids": lines.ids, "passed": passed})
        self.env.invalidate_all()
        return answer

    def test_only_what_is_judged_by_eye_passes_together(self):
        items = self.checklist.item_ids
        items.create({"code": "3", "name": "Brake test", "judge": "T", "checklist_id": self.checklist.id})
        main = {"code": "4", "name": "Seal", "item_class": "main", "requires_photo": True}
        proof = {"code": "5", "name": "Pit", "requires_photo": True}
        items.create([{**vals, "checklist_id": self.checklist.id} for vals in (main, proof)])
        self.inspection = self._create_inspection()
        self.url = f"/my/outsourcing/inspections/{self.inspection.id}"
        self._send(f"{self.url}/start", {"performer_id": self.performer.id})
        self.env.invalidate_all()
        lines = self.inspection.line_ids.sorted("code")
        self._upload(f"{self.url}/evidence", [self._photo()], line_id=lines[3].id)
        answer = self._pass_together(lines)
        self.assertEqual(lines.mapped("result"), ["pass", False, False, False, False])
        self.assertEqual(answer["results"][str(lines[2].id)], "")

    def test_what_was_answered_stays_when_the_rest_passes(self):
        self._start()
        self._answer(self.doors, result="fail")
        self._pass_together(self.inspection.line_ids)
        self._pass_together(self.inspection.line_ids, passed=False)
        self.assertEqual((self.doors.result, self.hook.result), ("fail", False))

    def test_rest_of_a_colleagues_inspection_is_not_passed(self):
        self._start()
        self._log_in(self.colleague)
        answer = self._pass_together(self.inspection.line_ids)
        self.assertIn("is being filled in by", answer["error"])
        self.assertFalse(any(self.inspection.line_ids.mapped("result")))

    def test_all_gaps_come_at_once_each_with_its_place(self):
        self._start()
        script = {"X-Requested-With": "XMLHttpRequest"}
        answer = self._send(f"{self.url}/submit", {f"result_{self.doors.id}": "na"}, headers=script).json()
        self.assertEqual(
            [gap["focus"] for gap in answer["gaps"]], [f"item_{self.doors.id}", f"item_{self.hook.id}"]
        )
        self.assertIn("2 things are still missing", answer["error"])
        page = self._send(f"{self.url}/submit").text
        self.assertIn(f'href="#item_{self.hook.id}"', page)

    def test_draft_is_shown_to_nobody_else(self):
        self._start()
        self._answer(self.doors, result="fail", note="Left door rubs")
        text = self._page(self.url, self.colleague).text
        self.assertNotIn("Left door rubs", text)
        self.assertIn(f"{self.url}/takeover", text)
        response = self._send(f"{self.url}/submit", self._form())
        self.assertIn("o_outsourcing_error", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.inspection.state, "in_progress")

    def test_colleague_continues_on_record(self):
        self._start()
        self._answer(self.doors, result="fail", note="Left door rubs")
        self._log_in(self.colleague)
        self._send(f"{self.url}/takeover", {"performer_id": self.colleague.partner_id.id})
        self.assertIn("Left door rubs", self._page(self.url).text)
        self.env.invalidate_all()
        self.assertEqual(self.inspection.started_by_id, self.colleague)
        self.assertIn("Chen Foreman", str(self.inspection.message_ids.mapped("body")))

    def test_not_started_before_its_day(self):
        future = self._create_inspection(
            date_planned=self.today + timedelta(days=40), date_due=self.today + timedelta(days=40)
        )
        response = self._send(f"/my/outsourcing/inspections/{future.id}/start")
        self.assertIn("o_outsourcing_error", response.text)
        self.assertEqual(future.state, "planned")

    def test_spot_check_belongs_to_the_third_party(self):
        spot = self._create_inspection(kind="spot_check", party_partner_id=self.third_party.id)
        url = f"/my/outsourcing/inspections/{spot.id}"
        self.assertEqual(self._page(url).status_code, 404)
        self._log_in(self.portal_third_party)
        self._send(f"{url}/start")
        self.env.invalidate_all()
        self.assertEqual(spot.state, "in_progress")
        answer = self._upload(f"{url}/evidence", [self._photo()], line_id=spot.line_ids[0].id).json()
        self.assertEqual(self._page(answer["files"][0]["thumb"]).status_code, 200)
