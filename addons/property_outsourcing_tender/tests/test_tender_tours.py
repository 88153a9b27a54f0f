from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .tender_common import TenderFactory

FACTORS = [("Plan", "technical", 70), ("Price", "price", 30)]


class TenderTourCommon(TenderFactory, PortalCommon):
    """Work in a browser, from one page to the next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()

    def _tour(self, url, name, user):
        self.start_tour(url, name, login=user and user.login, timeout=180)
        self.env.invalidate_all()

    def _tour_form(self, tender, name, user):
        self._tour(f"/odoo/outsourcing-tenders/{tender.id}", name, user)

    def _let_the_deadline_pass(self, tender):
        now = fields.Datetime.now() - timedelta(seconds=1)
        tender.sudo()._gated().write({"date_deadline": now, "date_opening": now})
        self.env.flush_all()


@tagged("post_install", "-at_install")
class TestBidderTours(TenderTourCommon):
    """A firm on its phone: registers, asks, bids, replaces, withdraws, reads the result."""

    browser_size = "360x740"
    touch_enabled = True

    def test_a_new_firm_registers(self):
        self.patch(type(self.env["outsourcing.invitation"]), "_get_lang", lambda self: "en_US")
        self._publish(self._create_tender("public"))
        self._tour("/outsourcing/notices", "outsourcing_tender_register", None)
        found = self.env["outsourcing.registration"].sudo().search([("name", "=", "Lifts of the tour")])
        self.assertEqual(found.state, "new")

    def test_a_bid_is_asked_about_drawn_up_handed_in_replaced_and_withdrawn(self):
        tender = self._create_tender()
        self._attach_scan(tender)
        self._publish(tender)
        self._tour("/my/outsourcing/tenders", "outsourcing_tender_bid", self.portal_contractor)
        bids = self.env["outsourcing.bid"].sudo().search([("tender_id", "=", tender.id)], order="id")
        self.assertEqual(bids.mapped("state"), ["withdrawn", "withdrawn"])
        self.assertEqual(bids.line_ids.mapped("price_unit"), [7000.0, 6900.0])
        self.assertEqual(tender.sudo().question_ids.mapped("text"), ["Is the night shift part of it?"])

    def test_a_loser_reads_its_points_and_the_winner(self):
        self._award(self._create_opened())
        self._tour("/my/outsourcing/bids?tab=decided", "outsourcing_tender_result", self.portal_competitor)


@tagged("post_install", "-at_install")
class TestBidderToursDesktop(TestBidderTours):
    """The same at a desk."""

    allow_inherited_tests_method = True
    browser_size = "1440x900"
    touch_enabled = False


@tagged("post_install", "-at_install")
class TestTenderTours(TenderTourCommon):
    """The house at its desk: from the need to the contract, the panel, the openers of an encrypted tender."""

    browser_size = "1600x1000"

    def test_from_the_need_to_the_contract(self):
        self._tour("/odoo/outsourcing-tenders", "outsourcing_tender_need", self.user_manager)
        tender = self.env["outsourcing.tender"].search([("title", "=", "Tender of the tour")])
        self.assertEqual((tender.state, tender.service_type_id), ("draft", self.service_elevator))
        vals = self._prepare_tender(date_opening=False)
        tender = tender.with_user(self.user_manager)
        tender.lot_ids.unlink()
        tender.write({name: value for name, value in vals.items() if name not in ("title", "company_id")})
        tender.criterion_ids = [
            Command.clear(),
            Command.create({"name": "Price", "kind": "price", "weight": 100}),
        ]
        self._tour_form(tender, "outsourcing_tender_publish", self.user_manager)
        self._submit_bids(tender)
        self._let_the_deadline_pass(tender)
        self._tour_form(tender, "outsourcing_tender_ready", self.user_supervisor)
        self._tour_form(tender, "outsourcing_tender_open", self.user_manager)
        self.assertEqual(tender.state, "opened")
        self._tour_form(tender, "outsourcing_tender_award", self.user_manager)
        self.assertEqual((tender.state, tender.lot_ids.contractor_id), ("awarded", self.contractor))
        tender.sudo()._gated().date_publicity_end = False
        tender.lot_ids.action_draft_contract()
        self.assertEqual(tender.lot_ids.contract_id.contractor_id, self.contractor)

    def test_a_judge_declares_and_scores(self):
        judges = self.user_supervisor | self.user_supervisor2 | self.user_manager2
        panel = [Command.create({"user_id": user.id}) for user in judges]
        tender = self._publish(self._create_tender("consultation", FACTORS, panelist_ids=panel))
        self._submit_bids(tender, (10000.0, 12000.0, 15000.0))
        tender = self._open(tender)
        self._tour_form(tender, "outsourcing_tender_declare", self.user_supervisor)
        for user in judges - self.user_supervisor:
            tender.with_user(user).action_declare_none()
        tender.action_evaluate()
        self._tour("/odoo/outsourcing-scores", "outsourcing_tender_score", self.user_supervisor)
        scores = self.env["outsourcing.bid.score"].with_user(self.user_supervisor).search([])
        self.assertEqual(scores.filtered("is_given").mapped("value"), [60.0])
        scores.filtered(lambda score: not score.is_given).write({"value": 50.0})
        self._tour_form(tender, "outsourcing_tender_hand_in", self.user_supervisor)
        seat = tender.panelist_ids.filtered(lambda member: member.user_id == self.user_supervisor)
        self.assertTrue(seat.date_handed_in)

    def test_openers_set_their_passphrases_and_open_together(self):
        tender = self._create_tender(seal_mode="encrypted")
        self._tour_form(tender, "outsourcing_tender_keys", self.user_manager)
        self.assertEqual(tender.sudo().key_ids.opener_ids, self.user_supervisor | self.user_manager)
        self._publish(tender)
        self._submit_bids(tender)
        self._let_the_deadline_pass(tender)
        attempts = self.env["outsourcing.opening.attempt"]
        self.patch(type(attempts), "_record", lambda _self, tender, user: None)
        self._tour_form(tender, "outsourcing_tender_unlock", self.user_manager)
        self.assertEqual(tender.state, "opened")
