import re
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_time

from .common import PortalCommon

STEP = 'name="step"'


@tagged("post_install", "-at_install")
class TestPortalOrderSteps(PortalCommon):
    """The next step of an order is one button; a mis-tap is taken back, a wrong time put right."""

    def setUp(self):
        super().setUp()
        self.order = self._create_order()
        self.url = f"/my/outsourcing/orders/{self.order.id}"
        self._log_in(self.portal_contractor)

    def _report(self, step, **data):
        response = self._send(f"{self.url}/report", {"step": step, **data})
        self.env.invalidate_all()
        return response

    def test_the_next_step_is_one_button(self):
        for step in ("responded", "arrived", "completed"):
            page = self._page(self.url).text
            self.assertEqual(page.count(STEP), 1)
            self.assertIn(f'value="{step}"', page)
            self._report(step, outsourcing_remedy="Roller replaced")
        self.assertNotIn(STEP, self._page(self.url).text)
        self.assertTrue(self.order.outsourcing_date_completed)

    def test_done_without_telling_what_was_done_is_refused_and_keeps_what_was_typed(self):
        self.env["outsourcing.order.duty"].search([("kind", "=", "corrective")]).photo = "required"
        self._report("arrived")
        self.assertIn("A photo of the result is required", self._page(self.url).text)
        page = self._report("completed", outsourcing_cause="Roller worn").text
        self.assertIn("still missing: What was Done, Photo of the Result.", page)
        self.assertIn(">Roller worn</textarea>", page)
        self.assertFalse(self.order.outsourcing_date_completed)

    def test_what_was_told_is_shown(self):
        self._report("completed", outsourcing_cause="Roller worn", outsourcing_remedy="Roller replaced")
        page = self._page(self.url).text
        self.assertIn("Roller worn", page)
        self.assertIn("Roller replaced", page)

    def test_a_step_is_taken_back_by_its_button(self):
        self._report("responded")
        self.assertIn(f"{self.url}/take_back", self._page(self.url).text)
        self.assertIn("Taken back.", self._send(f"{self.url}/take_back").text)
        self.env.invalidate_all()
        self.assertFalse(self.order.outsourcing_date_responded)
        self.assertNotIn("take_back", self._page(self.url).text)

    def test_a_second_tap_does_not_take_back_the_step_before(self):
        self._report("responded")
        self._report("arrived")
        form = {"report": re.search(r'name="report" value="(\d+)"', self._page(self.url).text)[1]}
        self.assertIn("Taken back.", self._send(f"{self.url}/take_back", form).text)
        self.assertIn("There is no report to take back.", self._send(f"{self.url}/take_back", form).text)
        self.env.invalidate_all()
        self.assertTrue(self.order.outsourcing_date_responded)
        self.assertFalse(self.order.outsourcing_date_arrived)

    def test_the_button_shows_to_who_made_the_step(self):
        self._report("responded")
        self.assertNotIn("take_back", self._page(self.url, self.colleague).text)
        self.assertIn("taken back by who made it", self._send(f"{self.url}/take_back").text)
        self.env.invalidate_all()
        self.assertTrue(self.order.outsourcing_date_responded)

    def test_a_work_order_of_others_is_not_found(self):
        for user in (self.portal_competitor, self.portal_representative):
            for path in ("take_back", "arrival"):
                self.assertEqual(self._send(f"{self.url}/{path}", user=user).status_code, 404)

    def test_the_time_of_arrival_is_put_right_with_both_times_shown(self):
        hour_ago = fields.Datetime.now() - timedelta(hours=3)
        self.order._gated().write(
            {"outsourcing_date_requested": hour_ago, "outsourcing_date_entered": hour_ago}
        )
        self._report("responded")
        self.order._gated().write({"outsourcing_date_responded": hour_ago})
        self._report("arrived")
        first = self.order.outsourcing_date_arrived
        wanted = (first - timedelta(minutes=30)).replace(second=0)
        data = {"arrived": f"{trade_time(self.order, wanted):%Y-%m-%dT%H:%M}", "reason": "Forgot to tap"}
        self.assertIn("Both times stay", self._send(f"{self.url}/arrival", data).text)
        self.env.invalidate_all()
        self.assertEqual(self.order.outsourcing_date_arrived, wanted)
        self.assertEqual(self.order.outsourcing_date_arrived_first, first)
        self.assertIn("First reported", self._page(self.url).text)

    def test_a_wrong_time_is_refused_and_stays_typed(self):
        self._report("arrived")
        for arrived in ("2001-01-01T10:00", "x", ""):
            page = self._send(f"{self.url}/arrival", {"arrived": arrived, "reason": "Forgot"}).text
            self.assertIn("o_outsourcing_error", page)
            self.assertIn('value="Forgot"', page)
        self.assertFalse(self.order.outsourcing_date_arrived_first)

    def test_the_page_says_whom_to_call_and_how_to_get_in(self):
        self.user_supervisor.partner_id.phone = "139 1111 2222"
        self.community.write({"desk_phone": "020-88880000", "access_note": "Keys at gate 2"})
        page = self._page(self.url).text
        self.assertIn('href="tel:13911112222"', page)
        self.assertIn('href="tel:020-88880000"', page)
        self.assertIn("https://uri.amap.com/search?keyword=", page)
        self.assertIn("Keys at gate 2", page)
