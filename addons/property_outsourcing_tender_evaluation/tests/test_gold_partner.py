from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon
from odoo.addons.property_outsourcing_tender.tests.tender_common import TenderCommon, TenderFactory

EVALUATION = "property_outsourcing_evaluation"
MOST = 13  # queries of a notice: core's own home page of a customer asks for 17


def award_gold(env, company, firm, **vals):
    """Return an award of ``firm`` that was decided yesterday and is valid for a year."""
    today = fields.Date.today()
    return (
        env["outsourcing.award"]
        ._gated()
        .create(
            {
                "company_id": company.id,
                "contractor_id": firm.id,
                "year": str(today.year - 1),
                "state": "awarded",
                "date_decided": fields.Datetime.now() - timedelta(days=1),
                "date_from": today - timedelta(days=1),
                "date_until": today + relativedelta(years=1, days=-2),
                **vals,
            }
        )
    )


def issue_card(env, firm):
    """Let a card be in force against ``firm``, proposed by the user of ``env``."""
    card = env["outsourcing.card"].create(
        {
            "rule_id": env.ref(f"{EVALUATION}.card_rule_manual").id,
            "contractor_id": firm.id,
            "grounds": "Worked without a permit",
        }
    )
    card._gated().write({"state": "issued"})
    return card


@tagged("post_install", "-at_install")
class TestGoldPartner(TenderCommon):
    """The title of gold partner reaches the ranking as a line that names the award."""

    @classmethod
    def _award_gold(cls, firm, **vals):
        return award_gold(cls.env, cls.company, firm, **vals)

    def _rank(self, award_later=None, **vals):
        """Return a tender in which the third firm asks for one percent more than the first."""
        tender = self._create_tender(**{"performance_points": 0.0, "gold_points": 2.0, **vals})
        self._submit_bids(self._publish(tender), (100.0, 100.5, 101.0))
        tender = self._open(tender)
        if award_later:
            self._award_gold(award_later, date_decided=tender.date_opened + timedelta(seconds=1))
        tender.action_evaluate()
        return tender

    def test_a_gold_partner_is_lifted_and_the_line_names_the_award(self):
        award = self._award_gold(self.third_firm)
        tender = self._rank()
        bid = self._get_bid(tender, self.third_firm)
        self.assertEqual((bid.score_bonus, bid.rank), (2.0, 1))
        self.assertIn(f"Gold partner {award.year} (award {award.name})", bid.score_explanation)
        self.assertFalse(self._get_bid(tender, self.contractor).score_bonus)

    def test_an_award_after_the_opening_moves_no_bid(self):
        bid = self._get_bid(self._rank(award_later=self.third_firm), self.third_firm)
        self.assertEqual((bid.score_bonus, bid.rank), (0.0, 3))

    def test_what_is_over_revoked_or_not_decided_does_not_count(self):
        day = fields.Date.today()
        self._award_gold(self.contractor, date_until=day + timedelta(days=29))  # the opening is a day later
        self._award_gold(self.competitor, state="revoked")
        self._award_gold(self.third_firm, state="proposed", date_decided=False, date_until=False)
        tender = self._rank()
        self.assertEqual([self._get_bid(tender, firm).score_bonus for firm in self.firms], [0.0] * 3)

    def test_the_points_rest_while_a_card_is_in_force(self):
        self._award_gold(self.third_firm)
        tender = self._create_tender(gold_points=2.0).sudo()
        firm = self.third_firm.sudo()
        self.assertEqual(len(tender._get_bid_bonus(firm)[firm]), 1)
        issue_card(self.env(user=self.user_manager), self.third_firm)
        self.assertFalse(tender._get_bid_bonus(firm)[firm])

    def test_the_points_are_fixed_with_the_publication(self):
        self.assertFalse(self._create_tender("quotes").gold_points, "the price alone decides")
        draft = self._create_tender("public", [("Plan", "technical", 40), ("Price", "price", 60)])
        self.assertEqual(draft.gold_points, 2.0)
        tender = self._publish(draft)
        with self.assertRefused("Points for Gold Partners can no longer be changed"):
            tender.gold_points = 9.0
        with self.assertRefused("A gold partner gets 0 to 10 points."):
            self._create_tender(gold_points=10.5)

    def test_bidders_read_the_points_before_they_bid(self):
        tender = self._create_tender(gold_points=2.0)
        values = {"doc": tender, "plain": lambda value: f"{value:g}"}
        page = str(self.env["ir.qweb"]._render("property_outsourcing_tender.tender_factors", values))
        self.assertIn("A gold partner gets 2 points more", page)
        tender.gold_points = 0.0
        page = str(self.env["ir.qweb"]._render("property_outsourcing_tender.tender_factors", values))
        self.assertNotIn("A gold partner", page)

    def test_gold_partners_then_the_best_tier_are_proposed_first(self):
        self._award_gold(self.third_firm)
        tiers = {self.contractor: "B", self.competitor: "A"}
        with patch.object(type(self.env["res.partner"]), "_map_outsourcing_tiers", lambda firms: tiers):
            tender = self._create_tender("direct", invited_ids=[])
            found = [tender._find_firms_to_invite(count) for count in (1, 2, 3)]
        self.assertEqual(found[0], self.third_firm)
        self.assertEqual(found[1], self.third_firm | self.competitor)
        self.assertEqual(found[2], self.firms)

    def test_thirty_bidders_cost_the_queries_of_one(self):
        tender = self._create_tender(gold_points=2.0).sudo()
        firms = self.firms | self.env["res.partner"].union(
            *(self._create_contractor(f"Firm {n}") for n in range(27))
        )
        for firm in firms:
            self._award_gold(firm)
        counts = []
        for asked in (firms[:1].sudo(), firms.sudo()):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            tender._get_bid_bonus(asked)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestGoldPartnerNotice(TenderFactory, PortalCommon):
    """Everybody reads on the public pages who holds the title, whoever bids."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        factors = [("Plan", "technical", 40), ("Price", "price", 60)]
        cls.tender = cls._publish(cls._create_tender("public", factors))

    def _read_notices(self):
        self.authenticate(None, None)
        paths = ("/outsourcing/notices", f"/outsourcing/notices/{self.tender.id}")
        return [self._page(path).text for path in paths]

    def test_the_public_pages_name_gold_partners(self):
        award = award_gold(self.env, self.company, self.third_firm)
        award_gold(self.env, self.company, self.competitor, state="revoked")
        self.env.flush_all()
        for page in self._read_notices():
            self.assertIn(self.third_firm.name, page)
            self.assertIn(award.name, page)
            self.assertNotIn(self.competitor.name, page)

    def test_a_title_that_rests_is_not_shown(self):
        award_gold(self.env, self.company, self.third_firm)
        issue_card(self.env(user=self.user_manager), self.third_firm)
        self.env.flush_all()
        for page in self._read_notices():
            self.assertNotIn(self.third_firm.name, page)

    def test_many_gold_partners_cost_what_one_does(self):
        self.authenticate(None, None)
        counts = []
        for firm in self.firms:
            award_gold(self.env, self.company, firm)
            self.env.flush_all()
            counts.append(self._count_page_queries(f"/outsourcing/notices/{self.tender.id}"))
        self.assertEqual(counts, counts[:1] * len(self.firms))
        self.assertLessEqual(counts[0], MOST)
