from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalCommon
from .test_portal_act_time import EPOCH


@tagged("post_install", "-at_install")
class TestPortalLateInspection(PortalCommon):
    """A visit made in time is not missed because its record came after the schedule had looked."""

    def setUp(self):
        super().setUp()
        self.contract.company_id.outsourcing_act_hours = 72
        day = fields.Date.today() - timedelta(days=1)
        self.inspection = self._start_inspection(date_planned=day, date_due=day)
        started = fields.Datetime.now() - timedelta(hours=50)
        self.inspection._gated().write({"date_started": started})
        self.inspection._process_missed()
        self.facts = self.env["outsourcing.fact"].search(
            [("res_model", "=", self.inspection._name), ("res_id", "=", self.inspection.id)]
        )

    def _send_late(self, step, ago, data=None, key="a", **kwargs):
        """Post a step of the inspection as done ``ago``; return the answer."""
        moment = fields.Datetime.now()
        stamps = {"sent_at": moment, "acted_at": moment - ago}
        data = {**(data or {}), "client_key": key * 32}
        data |= {name: int((value - EPOCH).total_seconds() * 1000) for name, value in stamps.items()}
        path = f"/my/outsourcing/inspections/{self.inspection.id}/{step}"
        headers = {"X-Requested-With": "XMLHttpRequest"}
        answer = self._send(path, data, self.portal_contractor, headers=headers, **kwargs)
        self.env.invalidate_all()
        return answer

    def _answer_all(self):
        first, second = self.inspection.line_ids
        results = {f"result_{line.id}": "pass" for line in (first, second)}
        return {**results, f"value_{second.id}": "7.5"}

    def test_record_made_in_time_is_taken_and_nothing_is_missed(self):
        self.assertIn("inspection_missed", self.facts.mapped("fact_type"))
        photo = [("files", self._photo())]
        line = self.inspection.line_ids[0]
        sent = self._send_late("evidence", timedelta(hours=40), {"line_id": line.id}, files=photo)
        self.assertEqual(sent.status_code, 200, sent.text)
        sent = self._send_late("submit", timedelta(hours=40), self._answer_all(), key="b")
        self.assertEqual(sent.status_code, 200, sent.text)
        self.assertEqual(self.inspection.state, "done")
        self.assertEqual(self.inspection.date_done.date(), fields.Date.today() - timedelta(days=2))
        self.assertFalse(self.facts.filtered("active"))
        self.assertEqual(set(self.inspection.contract_id.adjustment_ids.mapped("state")), {"waived"})
        self.assertIn("No longer missed", "".join(self.inspection.message_ids.mapped("body")))

    def test_record_made_after_its_last_day_is_refused_in_a_sentence(self):
        for ago, key in ((timedelta(0), "a"), (timedelta(hours=200), "b")):
            with self.subTest(ago=ago):
                sent = self._send_late("submit", ago, self._answer_all(), key)
                self.assertEqual(sent.status_code, 422)
                self.assertIn("counts as missed; what arrives now is not recorded", sent.json()["error"])
                self.assertEqual(self.inspection.state, "missed")
                self.assertTrue(all(self.facts.mapped("active")))

    def test_incomplete_record_made_in_time_stays_open_for_the_rest(self):
        line = self.inspection.line_ids[0]
        sent = self._send_late("submit", timedelta(hours=40), {f"result_{line.id}": "pass"})
        self.assertEqual(
            (sent.status_code, sent.json()["gaps"][0]["focus"]),
            (422, f"item_{self.inspection.line_ids[1].id}"),
        )
        self.assertEqual((self.inspection.state, line.result), ("in_progress", "pass"))

    def test_visit_begun_in_time_is_opened(self):
        day = self.inspection.date_due
        self.inspection = self._create_inspection(date_planned=day, date_due=day)
        self.inspection._process_missed()
        self.assertEqual(self._send_late("start", timedelta(hours=40)).status_code, 200)
        self.assertEqual((self.inspection.state, len(self.inspection.line_ids)), ("in_progress", 2))
