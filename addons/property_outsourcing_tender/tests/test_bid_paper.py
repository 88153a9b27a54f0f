import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestBidPaper(TenderCommon):
    """Envelopes on paper are counted at the opening, recorded by one and confirmed by another."""

    def _create_paper_tender(self, count=3):
        tender = self._publish(self._create_tender())
        tender.paper_count = count
        return self._open(tender)

    def _record(self, tender, firm, price, user=None):
        tender = tender.with_user(user or self.user_supervisor)
        action = tender.action_record_paper()
        wizard = Form(tender.env[action["res_model"]].with_context(**action["context"]))
        wizard.contractor_id = firm
        with wizard.line_ids.edit(0) as line:
            line.price_unit = price
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
