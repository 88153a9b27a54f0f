import io
import zipfile

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .tender_common import TENDER, TenderCommon
from .test_tender_panel import FACTORS


@tagged("post_install", "-at_install")
class TestTenderDoors(TenderCommon):
    """What a button refuses is refused by every other way to the same end."""

    def test_an_item_does_not_slip_into_a_published_lot(self):
        published, draft = self._publish(self._create_tender()), self._create_tender()
        item, target = draft.lot_ids.item_ids, published.lot_ids
        with self.assertRefused("its lines can no longer be changed"):
            item.lot_id = target
        with self.assertRefused("its lines can no longer be changed"):
            target.with_user(self.user_manager).write({"item_ids": [Command.link(item.id)]})

    def test_nobody_takes_the_seat_of_who_has_declared(self):
        panel = [Command.create({"user_id": self.user_supervisor.id})]
        tender = self._create_tender("consultation", FACTORS, panelist_ids=panel)
        self._publish(tender)
        self._submit_bids(tender)
        tender = self._open(tender)
        tender.with_user(self.user_supervisor).action_declare_none()
        with self.assertRefused("has declared interests already: take the seat away and name another"):
            tender.panelist_ids.user_id = self.user_finance
        tender.panelist_ids.role = "Engineering"
        self.assertEqual(tender.panelist_ids.declaration, "none")

    def test_fewer_than_no_bids_on_paper_are_never_counted(self):
        tender = self._publish(self._create_tender())
        with self.assertRefused("The number of bids on paper cannot be negative."):
            tender.paper_count = -3

    def test_bids_on_paper_that_never_came_do_not_make_a_tender(self):
        tender = self._publish(self._create_tender())
        self._submit_bid(tender, self.contractor)
        tender.paper_count = 2
        tender = self._open(tender)
        tender.action_evaluate()
        lot = tender.lot_ids
        self.assertEqual(
            (lot.result, lot.fail_reason), ("failed", "Fewer than 3 bids, those on paper counted.")
        )
        self.assertEqual(tender.state, "failed")

    def test_the_follower_wins_no_more_lots_than_allowed(self):
        lots = [self._prepare_lot("Lot 1", 50000.0), self._prepare_lot("Lot 2", 40000.0)]
        tender = self._publish(self._create_tender(lot_ids=lots, max_lots=1))
        for lot in tender.lot_ids:
            for firm, price in zip(self.firms, (3900.0, 4200.0, 4700.0), strict=True):
                self._submit_bid(tender, firm, price, lot)
        tender = self._award(self._open(tender))
        first, second = tender.lot_ids
        self._decide_with_reason(first.awarded_bid_id, "action_winner_refused", "Too cheap")
        self.assertEqual((first.contractor_id, second.contractor_id), (self.third_firm, self.competitor))

    def test_the_follower_is_looked_at_like_a_winner(self):
        tender = self._create_opened()
        tender.action_evaluate()
        bids = [self._get_bid(tender, firm) for firm in self.firms]
        bids[1]._take_reasoned_step("clarify", "Which mechanics?")
        sign = {"tender_id": tender.id, "kind": "device", "note": "abc"}
        tender.flag_ids._gated().create({**sign, "bid_ids": [Command.set(bids[1].ids)]})
        tender.action_award()
        with self.assertRefused("Not clarified yet: Rapid Elevators") as caught:
            bids[0]._take_reasoned_step("refused", "Price no longer held")
        self.assertIn("A sign of collusion is to be looked at first: abc", str(caught.exception))
        self.assertEqual(tender.lot_ids.contractor_id, self.contractor)

    def test_a_damaged_office_file_keeps_nothing_closed(self):
        tender = self._publish(self._create_tender())
        self._submit_bids(tender)
        bid = self._get_bid(tender, self.contractor).sudo()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("docProps/core.xml", "<dc:creator>Wang</dc:creator>" * 50)
        data = bytearray(buffer.getvalue())
        start = 30 + len("docProps/core.xml")
        data[start : start + 8] = b"\xff" * 8
        bid.file_ids._gated().create(
            {"bid_id": bid.id, "kind": "technical", "name": "a.docx", "content": bid._encode(bytes(data))}
        )
        self.assertEqual(self._open(tender).state, "opened")

    def test_an_estimate_in_another_currency_takes_the_way_of_its_worth(self):
        dollar = (
            self.env.ref("base.USD") if self.company.currency_id.name != "USD" else self.env.ref("base.EUR")
        )
        dollar.active = True
        rate = {
            "currency_id": dollar.id,
            "company_id": self.company.id,
            "name": fields.Date.today(),
            "rate": 0.1,
        }
        self.env["res.currency.rate"].create(rate)
        tender = self._create_tender()
        self.assertEqual(tender.due_way_id, self.env.ref(f"{TENDER}.way_quotes"))
        tender.currency_id = dollar
        self.assertEqual(tender.due_way_id, self.env.ref(f"{TENDER}.way_consultation"))

    def test_what_staff_says_about_bidders_is_not_read_by_them(self):
        tender = self._create_opened()
        tender.message_post(
            body="Steady is too dear", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        for user in (self.portal_contractor, self.portal_competitor):
            self.assertTrue(tender.with_user(user).has_access("read"))
            messages = self.env["mail.message"].with_user(user)
            found = [("model", "=", tender._name), ("res_id", "=", tender.id)]
            self.assertFalse(messages.search(found).mapped("body"))

    def test_a_way_is_copied_with_a_code_of_its_own(self):
        way = self.env.ref(f"{TENDER}.way_quotes")
        self.assertNotEqual(way.copy().code, way.code)
        self.assertNotEqual(way.copy().code, way.code)
