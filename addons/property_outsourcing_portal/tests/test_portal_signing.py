from datetime import timedelta

import pytz

from odoo import fields
from odoo.tests import tagged

from .common import SIGNATURE, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalSigning(PortalCommon):
    """Each level is signed by its own party, with name and signature."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acceptance = cls._create_acceptance()
        cls.url = f"/my/outsourcing/acceptances/{cls.acceptance.id}"

    def _sign(self, user, result="pass", signature=SIGNATURE, url=None, **data):
        data = {"result": result, "signature": signature, "signer_name": user.name, **data}
        response = self._send(f"{url or self.url}/sign", data, user=user)
        self.env.invalidate_all()
        return response

    def _signed(self, level):
        return self.acceptance.current_stage_ids.filtered(lambda stage: stage.level == level)

    def test_self_check_is_signed_by_the_contractor(self):
        self._sign(self.portal_contractor)
        stage = self._signed("self_check")
        self.assertEqual((stage.result, stage.signed_by_id), ("pass", self.portal_contractor))
        self.assertTrue(stage.signature)
        self.assertEqual(self.acceptance.state, "property_check")

    def test_signature_and_name_are_needed(self):
        for vals in (
            {"signature": ""},
            {"signer_name": ""},
            {"signature": "bm8gaW1hZ2U="},
            {"result": "maybe"},
        ):
            with self.subTest(**vals):
                response = self._sign(self.portal_contractor, **vals)
                self.assertIn("o_outsourcing_error", response.text)
        self.assertEqual(self.acceptance.state, "self_check")

    def test_second_signature_is_refused(self):
        self._sign(self.portal_contractor)
        self.assertIn("o_outsourcing_error", self._sign(self.portal_contractor).text)
        self.assertEqual(self.acceptance.state, "property_check")

    def test_party_whose_turn_it_is_not_is_refused(self):
        response = self._sign(self.portal_third_party)
        self.assertIn("o_outsourcing_error", response.text)
        self.assertFalse(self._signed("third_party_check").result)

    def test_witness_signs_when_the_property_company_checks(self):
        self._sign(self.portal_contractor)
        text = self._page(self.url, self.portal_representative).text
        self.assertIn("o_outsourcing_sign_form", text)
        self._sign(self.portal_representative, comment="Saw it")
        stage = self._signed("witness")
        self.assertEqual((stage.result, stage.signer_id), ("pass", self.representative))

    def test_failure_needs_an_opinion(self):
        response = self._sign(self.portal_contractor, result="fail")
        self.assertIn("o_outsourcing_error", response.text)
        self.assertEqual(self.acceptance.state, "self_check")

    def test_own_findings_are_kept_and_foreign_items_refused(self):
        line = self.acceptance.line_ids[0]
        self._log_in(self.portal_contractor)
        self._send(f"{self.url}/check", {f"result_{line.id}": "na", f"note_{line.id}": "No such part"})
        self.env.invalidate_all()
        self.assertEqual((line.self_result, line.self_note), ("na", "No such part"))
        response = self._send(f"{self.url}/check", {"result_999999": "pass"})
        self.assertIn("o_outsourcing_error", response.text)

    def test_application_for_a_foreign_row_is_refused(self):
        self._log_in(self.portal_competitor)
        row = self.works.milestone_ids.sorted("sequence")[1]
        self._send("/my/outsourcing/acceptances/create", {"milestone_id": row.id})
        self.assertFalse(row.acceptance_ids)
        self._log_in(self.portal_contractor)
        self._send("/my/outsourcing/acceptances/create", {"milestone_id": row.id, "note": "Ready"})
        self.env.invalidate_all()
        self.assertEqual(row.acceptance_ids.state, "self_check")

    def test_acceptance_takes_photos_of_its_parties(self):
        for user, status in (
            (self.portal_contractor, 200),
            (self.portal_third_party, 200),
            (self.portal_representative, 200),
            (self.portal_competitor, 404),
        ):
            response = self._upload(f"{self.url}/evidence", [self._photo()], user=user)
            self.assertEqual(response.status_code, status, user.login)

    # ---- concealed works --------------------------------------------------------------------------------

    def _local(self, hours):
        when = pytz.UTC.localize(fields.Datetime.now() + timedelta(hours=hours))
        zone = pytz.timezone(self.portal_contractor.tz or "Asia/Shanghai")
        return when.astimezone(zone).strftime("%Y-%m-%dT%H:%M")

    def test_concealed_work_from_notice_to_cover(self):
        self._log_in(self.portal_contractor)
        row = self.works.milestone_ids.sorted("sequence")[0]
        self._send("/my/outsourcing/concealed/create", {"milestone_id": row.id, "title": "Tile bedding"})
        work = self.env["outsourcing.concealed.work"].search([("milestone_id", "=", row.id)])
        url = f"/my/outsourcing/concealed/{work.id}"
        notice = {"signature": SIGNATURE, "signer_name": "Chen"}
        for when in (self._local(2), "nonsense", ""):
            response = self._send(f"{url}/notify", {**notice, "planned_date": when})
            self.assertIn("o_outsourcing_error", response.text)
        self._send(f"{url}/notify", {**notice, "planned_date": self._local(50)})
        self.env.invalidate_all()
        self.assertEqual(work.state, "notified")
        for phase in ("before", "during"):
            self._upload(f"{url}/evidence", [self._photo()], phase=phase)
        work.with_user(self.user_supervisor)._portal_sign("pass")
        self.assertIn("o_outsourcing_error", self._send(f"{url}/cover").text)
        self._upload(f"{url}/evidence", [self._photo()], phase="after")
        self._send(f"{url}/cover")
        self.env.invalidate_all()
        self.assertEqual(work.state, "covered")

    def test_concealed_work_needs_a_title(self):
        self._log_in(self.portal_contractor)
        row = self.works.milestone_ids.sorted("sequence")[0]
        response = self._send("/my/outsourcing/concealed/create", {"milestone_id": row.id, "title": " "})
        self.assertIn("o_outsourcing_error", response.text)

    # ---- one form: checklist, photos and signature -------------------------------------------------------

    def _answers(self, **vals):
        return {f"result_{line.id}": vals.get("result", "pass") for line in self.acceptance.line_ids}

    def test_signing_keeps_the_checklist_that_is_on_the_page(self):
        self.acceptance.line_ids._gated().write({"self_result": False})
        self._sign(self.portal_contractor, **self._answers())
        self.assertEqual(set(self.acceptance.line_ids.mapped("self_result")), {"pass"})
        self.assertEqual(self.acceptance.state, "property_check")

    def test_empty_checklist_is_not_signed_and_the_first_gap_is_named(self):
        lines = self.acceptance.line_ids
        lines._gated().write({"self_result": False})
        answers = self._answers()
        answers.pop(f"result_{lines[1].id}")
        response = self._sign(self.portal_contractor, **answers)
        self.assertIn(f"1 of {len(lines)} items of the self-check are not answered", response.text)
        self.assertIn(lines[1].name, response.text)
        self.assertIn(f'href="#item_{lines[1].id}"', response.text)
        self.assertEqual(self.acceptance.state, "self_check")
        self.assertEqual(lines[0].self_result, "pass")

    def test_script_is_told_where_the_first_gap_is(self):
        self.acceptance.line_ids._gated().write({"self_result": False})
        data = {"result": "pass", "signature": SIGNATURE, "signer_name": "Chen"}
        headers = {"X-Requested-With": "XMLHttpRequest"}
        answer = self._send(f"{self.url}/sign", data, self.portal_contractor, headers=headers)
        self.assertEqual(answer.json()["gaps"][0]["focus"], f"item_{self.acceptance.line_ids[0].id}")

    def test_photo_sent_with_the_form_is_kept(self):
        data = {"result": "pass", "signature": SIGNATURE, "signer_name": "Chen"}
        self._send(f"{self.url}/sign", data, self.portal_contractor, files=[("files", self._photo())])
        self.assertEqual(self.acceptance.evidence_count, 1)
