from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .tender_common import TENDER, TenderCommon

FACTORS = [("Plan", "technical", 70), ("Price", "price", 30)]


@tagged("post_install", "-at_install")
class TestTenderPanel(TenderCommon):
    """An odd panel without interests scores the technical parts alone, before the prices are shown."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.judges = cls.user_supervisor | cls.user_supervisor2 | cls.user_manager2

    def _create_judged(self, declare=True, members=None):
        panel = [Command.create({"user_id": user.id}) for user in members or self.judges]
        tender = self._create_tender("consultation", FACTORS, panelist_ids=panel)
        self._publish(tender)
        self._submit_bids(tender, (10000.0, 12000.0, 15000.0))
        tender = self._open(tender)
        for user in tender.panelist_ids.user_id if declare else ():
            tender.with_user(user).action_declare_none()
        return tender

    def _score(self, tender, user, points):
        """Let ``user`` give each firm its points and hand in."""
        scores = self.env["outsourcing.bid.score"].with_user(user).search([("user_id", "=", user.id)])
        for score in scores:
            score.value = points[score.contractor_id]
        tender.with_user(user).action_hand_in()

    def _score_all(self, tender, points=(60, 50, 40)):
        given = dict(zip(self.firms, points, strict=True))
        for user in self.judges:
            self._score(tender, user, given)

    def test_members_are_asked_to_declare_after_the_opening(self):
        tender = self._create_judged(declare=False)
        self.assertEqual(tender.activity_ids.user_id, self.judges)
        with self.assertRefused("have not declared their interests yet"):
            tender.action_evaluate()

    def test_an_even_panel_does_not_begin(self):
        tender = self._create_judged()
        with self.assertRefused("not the person", AccessError):
            tender.with_user(self.user_supervisor).action_evaluate()
        tender.panelist_ids[:1]._gated().declaration = "conflict"
        with self.assertRefused("A panel has an odd number of members without an interest, 3 at least"):
            tender.action_evaluate()

    def test_whoever_stands_aside_scores_nothing(self):
        tender = self._create_judged(declare=False)
        tender.with_user(self.user_supervisor).action_stand_aside()
        self.assertEqual(tender.panelist_ids[0].declaration, "conflict")
        tender.panelist_ids = [Command.create({"user_id": self.user_finance.id})]
        for user in (self.user_supervisor2, self.user_manager2, self.user_finance):
            tender.with_user(user).action_declare_none()
        tender.action_evaluate()
        self.assertNotIn(self.user_supervisor, tender.sudo().panelist_ids.score_ids.user_id)

    def test_a_judge_with_the_phone_of_a_bidder_stands_aside(self):
        self.contractor.phone = "13912345678"
        self.user_supervisor.partner_id.phone = "13912345678"
        tender = self._create_judged(declare=False)
        with self.assertRefused("is bound to a bidder and has to stand aside: Steady Elevators"):
            tender.with_user(self.user_supervisor).action_declare_none()

    def test_a_judge_who_belongs_to_a_bidder_stands_aside(self):
        self.user_supervisor.partner_id.sudo().parent_id = self.contractor
        tender = self._create_judged(declare=False)
        with self.assertRefused("is bound to a bidder and has to stand aside: Steady Elevators"):
            tender.with_user(self.user_supervisor).action_declare_none()

    def test_nobody_declares_for_another(self):
        tender = self._create_judged(declare=False)
        seat = tender.panelist_ids.filtered(lambda member: member.user_id == self.user_supervisor)
        with self.assertRefused("declare their interests themselves", AccessError):
            seat.with_user(self.user_manager).action_declare_none()
        with self.assertRefused("declare their interests themselves"):
            seat.with_user(self.user_manager).declaration = "none"

    def test_scores_of_others_are_hidden_until_all_are_in(self):
        tender = self._create_judged()
        tender.action_evaluate()
        points = dict(zip(self.firms, (60, 50, 40), strict=True))
        self._score(tender, self.user_supervisor, points)
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.user_manager, self.user_supervisor2, self.user_admin):
            scores = self.env["outsourcing.bid.score"].with_user(user)
            self.assertLessEqual(scores.search([]).user_id, user)
        with self.assertRefused("stay closed until all members of the panel have handed in"):
            tender.action_open_prices()

    def test_no_score_is_given_for_another_or_changed_afterwards(self):
        tender = self._create_judged()
        tender.action_evaluate()
        own = tender.sudo().panelist_ids.score_ids.filtered(
            lambda score: score.user_id == self.user_supervisor
        )
        with self.assertRaises(AccessError):  # core's own: hidden
            own.with_user(self.user_supervisor2).value = 1
        self._score(tender, self.user_supervisor, dict.fromkeys(self.firms, 50))
        with self.assertRefused("Scores that were handed in are not changed."):
            own.with_user(self.user_supervisor).value = 1

    def test_points_lie_within_the_factor_and_all_are_given(self):
        tender = self._create_judged()
        tender.action_evaluate()
        scores = self.env["outsourcing.bid.score"].with_user(self.user_supervisor).search([])
        with self.assertRefused("points lie between 0 and 70"):
            scores[0].value = 70.01
        scores[1].value = 0.0
        self.assertTrue(scores[1].is_given)
        with self.assertRefused("2 scores are still to be given."):
            tender.with_user(self.user_supervisor).action_hand_in()

    def test_technical_points_come_before_the_prices(self):
        tender = self._create_judged()
        tender.action_evaluate()
        self._score_all(tender)
        self.assertEqual(
            tender.activity_ids.activity_type_id, self.env.ref(f"{TENDER}.activity_type_tender_prices")
        )
        self.assertFalse(any(tender.bid_ids.mapped("has_price")))
        tender.action_open_prices()
        bids = [self._get_bid(tender, firm) for firm in self.firms]
        self.assertEqual([bid.score_technical for bid in bids], [60.0, 50.0, 40.0])
        self.assertEqual([bid.score_price for bid in bids], [30.0, 25.0, 20.0])
        self.assertEqual([bid.rank for bid in bids], [1, 2, 3])

    def test_a_bid_below_the_least_points_is_excluded(self):
        tender = self._create_judged()
        tender.criterion_ids.filtered(lambda factor: factor.kind == "technical")._gated().pass_mark = 45
        tender.action_evaluate()
        self._score_all(tender)
        bid = self._get_bid(tender, self.third_firm)
        self.assertEqual(
            (bid.state, bid.disqualify_reason), ("disqualified", "Below the least points: Plan.")
        )

    def test_a_bid_at_the_least_points_stays(self):
        tender = self._create_judged()
        tender.criterion_ids.filtered(lambda factor: factor.kind == "technical")._gated().pass_mark = 40
        tender.action_evaluate()
        self._score_all(tender)
        self.assertNotEqual(self._get_bid(tender, self.third_firm).state, "disqualified")

    def test_nobody_is_awarded_before_the_prices(self):
        tender = self._create_judged()
        tender.action_evaluate()
        with self.assertRefused("The prices are not opened yet."):
            tender.action_award()

    def test_a_member_from_another_community_takes_the_seat(self):
        members = self.user_outsider | self.user_supervisor | self.user_manager2
        tender = self._create_judged(declare=False, members=members)
        self.assertEqual(tender.sudo().panel_user_ids, members)
        tender.with_user(self.user_outsider).action_declare_none()
        tender.invalidate_recordset()
        self.assertEqual(tender.with_user(self.user_outsider).my_declaration, "none")
        self.assertEqual(tender.with_user(self.user_outsider).bid_count, 3)

    def test_a_seat_counts_at_once(self):
        tender = self._create_tender("consultation", FACTORS)
        for user in (self.user_manager2, self.user_supervisor, self.user_outsider):
            self.env["outsourcing.tender.panelist"].sudo().create(
                {"tender_id": tender.id, "user_id": user.id}
            )
        tender.with_user(self.user_manager).action_publish()
        bids = [self._draft_bid(tender, firm, 10) for firm in self.firms]
        for bid in bids:
            bid.action_submit()
        with self._after_deadline(tender):
            tender.with_user(self.user_supervisor).action_ready_to_open()
            tender.with_user(self.user_manager).action_open()
            tender.with_user(self.user_outsider).action_declare_none()
