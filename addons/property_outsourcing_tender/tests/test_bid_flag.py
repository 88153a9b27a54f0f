import io
import zipfile

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .tender_common import TenderCommon


def make_docx(author):
    """Return an office file that says who wrote it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("docProps/core.xml", f"<cp><dc:creator>{author}</dc:creator></cp>")
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestBidFlag(TenderCommon):
    """What bids of different firms share is shown to people after the opening, and to nobody before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        items = [Command.create({"name": f"Item {number}", "quantity": 1.0}) for number in range(4)]
        lot = Command.create({"name": "Lot 1", "estimate": 90000.0, "item_ids": items})
        cls.tender = cls._publish(cls._create_tender(lot_ids=[lot]))

    def _bid(self, firm, prices, file=None, **traces):
        bid = self._draft_bid(self.tender, firm)
        items = self.tender.lot_ids.sudo().item_ids
        files = [("technical", file[0], file[1])] if file else []
        bid._portal_save({}, dict(zip(items.ids, prices, strict=True)), files)
        bid.action_submit()
        bid.sudo()._gated().write(traces)

    def _open_all(self):
        tender = self._open(self.tender)
        tender.action_evaluate()
        self.env.flush_all()
        self.env.invalidate_all()
        return tender

    def _get_kinds(self, tender):
        return sorted(tender.flag_ids.mapped("kind"))

    def test_different_bids_raise_no_flag(self):
        for firm, prices in zip(self.firms, ((9, 8, 7, 6), (5, 9, 8, 4), (10, 7, 6, 9)), strict=True):
            self._bid(firm, prices)
        self.assertFalse(self._open_all().flag_ids)

    def test_device_address_author_phone_and_bank_are_compared(self):
        self.contractor.phone = self.competitor.phone = "020-87654321"
        for firm in (self.contractor, self.competitor):
            self.env["res.partner.bank"].create({"partner_id": firm.id, "acc_number": "6222 9999"})
        traces = {"submit_address": "10.0.0.7", "submit_device": "abc"}
        pdf = make_pdf().replace(b"%%EOF", b"<< /Author (Old Wang) >> %%EOF")
        self._bid(self.contractor, (9, 8, 7, 6), ("plan.docx", make_docx("Old Wang")), **traces)
        self._bid(self.competitor, (5, 9, 8, 4), ("plan.pdf", pdf), **traces)
        self._bid(self.third_firm, (10, 7, 6, 9), ("plan.docx", b"PK no archive"), submit_address="10.0.0.8")
        tender = self._open_all()
        self.assertEqual(self._get_kinds(tender), ["address", "author", "bank", "device", "phone"])
        self.assertEqual(tender.flag_ids.bid_ids.contractor_id, self.contractor | self.competitor)

    def test_alike_prices_and_patterns_are_found(self):
        self._bid(self.contractor, (1000, 2000, 3000, 4000))
        self._bid(self.competitor, (1100, 2200, 3300, 4400))
        self._bid(self.third_firm, (1000, 2000, 3000, 6000))
        tender = self._open_all()
        self.assertEqual(self._get_kinds(tender), ["pattern", "pattern", "prices"])
        notes = " ".join(tender.flag_ids.mapped("note"))
        self.assertIn("3 of 4 prices are the same", notes)
        self.assertIn("in the ratio 1.100", notes)
        self.assertIn("The quotes rise by the same $1,000.00 each.", notes)

    def test_a_winner_under_a_flag_is_looked_at_first(self):
        for firm, prices in zip(self.firms, ((9, 8, 7, 6), (5, 9, 8, 4), (10, 7, 6, 9)), strict=True):
            self._bid(firm, prices, submit_device="abc")
        tender = self._open_all()
        with self.assertRefused("A sign of collusion is to be looked at first"):
            tender.action_award()
        with self.assertRefused("You are not the person", AccessError):
            tender.flag_ids.with_user(self.user_supervisor)._take_reasoned_step("clear", "Fine")
        tender.flag_ids._take_reasoned_step("clear", "All three used the kiosk of the trade hall.")
        tender.action_award()
        self.assertEqual(tender.state, "awarded")

    def test_traces_are_sealed_like_the_bid(self):
        self._bid(self.contractor, (9, 8, 7, 6), submit_address="10.0.0.7")
        self.env.invalidate_all()
        for user in (self.user_manager, self.user_admin):
            bids = self.env["outsourcing.bid"].with_user(user)
            self.assertFalse(bids.search([("submit_address", "=", "10.0.0.7")]))
            self.assertFalse(self.env["outsourcing.bid.flag"].with_user(user).search([]))
