from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf
from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .tender_common import TenderFactory


@tagged("post_install", "-at_install")
class TestBidBondPortal(TenderFactory, PortalCommon):
    """The firm enters its bid bond on a page of its own and sees what became of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        lots = [cls._prepare_lot("Lot 1", 90000.0, bid_bond=1000.0)]
        cls.tender = cls._create_tender(lot_ids=lots, bond_note="Bank of Rivers 622")
        cls._publish(cls.tender)
        cls.bid = cls._draft_bid(cls.tender, cls.contractor)
        cls.path = f"/my/outsourcing/bids/{cls.bid.id}"

    def _give(self, user=None, files=None, **vals):
        form = {"bond_kind": "cash", "bond_amount": "1,000", "date_given": str(fields.Date.today()), **vals}
        files = [("proof", ("slip.pdf", make_pdf()))] if files is None else files
        answer = self._send(f"{self.path}/bond", form, files=files, user=user or self.portal_contractor)
        self.env.invalidate_all()
        return answer

    def test_the_firm_gives_its_bond_and_sees_its_state(self):
        page = self._page(self.path, self.portal_contractor).text
        for text in ("Bid bond", "1,000.00", "Bank of Rivers 622", "Enter the bid bond"):
            self.assertIn(text, page)
        self.assertIn("Kind of the bond", self._page(f"{self.path}/bond", self.portal_contractor).text)
        self._give()
        bond = self.bid.sudo()._get_bond()
        self.assertEqual((bond.bond_amount, bond.proof_name), (1000.0, "slip.pdf"))
        page = self._page(self.path, self.portal_contractor).text
        for text in ("Change the bid bond", "Expected", "Cash"):
            self.assertIn(text, page)
        bond._gated().write({"state": "received", "bond_date_received": fields.Date.today()})
        self.assertIn("Held", self._page(self.path, self.portal_contractor).text)

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self):
        page = self._give(files=[], bond_kind="guarantee", bond_number="LG-77", bond_amount="900").text
        for text in ("The bid bond is $1,000.00 at least", "Add the scan of the payment slip", "LG-77"):
            self.assertIn(text, page)
        self.assertIn("Choose the kind of the bond.", self._give(bond_kind="shares").text)
        script = [("proof", ("slip.pdf", b"<script>"))]
        self.assertIn("slip.pdf is no PDF or photo", self._give(files=script).text)
        self.assertFalse(self.bid.sudo()._get_bond())

    def test_others_find_no_such_page(self):
        self.assertEqual(self._page(f"{self.path}/bond", self.portal_competitor).status_code, 404)
        self.assertEqual(self._give(user=self.portal_competitor).status_code, 404)
        plain = self._publish(self._create_tender(invited_ids=[Command.set(self.firms.ids)]))
        bid = self._draft_bid(plain, self.contractor)
        path = f"/my/outsourcing/bids/{bid.id}/bond"
        self.assertEqual(self._page(path, self.portal_contractor).status_code, 404)
