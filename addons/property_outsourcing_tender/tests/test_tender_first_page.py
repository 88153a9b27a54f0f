from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_time

from .tender_common import TENDER, TenderCommon


@tagged("post_install", "-at_install")
class TestTenderFirstPage(TenderCommon):
    """Three quotes and a direct award: service, place and amount; the form proposes the rest."""

    def _fill(self, estimate):
        form = Form(self.env["outsourcing.tender"].with_user(self.user_manager))
        form.service_type_id = self.service_elevator
        form.community_ids.add(self.community)
        form.amount_estimate = estimate
        return form

    def _way(self, name):
        return self.env.ref(f"{TENDER}.way_{name}")

    def _read_clock(self, moment):
        return f"{trade_time(self.company, moment):%Y-%m-%d %H:%M}"

    def test_three_quotes_need_service_place_amount_and_firms(self):
        with self._fill(50000.0) as form:
            self.assertEqual(form.way_id, self._way("quotes"))
        tender = form.record
        tender.action_propose_firms()
        tender.action_publish()
        self.assertEqual(tender.state, "published")
        self.assertEqual(len(tender.invited_ids), 3)

    def test_the_amount_becomes_the_estimate_of_the_only_lot_with_one_price(self):
        with self._fill(50000.0) as form:
            pass
        lot = form.record.lot_ids
        self.assertEqual((len(lot), lot.estimate), (1, 50000.0))
        self.assertEqual(
            lot.item_ids.mapped("name"), ["Elevator maintenance, total for the term of the contract"]
        )

    def test_the_proposed_price_is_called_after_the_service_that_was_chosen_last(self):
        with self._fill(50000.0) as form:
            form.service_type_id = self.env.ref("property_outsourcing.service_type_greening")
        names = form.record.lot_ids.item_ids.mapped("name")
        self.assertEqual(names, [f"{form.record.service_type_id.name}, total for the term of the contract"])

    def test_a_tender_whose_amount_was_typed_counts_its_lots(self):
        with self._fill(50000.0) as form:
            pass
        self.assertEqual(form.record.lot_count, 1)

    def test_a_lot_removed_beside_an_amount_that_is_typed_is_not_counted(self):
        lots = [self._prepare_lot("South", 30000.0), self._prepare_lot("North", 20000.0)]
        tender = self._create_tender(lot_ids=lots)
        with Form(tender.with_user(self.user_manager)) as form:
            form.lot_ids.remove(1)
            form.amount_estimate = 35000.0
        self.assertEqual((tender.lot_count, tender.lot_ids.estimate), (1, 35000.0))

    def test_a_direct_award_needs_a_firm_and_a_reason_besides(self):
        with self._fill(6000.0) as form:
            self.assertEqual(form.way_id, self._way("direct"))
            form.invited_ids.add(self.contractor)
            form.reason = "The only maker of this part."
        tender = form.record
        tender.action_request_approval()
        tender.with_user(self.user_manager2).action_publish()
        self.assertEqual(tender.state, "published")

    def test_the_deadline_leaves_the_days_of_the_way_and_ends_a_working_day(self):
        with freeze_time("2026-11-27 03:00:00"):  # a Friday
            form = self._fill(50000.0)
            self.assertEqual(self._read_clock(form.date_deadline), "2026-11-30 17:00")
            form.amount_estimate = 5000000.0
            self.assertEqual(self._read_clock(form.date_deadline), "2026-12-18 17:00")

    def test_a_deadline_that_was_typed_stays(self):
        form = self._fill(50000.0)
        typed = fields.Datetime.now().replace(microsecond=0) + timedelta(days=40)
        form.date_deadline = typed
        form.amount_estimate = 60000.0
        form.way_id = self._way("consultation")
        self.assertEqual(form.date_deadline, typed)
        self.assertEqual(form.date_opening, typed)

    def test_an_opening_that_was_typed_stays_when_the_deadline_is_proposed_anew(self):
        form = self._fill(50000.0)
        typed = fields.Datetime.now().replace(microsecond=0) + timedelta(days=60)
        form.date_opening = typed
        form.way_id = self._way("public")
        self.assertLess(form.date_deadline, typed)
        self.assertEqual(form.date_opening, typed)

    def test_a_service_is_proposed_for_a_year_from_the_month_after_the_award(self):
        with freeze_time("2026-11-27 03:00:00"):
            form = self._fill(50000.0)
            days = [str(day) for day in (form.contract_date_start, form.contract_date_end)]
            self.assertEqual(days, ["2027-01-01", "2027-12-31"])

    def test_a_term_of_three_years_stays_three_years_when_the_deadline_moves_behind_its_first_day(self):
        with freeze_time("2026-11-27 03:00:00"):
            form = self._fill(50000.0)
            form.contract_date_end = "2029-12-31"
            form.date_deadline = "2027-02-26 09:00:00"
            days = [str(day) for day in (form.contract_date_start, form.contract_date_end)]
            self.assertEqual(days, ["2027-04-01", "2030-03-31"])

    def test_factors_follow_the_way_of_award(self):
        form = self._fill(50000.0)
        self.assertEqual([factor["kind"] for factor in form.criterion_ids._records], ["price"])
        form.amount_estimate = 300000.0
        kinds = {factor["kind"] for factor in form.criterion_ids._records}
        self.assertEqual(kinds, {"technical", "price"})

    def test_the_amount_of_several_lots_is_entered_lot_by_lot(self):
        lots = [self._prepare_lot("South", 30000.0), self._prepare_lot("North", 20000.0)]
        tender = self._create_tender(lot_ids=lots)
        with self.assertRefused("Several lots have an estimate each"):
            tender.amount_estimate = 60000.0

    def test_the_amount_is_fixed_with_the_publication(self):
        tender = self._publish(self._create_tender())
        with self.assertRefused("is Published: Estimate can no longer be changed"):
            tender.amount_estimate = 60000.0

    def _read_factors(self, tender):
        return [(factor.name, factor.kind, factor.weight, factor.guide) for factor in tender.criterion_ids]

    def test_factors_made_by_hand_come_back_with_the_panel(self):
        own = [
            {"name": "Safety plan", "kind": "technical", "weight": 70.0, "guide": "See the site"},
            {"name": "Quote", "kind": "price", "weight": 30.0},
        ]
        tender = self._create_tender(criterion_ids=[Command.clear(), *map(Command.create, own)])
        before = self._read_factors(tender)
        with Form(tender.with_user(self.user_manager)) as form:
            form.way_id = self._way("quotes")
        self.assertEqual([kind for _name, kind, *_ in self._read_factors(tender)], ["price"])
        with Form(tender.with_user(self.user_manager)) as form:
            form.way_id = self._way("public")
        self.assertEqual(self._read_factors(tender), before)

    def test_factors_made_by_hand_come_back_before_the_form_is_saved(self):
        form = self._fill(5000000.0)
        with form.criterion_ids.edit(0) as factor:
            factor.name = "Safety plan"
        form.way_id = self._way("quotes")
        form.way_id = self._way("public")
        form.save()
        self.assertIn("Safety plan", form.record.criterion_ids.mapped("name"))

    def test_factors_kept_of_another_service_do_not_come_back(self):
        tender = self._create_tender()
        tender.criterion_ids[0].name = "Safety plan"
        with Form(tender.with_user(self.user_manager)) as form:
            form.way_id = self._way("quotes")
            form.service_type_id = self.env.ref("property_outsourcing.service_type_greening")
            form.way_id = self._way("public")
        self.assertNotIn("Safety plan", tender.criterion_ids.mapped("name"))
