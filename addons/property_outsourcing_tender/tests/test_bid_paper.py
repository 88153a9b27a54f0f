import base64

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestBidPaper(TenderCommon):
    """Envelopes on paper are counted at the opening, recorded by one and confirmed by another."""

    def _create_paper_tender(self, count=3, **vals):
        tender = self._publish(self._create_tender(**vals))
        tender.paper_count = count
        return self._open(tender)

    def _record(self, tender, firm, price, user=None, **vals):
        tender = tender.with_user(user or self.user_supervisor)
        action = tender.action_record_paper()
        wizard = Form(tender.env[action["res_model"]].with_context(**action["context"]))
        wizard.contractor_id = firm
        with wizard.line_ids.edit(0) as line:
            line.price_unit = price
        for name, value in vals.items():
            wizard[name] = value
        wizard.scan = base64.b64encode(make_pdf())
        return self.env["outsourcing.bid"].browse(wizard.save().action_confirm()["res_id"])

    def test_three_quotes_on_paper_make_a_tender(self):
        tender = self._create_paper_tender()
        self.assertEqual(tender.state, "opened")
        for firm, price in zip(self.firms, (7000.0, 6000.0, 8500.0), strict=True):
            bid = self._record(tender, firm, price)
            bid.with_user(self.user_manager).action_confirm_paper()
        self._award(tender)
        self.assertEqual(tender.lot_ids.contractor_id, self.competitor)

    def test_a_paper_whose_total_is_not_the_sum_of_its_prices_is_asked_about(self):
        tender = self._create_paper_tender()
        totals = (84000.0, 72001.0, 0.0)
        for firm, price, total in zip(self.firms, (7000.0, 6000.0, 8500.0), totals, strict=True):
            bid = self._record(tender, firm, price, stated_total=total)
            bid.with_user(self.user_manager).action_confirm_paper()
        tender.with_user(self.user_manager).action_evaluate()
        asked = tender.clarification_ids
        self.assertEqual((asked.kind, asked.contractor_id), ("arithmetic", self.competitor))
        self.assertIn("The letter says $72,001.00, the prices add up to $72,000.00", asked.text)

    def test_a_total_below_zero_is_refused_as_what_it_is(self):
        with self.assertRefused("A price cannot be negative."):
            self._record(self._create_paper_tender(), self.contractor, 7000.0, stated_total=-1.0)

    def test_a_bid_on_paper_has_its_bond_or_is_excluded(self):
        lots = [self._prepare_lot("Lot 1", 90000.0, bid_bond=1000.0)]
        tender = self._create_paper_tender(lot_ids=lots, bond_note="Account 1")
        none = self._record(tender, self.contractor, 7000.0)
        self.assertEqual((none.state, none.disqualify_reason), ("disqualified", "There is no bid bond."))
        day = fields.Date.today()
        given = {"bond_kind": "cash", "bond_amount": 1000.0, "bond_date_given": day}
        self.assertEqual(self._record(tender, self.competitor, 7000.0, **given).state, "opened")
        self.assertEqual(tender.bond_ids.contractor_id, self.competitor)
        with self.assertRefused("The bid bond is $1,000.00 at least."):
            self._record(tender, self.third_firm, 7000.0, **{**given, "bond_amount": 999.0})

    def test_what_was_typed_of_a_guarantee_goes_when_the_bond_was_paid(self):
        lots = [self._prepare_lot("Lot 1", 90000.0, bid_bond=1000.0)]
        tender = self._create_paper_tender(lot_ids=lots, bond_note="Account 1")
        action = tender.with_user(self.user_supervisor).action_record_paper()
        papers = self.env[action["res_model"]].with_user(self.user_supervisor)
        wizard = Form(papers.with_context(**action["context"]))
        wizard.contractor_id = self.contractor
        with wizard.line_ids.edit(0) as line:
            line.price_unit = 7000.0
        wizard.bond_kind = "guarantee"
        wizard.bond_number = "G-1"
        wizard.bond_date_given = wizard.bond_date_valid = fields.Date.today()
        wizard.bond_kind = "cash"
        wizard.scan = base64.b64encode(make_pdf())
        wizard.save().action_confirm()
        self.assertRecordValues(
            tender.bond_ids,
            [{"bond_kind": "cash", "bond_amount": 1000.0, "bond_number": False, "bond_date_valid": False}],
        )

    def test_the_bond_that_is_asked_for_is_proposed_with_its_kind(self):
        lots = [self._prepare_lot("Lot 1", 90000.0, bid_bond=1000.0)]
        tender = self._create_paper_tender(lot_ids=lots, bond_note="Account 1")
        action = tender.with_user(self.user_supervisor).action_record_paper()
        papers = self.env[action["res_model"]].with_user(self.user_supervisor)
        wizard = Form(papers.with_context(**action["context"]))
        self.assertEqual(wizard.bid_bond, 1000.0)
        wizard.bond_kind = "cash"
        self.assertEqual(wizard.bond_amount, 1000.0)
        wizard.bond_amount = 1500.0
        wizard.bond_kind = "guarantee"
        self.assertEqual(wizard.bond_amount, 1500.0)

    def test_the_bond_that_is_proposed_is_that_of_the_lot_chosen_last(self):
        bonds = {"Lot 1": 300.0, "Lot 2": 500.0, "Lot 3": 0.0}
        lots = [self._prepare_lot(name, 30000.0, bid_bond=bond) for name, bond in bonds.items()]
        tender = self._create_paper_tender(lot_ids=lots, bond_note="Account 1")
        action = tender.with_user(self.user_supervisor).action_record_paper()
        papers = self.env[action["res_model"]].with_user(self.user_supervisor)
        wizard = Form(papers.with_context(**action["context"]))
        wizard.bond_kind = "cash"
        wizard.lot_id = tender.lot_ids[1]
        self.assertEqual((wizard.bond_kind, wizard.bond_amount), ("cash", 500.0))
        wizard.lot_id = tender.lot_ids[2]
        self.assertEqual((wizard.bond_kind, wizard.bond_amount), (False, 0.0))

    def test_a_bond_given_in_the_portal_counts_for_the_paper_and_stays_once_it_is_checked(self):
        lots = [self._prepare_lot("Lot 1", 90000.0, bid_bond=1000.0)]
        tender = self._publish(self._create_tender(lot_ids=lots, bond_note="Account 1"))
        day = fields.Date.today()
        vals = {"bond_kind": "cash", "bond_amount": 1000.0, "date_given": day}
        for firm in self.contractor | self.competitor:
            self._draft_bid(tender, firm)._portal_give_bond(vals, ("slip.pdf", make_pdf()))
        tender.paper_count = 3
        tender = self._open(tender)
        self.assertEqual(self._record(tender, self.contractor, 7000.0).state, "opened")
        tender.bond_ids.with_user(self.user_finance).action_receive()
        given = {"bond_kind": "cash", "bond_amount": 1500.0, "bond_date_given": day}
        self.assertEqual(self._record(tender, self.competitor, 7000.0, **given).state, "opened")
        self.assertEqual(set(tender.bond_ids.mapped("bond_amount")), {1000.0})

    def test_a_tender_whose_papers_never_came_has_failed(self):
        tender = self._create_paper_tender()
        bid = self._record(tender, self.contractor, 7000.0)
        bid.with_user(self.user_manager).action_confirm_paper()
        tender.with_user(self.user_manager).action_evaluate()
        self.assertEqual((tender.state, tender.end_reason), ("failed", "No lot had enough bids."))
        self.assertEqual(tender.lot_ids.fail_reason, "Fewer than 3 bids, those on paper counted.")
        self.assertFalse(tender.date_prices_opened)
        self.assertFalse(tender.activity_ids)

    def test_whoever_records_does_not_confirm(self):
        tender = self._create_paper_tender()
        bid = self._record(tender, self.contractor, 7000.0)
        with self.assertRefused("another person must take this step"):
            bid.with_user(self.user_supervisor).action_confirm_paper()
        with self.assertRefused("not confirmed by a second person yet: Steady Elevators."):
            tender.action_evaluate()

    def test_no_more_than_were_counted(self):
        tender = self._create_tender(invited_ids=[Command.set(self.firms.ids)])
        self._publish(tender)
        self._submit_bids(tender)
        tender = self._open(tender)
        with self.assertRefused("0 bids on paper were counted at the opening, no more."):
            self._record(tender, self._create_late_firm(), 1.0)

    def test_who_was_not_invited_has_no_bid_on_paper_either(self):
        tender = self._create_paper_tender()
        with self.assertRefused("Late was not invited to this tender."):
            self._record(tender, self._create_late_firm(), 1.0)

    def test_a_draft_that_was_never_handed_in_is_no_bid(self):
        tender = self._publish(self._create_tender())
        self._draft_bid(tender, self.contractor)
        tender.paper_count = 3
        bid = self._record(self._open(tender), self.contractor, 7000.0)
        self.assertTrue(bid.is_paper)
        with self.assertRefused("Steady Elevators has bid for this lot already."):
            self._record(tender, self.contractor, 6000.0)

    def _create_late_firm(self):
        firm = self._create_contractor("Late", services=self.service_elevator)
        self._create_contact("Late mechanic", firm)
        self._create_required_documents(firm)
        return firm

    def test_the_count_is_fixed_with_the_opening(self):
        tender = self._create_paper_tender()
        with self.assertRefused("can no longer be changed"):
            tender.paper_count = 5

    def test_an_outsider_records_nothing(self):
        tender = self._create_paper_tender()
        with self.assertRaises(AccessError):  # core's own
            self._record(tender, self.contractor, 7000.0, self.user_outsider)
