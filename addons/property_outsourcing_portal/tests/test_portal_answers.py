from datetime import timedelta

from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalAnswers(PortalCommon):
    """Work orders, logs, rectifications, appeals and scores: each step once, by the right firm."""

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_contractor)

    def _refused(self, response):
        self.assertIn("o_outsourcing_error", response.text)
        self.env.invalidate_all()

    def test_order_is_reported_step_by_step(self):
        order = self._create_order()
        url = f"/my/outsourcing/orders/{order.id}/report"
        self._send(url, {"step": "responded", "performer_id": self.performer.id})
        self.env.invalidate_all()
        self.assertTrue(order.outsourcing_date_responded)
        self.assertEqual(order.outsourcing_performer_id, self.performer)
        self._refused(self._send(url, {"step": "responded"}))
        self._refused(self._send(url, {"step": "paid"}))
        self._send(url, {"step": "completed", "outsourcing_remedy": "Roller replaced"})
        self.env.invalidate_all()
        self.assertTrue(order.outsourcing_date_arrived and order.outsourcing_date_completed)

    def test_task_without_contract_has_no_page_here(self):
        project = self.env["project.project"].sudo().create({"name": "Other", "privacy_visibility": "portal"})
        task = self.env["project.task"].sudo().create({"name": "Other", "project_id": project.id})
        task.message_subscribe(self.portal_contractor.partner_id.ids)
        self.assertEqual(self._page(f"/my/outsourcing/orders/{task.id}").status_code, 404)

    def test_log_is_written_and_handed_in(self):
        place = f"{self.contract.id}-{self.community.id}"
        response = self._send("/my/outsourcing/logs/create", {"place": place})
        log = self.env["outsourcing.site.log"].search([("contract_id", "=", self.contract.id)])
        self.assertTrue(response.url.endswith(f"/logs/{log.id}"))
        url = f"/my/outsourcing/logs/{log.id}"
        form = {"content": "Greased the rails", "form_links": "1", "performer_ids": str(self.performer.id)}
        self._refused(self._send(f"{url}/submit", form))
        self.assertEqual((log.state, log.content), ("draft", "Greased the rails"))
        self._upload(f"{url}/evidence", [self._photo()])
        self._send(f"{url}/submit", {**form, "equipment_ids": str(self.elevator.id)})
        self.env.invalidate_all()
        self.assertEqual(log.state, "submitted")
        self.assertEqual((log.performer_ids, log.equipment_ids), (self.performer, self.elevator))
        self._refused(self._send(f"{url}/submit", {"content": "Something else"}))
        self.assertEqual(log.content, "Greased the rails")

    def test_log_for_a_foreign_contract_is_refused(self):
        other = self._create_active_contract(contractor_id=self.competitor.id)
        count = self.env["outsourcing.site.log"].search_count([])
        self._refused(self._send("/my/outsourcing/logs/create", {"place": f"{other.id}-{self.community.id}"}))
        self.assertEqual(self.env["outsourcing.site.log"].search_count([]), count)

    def test_log_refuses_foreign_equipment_and_people(self):
        log = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = log._portal_create(self.contract.with_user(self.portal_contractor), {})
        foreign = self.env["maintenance.equipment"].sudo().create({"name": "Foreign"})
        stranger = self._create_contact("Stranger", self.competitor)
        url = f"/my/outsourcing/logs/{log.id}/save"
        self._send(url, {"form_links": "1", "performer_ids": str(stranger.id)})
        self._send(url, {"form_links": "1", "equipment_ids": str(foreign.id)})
        self.env.invalidate_all()
        self.assertFalse(log.sudo().performer_ids)

    def test_draft_log_can_be_thrown_away(self):
        log = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = log._portal_create(self.contract.with_user(self.portal_contractor), {})
        self._send(f"/my/outsourcing/logs/{log.id}/discard")
        self.assertFalse(log.exists())

    def test_problem_is_reported_with_photo(self):
        place = f"{self.contract.id}-{self.community.id}"
        data = {"place": place, "description": "Water in the pit", "severity": "major"}
        self._send("/my/outsourcing/defects/create", data, files=[("files", self._photo())])
        defect = self.env["outsourcing.defect"].search([("description", "=", "Water in the pit")])
        self.assertEqual((defect.state, defect.severity, defect.found_by), ("open", "major", "contractor"))
        self.assertEqual(defect.evidence_ids.phase, "before")
        self._refused(self._send("/my/outsourcing/defects/create", {"place": place, "description": ""}))

    def test_rectification_needs_note_and_photo(self):
        defect = self._create_defect()
        url = f"/my/outsourcing/defects/{defect.id}"
        self._refused(self._send(f"{url}/rectify", {"note": ""}))
        response = self._send(f"{url}/rectify", {"note": "New lamp"})
        self._refused(response)
        self.assertIn("New lamp", response.text)
        self.assertEqual(defect.state, "assigned")
        self._upload(f"{url}/evidence", [self._photo()], phase="after")
        self._send(f"{url}/rectify", {"note": "New lamp", "performer_id": self.performer.id})
        self.env.invalidate_all()
        self.assertEqual((defect.state, defect.performer_id), ("rectified", self.performer))
        self._refused(self._send(f"{url}/rectify", {"note": "Again"}))
        self.assertEqual(defect.rectification_note, "New lamp")

    def test_rectification_by_plain_form(self):
        defect = self._create_defect()
        url = f"/my/outsourcing/defects/{defect.id}/rectify"
        self._send(url, {"note": "New lamp"}, files=[("files", self._photo())])
        self.env.invalidate_all()
        self.assertEqual(defect.state, "rectified")

    def test_deduction_is_appealed_with_a_reason_once(self):
        adjustment = self._create_adjustment()
        url = f"/my/outsourcing/adjustments/{adjustment.id}"
        text = self._page(url).text
        self.assertIn("12,000.00", text)
        self._refused(self._send(f"{url}/appeal", {"reason": "  "}))
        self._send(f"{url}/appeal", {"reason": "The gate was locked"})
        self.env.invalidate_all()
        self.assertEqual((adjustment.state, adjustment.appeal_reason), ("appealed", "The gate was locked"))
        self._refused(self._send(f"{url}/appeal", {"reason": "Once more"}))
        self._refused(self._send(f"{url}/acknowledge"))
        self.assertEqual(adjustment.appeal_reason, "The gate was locked")

    def test_appeal_after_the_deadline_is_refused(self):
        adjustment = self._create_adjustment()
        adjustment._gated().appeal_deadline = self.today - timedelta(days=1)
        url = f"/my/outsourcing/adjustments/{adjustment.id}"
        self.assertNotIn(f"{url}/appeal", self._page(url).text)
        response = self._send(f"{url}/appeal", {"reason": "Too late"})
        self._refused(response)
        self.assertEqual(adjustment.state, "confirmed")

    def test_acknowledged_deduction_cannot_be_appealed(self):
        adjustment = self._create_adjustment()
        url = f"/my/outsourcing/adjustments/{adjustment.id}"
        self._send(f"{url}/acknowledge")
        self.env.invalidate_all()
        self.assertTrue(adjustment.is_acknowledged)
        self._refused(self._send(f"{url}/appeal", {"reason": "Changed my mind"}))

    def test_score_is_confirmed_once(self):
        sheet = self._create_score()
        url = f"/my/outsourcing/scores/{sheet.id}"
        self._send(f"{url}/confirm")
        self.env.invalidate_all()
        self.assertEqual((sheet.state, sheet.confirmed_by_id), ("accepted", self.portal_contractor))
        self._refused(self._send(f"{url}/confirm"))
        self._refused(self._send(f"{url}/dispute", {"reason": "x"}))
        self.assertEqual(sheet.state, "accepted")

    def test_score_is_disputed_with_a_reason(self):
        sheet = self._create_score()
        url = f"/my/outsourcing/scores/{sheet.id}"
        self._refused(self._send(f"{url}/dispute", {"reason": ""}))
        self._send(f"{url}/dispute", {"reason": "The visit was made"})
        self.env.invalidate_all()
        self.assertEqual((sheet.state, sheet.dispute_reason), ("disputed", "The visit was made"))

    def test_internal_user_answers_nothing_for_the_contractor(self):
        adjustment = self._create_adjustment()
        sheet = self._create_score()
        self._log_in(self.user_supervisor)
        self._send(f"/my/outsourcing/adjustments/{adjustment.id}/acknowledge")
        self._send(f"/my/outsourcing/scores/{sheet.id}/confirm")
        self.env.invalidate_all()
        self.assertFalse(adjustment.is_acknowledged)
        self.assertEqual(sheet.state, "to_confirm")
