from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PortalCommon
from .test_portal_act_time import EPOCH


@tagged("post_install", "-at_install")
class TestPortalLateAnswer(PortalCommon):
    """An answer written in time without signal counts, also where silence was taken for one meanwhile."""

    def setUp(self):
        super().setUp()
        self.contract.company_id.outsourcing_act_hours = 72
        self.yesterday = fields.Date.today() - timedelta(days=1)

    def _send_late(self, path, ago, data=None, key="a"):
        """Post a form as written ``ago``; return the answer to the script."""
        moment = fields.Datetime.now()
        stamps = {"sent_at": moment, "acted_at": moment - ago}
        data = {**(data or {}), "client_key": key * 32}
        data |= {name: int((value - EPOCH).total_seconds() * 1000) for name, value in stamps.items()}
        headers = {"X-Requested-With": "XMLHttpRequest"}
        answer = self._send(path, data, self.portal_contractor, headers=headers)
        self.env.invalidate_all()
        return answer

    def _create_deemed_score(self):
        sheet = self._create_score()
        scored = fields.Datetime.now() - timedelta(days=9)
        sheet._gated().write({"date_scored": scored, "confirm_deadline": self.yesterday})
        sheet._process_deemed()
        self.assertTrue(sheet.is_deemed)
        return sheet

    def test_objection_written_in_time_takes_back_the_consent_of_silence(self):
        sheet = self._create_deemed_score()
        url = f"/my/outsourcing/scores/{sheet.id}/dispute"
        sent = self._send_late(url, timedelta(hours=40), {"reason": "It rained"})
        self.assertEqual(sent.status_code, 200, sent.text)
        self.assertEqual((sheet.state, sheet.dispute_reason), ("disputed", "It rained"))
        self.assertFalse(sheet.is_deemed or sheet.milestone_id.amount_accepted)
        self.assertIn("No longer confirmed by silence", "".join(sheet.message_ids.mapped("body")))

    def test_objection_written_after_its_last_day_is_refused_in_a_sentence(self):
        sheet = self._create_deemed_score()
        url = f"/my/outsourcing/scores/{sheet.id}/dispute"
        for ago, key in ((timedelta(0), "a"), (timedelta(hours=200), "b")):
            sent = self._send_late(url, ago, {"reason": "It rained"}, key)
            self.assertEqual(sent.status_code, 422)
            self.assertIn("no answer counts as confirmed", sent.json()["error"])
            self.assertEqual((sheet.state, sheet.is_deemed), ("accepted", True))

    def test_appeal_written_in_time_is_taken(self):
        adjustment = self._create_adjustment()
        confirmed = fields.Datetime.now() - timedelta(days=9)
        adjustment._gated().write({"date_confirmed": confirmed, "appeal_deadline": self.yesterday})
        url = f"/my/outsourcing/adjustments/{adjustment.id}/appeal"
        late = self._send_late(url, timedelta(0), {"reason": "It was there"})
        self.assertIn("could be appealed until", late.json()["error"])
        sent = self._send_late(url, timedelta(hours=40), {"reason": "It was there"}, "b")
        self.assertEqual(sent.status_code, 200, sent.text)
        self.assertEqual(adjustment.state, "appealed")

    def test_hold_ends_when_somebody_arrived(self):
        order = self._create_order()
        now = fields.Datetime.now()
        order._gated().write(
            dict.fromkeys(
                ("outsourcing_date_requested", "outsourcing_date_entered"), now - timedelta(hours=9)
            )
        )
        order.with_user(self.user_supervisor)._hold(self.env.ref("property_outsourcing.hold_reason_owner"))
        hold = order.outsourcing_hold_ids
        hold._gated().write({"date_from": now - timedelta(hours=5)})
        self._send_late(f"/my/outsourcing/orders/{order.id}/report", timedelta(hours=2), {"step": "arrived"})
        self.assertEqual(hold.state, "ended")
        self.assertAlmostEqual(hold.date_until, now - timedelta(hours=2), delta=timedelta(minutes=1))

    def test_files_of_appeal_and_objection_are_kept_for_both_sides(self):
        self._log_in(self.portal_contractor)
        adjustment, sheet = self._create_adjustment(), self._create_score(1)
        for record, step, name in (
            (adjustment, "adjustments", "appeal_file_ids"),
            (sheet, "scores", "dispute_file_ids"),
        ):
            url = f"/my/outsourcing/{step}/{record.id}"
            action = "appeal" if step == "adjustments" else "dispute"
            files = [("files", ("proof.pdf", b"%PDF-1.4 proof", "application/pdf"))]
            self._send(f"{url}/{action}", {"reason": "See the photo"}, files=files)
            self.env.invalidate_all()
            page = self._page(url).text
            self.assertIn("It is answered by", page)
            self.assertIn("proof.pdf", page)
            self.assertEqual(self._page(f"{url}/file/{record[name].id}").content, b"%PDF-1.4 proof")
