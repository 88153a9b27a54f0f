from datetime import date

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalRepairs(RepairsFactory, PortalCommon):
    """Quantities are reported on the page of the order, the roll-up is shown with what it is made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.framework = cls._create_framework(
            date_start=date(cls.today.year - 1, 1, 1), date_end=date(cls.today.year + 1, 12, 31)
        )
        cls.order = cls._call_off(cls.framework, {"MB-01": 2, "ZM-01": 1})
        cls.url = f"/my/outsourcing/orders/{cls.order.id}"
        cls.line, cls.lamp = cls.order.outsourcing_order_line_ids

    def _report_by_page(self, user=None, **data):
        return self._send(f"{self.url}/quantities", data, user=user)

    def _quantities(self, **data):
        return {f"qty_{self.line.id}": "２", f"qty_{self.lamp.id}": "1，5", **data}

    def test_contractor_uploads_a_photo_and_reports_quantities(self):
        text = self._page(self.url, self.portal_contractor).text
        self.assertIn("Item MB-01", text)
        self.assertNotIn('value="completed"', text)  # the completion goes with the quantities
        self.assertIn("photo", self._report_by_page(**self._quantities()).text)
        answer = self._upload(f"{self.url}/evidence", [self._photo()], phase="after")
        self.assertEqual(answer.status_code, 200)
        extra = self._item(self.framework, "GS-01")
        response = self._report_by_page(**self._quantities(item_new1=extra.id, qty_new1="1"))
        self.assertEqual(response.status_code, 200)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.outsourcing_measure_state, "reported")
        self.assertEqual(self.order.outsourcing_order_amount, 567.73)  # 370 + 102.53 + 95.20
        self.assertEqual(self.order.outsourcing_reported_by_id, self.portal_contractor)
        self.assertIn("567.73", self._page(self.url).text)

    def test_planned_quantity_is_offered_with_all_its_digits(self):
        self.line.with_user(self.user_supervisor).quantity_planned = 12.3456
        self.lamp.with_user(self.user_supervisor).quantity_planned = 1.2345
        text = self._page(self.url, self.portal_contractor).text
        self.assertIn('value="12.3456"', text)
        self.assertIn('value="1.2345"', text)

    def test_bad_input_is_explained_and_kept(self):
        self._add_photo(self.order)
        self._log_in(self.portal_contractor)
        for typed, message in (
            ({f"qty_{self.line.id}": "two"}, "two is not a quantity"),
            ({f"qty_{self.line.id}": "-1"}, "-1 is not a quantity"),
            ({f"qty_{self.line.id}": "nan"}, "nan is not a quantity"),
            ({f"qty_{self.line.id}": "1.00005"}, "1.00005 has more than 4 decimal places"),
            ({"qty_new1": "3"}, "Choose the item"),
            ({f"qty_{self.line.id}": "0", f"qty_{self.lamp.id}": ""}, "at least one"),
            ({f"qty_{self.line.id}": "999"}, "not-to-exceed"),
        ):
            with self.subTest(typed=typed):
                response = self._report_by_page(**typed)
                self.assertEqual(response.status_code, 200)
                self.assertIn(message, response.text)
        self.assertIn('value="999"', response.text)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.outsourcing_measure_state, "estimate")

    def test_after_the_report_the_page_takes_nothing_more(self):
        self._report(self.order)
        text = self._page(self.url, self.portal_contractor).text
        self.assertNotIn("o_outsourcing_measure", text)
        self.assertIn("not open", self._report_by_page(**self._quantities()).text)

    def test_the_contractor_sees_when_it_is_answered_and_what_silence_means(self):
        company = self.framework.company_id
        company.outsourcing_repairs_answer_days = 5
        self._report(self.order)
        text = self._page(self.url, self.portal_contractor).text
        self.assertIn("o_outsourcing_answer_due", text)
        self.assertIn("its manager is told", text)
        company.outsourcing_repairs_silence = "deemed"
        self.assertIn("your quantities count as accepted", self._page(self.url).text)
        self.order.sudo()._process_unanswered_reports()
        text = self._page(self.url).text
        self.assertNotIn("o_outsourcing_answer_due", text)
        self.assertIn("Nobody answered in time", text)

    @mute_logger("odoo.http")
    def test_others_reach_neither_page_nor_change(self):
        self._report(self.order)
        self._accept(self.order, date(self.today.year, 1, 1))
        rollup = self.framework._create_rollups(date(self.today.year, 1, 1))
        pages = [self.url, f"/my/outsourcing/rollups/{rollup.id}", f"/my/outsourcing/rollups/{rollup.id}/pdf"]
        for user in (self.portal_competitor, self.portal_representative, self.portal_third_party):
            self._log_in(user)
            for page in pages:
                self.assertEqual(self._page(page).status_code, 404, page)
            for step in ("quantities", "evidence"):
                self.assertEqual(self._send(f"{self.url}/{step}").status_code, 404)
            self.assertNotIn(pages[1], self._page("/my/outsourcing/rollups").text)
        self._log_in(None)
        self.assertIn("/web/login", self._page(pages[1]).url)
        self._log_in(self.portal_contractor)
        self.assertEqual(self._send(f"{self.url}/quantities", csrf=False).status_code, 400)
        self.assertIn(self._page(f"{self.url}/quantities").status_code, (404, 405))

    def test_contractor_sees_what_the_month_is_made_of(self):
        self._report(self.order)
        self._accept(self.order, date(self.today.year, 1, 1))
        rollup = self.framework._create_rollups(date(self.today.year, 1, 1))
        self._log_in(self.portal_contractor)
        self.assertIn(rollup.name, self._page("/my/outsourcing/rollups").text)
        text = self._page(f"/my/outsourcing/rollups/{rollup.id}").text
        for part in ("438.35", self.url, "Item ZM-01", "68.35"):
            self.assertIn(part, text)
        self.assertEqual(self._page(f"/my/outsourcing/rollups/{rollup.id}/pdf").status_code, 200)
        self.assertIn('href="/my/outsourcing/rollups"', self._page("/my/outsourcing").text)
        self._log_in(self.portal_competitor)  # has no framework
        self.assertNotIn('href="/my/outsourcing/rollups"', self._page("/my/outsourcing").text)

    @mute_logger("odoo.http")
    def test_rpc_of_the_steps_is_refused(self):
        self._report(self.order)
        self._log_in(self.portal_contractor)
        line = self.line
        for record, method, args in (
            (self.order, "action_outsourcing_accept_quantities", []),
            (self.order, "_accept_quantities", []),
            (self.order, "write", [{"outsourcing_measure_state": "accepted"}]),
            (line, "write", [{"quantity_performed": 9}]),
            (line, "write", [{"price_unit": 9}]),
            (self.framework, "action_roll_up", []),
        ):
            with self.subTest(method=method), self.assertRaises(Exception):  # noqa: B017 - arrives wrapped
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{record._name}/{method}",
                    {"model": record._name, "method": method, "args": [record.ids, *args], "kwargs": {}},
                )
        self.order.invalidate_recordset()
        self.assertEqual((self.order.outsourcing_measure_state, line.quantity_performed), ("reported", 2.0))

    def _cut(self):
        """Accept one of two locks, with a reason."""
        self._report(self.order, {"MB-01": 2, "ZM-01": 1})
        line = self.line.with_user(self.user_supervisor)
        line.write({"quantity_performed": 1, "cut_reason": "One lock was reused"})
        self._accept(self.order)

    def test_a_cut_is_shown_with_its_reason_and_disputed_on_the_page(self):
        self._cut()
        home = self._page("/my/outsourcing", self.portal_contractor).text
        self.assertIn("/my/outsourcing/orders?tab=cut", home)
        self.assertIn("Repair", self._page("/my/outsourcing/orders?tab=cut").text)
        page = self._page(self.url).text
        self.assertIn("Why less: One lock was reused", page)
        self.assertIn("Please write why you object", self._send(f"{self.url}/dispute", {"reason": " "}).text)
        answer = self._send(f"{self.url}/dispute", {"reason": "Both are new"}).text
        self.assertIn("You objected: Both are new", answer)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.outsourcing_dispute_state, "disputed")

    def test_a_cut_is_agreed_to_on_the_page_by_its_contractor_alone(self):
        self._cut()
        self.assertEqual(self._send(f"{self.url}/agree", user=self.portal_competitor).status_code, 404)
        self._send(f"{self.url}/agree", user=self.portal_contractor)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.outsourcing_dispute_state, "agreed")
