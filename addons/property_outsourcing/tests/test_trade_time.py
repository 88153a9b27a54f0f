from datetime import date, datetime

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..models.workflow.sequence_numbers import draw_numbers
from ..models.workflow.trade_time import trade_day, trade_today, utc_moment
from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestTradeTime(OutsourcingCommon):
    """Days and hours are those of the company, never those of the reader, the party or Greenwich."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        for user, zone in (
            (cls.portal_contractor, "Pacific/Kiritimati"),
            (cls.user_manager, "America/Los_Angeles"),
            (cls.user_supervisor, "Pacific/Kiritimati"),
        ):
            user.tz = zone
        cls.contract = cls._create_active_contract()

    @freeze_time("2026-12-31 18:00:00")
    def test_today_is_the_company_s_for_whoever_asks(self):
        for user in (self.portal_contractor, self.user_manager, self.env.ref("base.user_root")):
            self.assertEqual(trade_today(self.contract.with_user(user)), date(2027, 1, 1))
        self.assertEqual(trade_day(self.contract, datetime(2026, 12, 31, 15, 0)), date(2026, 12, 31))
        self.assertEqual(utc_moment(self.contract, date(2027, 1, 1), datetime.min.time()).hour, 16)

    @freeze_time("2026-12-31 18:00:00")
    def test_another_zone_of_the_company_is_heard_at_once_and_costs_no_query_after(self):
        trade_today(self.contract)
        self.company.partner_id.tz = "America/New_York"
        self.assertEqual(trade_today(self.contract), date(2026, 12, 31))
        self.company.partner_id.tz = False
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        self.assertEqual(trade_today(self.contract), date(2027, 1, 1))
        self.company.resource_calendar_id = self.env["resource.calendar"].create({"name": "1", "tz": "UTC"})
        self.assertEqual(trade_today(self.contract), date(2026, 12, 31))
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            trade_today(self.company)

    @freeze_time("2026-12-31 18:00:00")
    def test_a_number_drawn_before_eight_on_new_year_is_of_the_new_year(self):
        [number] = draw_numbers(self.company, "outsourcing.contract", 1)
        self.assertIn("2027", number)
        self.assertIn("2027", self._create_active_contract().name)

    def test_a_party_s_own_zone_neither_keeps_an_appeal_open_nor_ends_it_early(self):
        adjustment = (
            self.env["outsourcing.adjustment"]
            ._gated()
            .create(
                {
                    "contract_id": self.contract.id,
                    "rule_id": self.contract.rule_ids[:1].id,
                    "basis": "fixed",
                    "fixed_amount": 100.0,
                    "amount": 100.0,
                    "uncapped_amount": 100.0,
                    "community_id": self.community.id,
                }
            )
        )
        adjustment._gated().write(
            {
                "state": "confirmed",
                "date_confirmed": "2026-06-01 04:00:00",
                "appeal_deadline": "2026-06-10",
            }
        )
        party = adjustment.with_user(self.portal_contractor)
        self.portal_contractor.tz = "America/Los_Angeles"  # still 10 June there
        with freeze_time("2026-06-10 17:00:00"), self.assertRaisesRegex(UserError, "until 2026-06-10"):
            party._portal_appeal("Not us")
        self.portal_contractor.tz = "Pacific/Kiritimati"  # 11 June there already
        with freeze_time("2026-06-10 12:00:00"):
            party._portal_appeal("Not us")
        self.assertEqual(adjustment.state, "appealed")

    def test_the_day_to_sign_by_counts_from_the_company_s_day(self):
        self.contract._gated().write({"date_approved": "2026-03-01 17:30:00", "date_second_approved": False})
        days = self.company.outsourcing_sign_days
        self.assertEqual(self.contract.date_sign_by, fields.Date.add(date(2026, 3, 2), days=days))

    def test_prints_show_the_company_s_hours(self):
        self.contract._gated().write({"date_contractor_signed": "2026-03-01 17:30:00"})
        report = self.env["ir.actions.report"].with_user(self.user_manager).with_context(tz="UTC")
        shown = []
        views = self.env.registry["ir.ui.view"]
        self.patch(
            views, "_render_template", lambda view, *args: shown.append(view.env.context["tz"]) or "<p/>"
        )
        report._render_qweb_html(
            "property_outsourcing.report_outsourcing_contract_document", self.contract.ids
        )
        self.assertEqual(shown, ["Asia/Shanghai"])
