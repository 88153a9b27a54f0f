from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .award_common import AwardCommon, AwardFactory
from .evaluation_common import EvaluationFactory


@tagged("post_install", "-at_install")
class TestAward(AwardCommon):
    """Eligible by facts, ranked with the reasons, decided by a manager, valid for a year."""

    def test_two_quarters_of_the_best_grade_are_proposed(self):
        self._grade([95, 97])
        award = self._propose_gold()
        self.assertEqual((award.contractor_id, award.score, award.quarter_count), (self.contractor, 96, 2))
        self.assertIn("2 quarters rated, each with the best grade; mean 96; no card", award.reason)
        self.assertTrue(award.activity_ids.user_id)

    def test_who_worked_too_little_or_not_well_is_not_eligible(self):
        self._grade([95])
        self._grade([95, 85], contract=self.rival)
        with self.assertRefused("Nobody is eligible in"):
            self._propose_gold()

    def test_a_quarter_that_is_not_final_is_waited_for(self):
        evaluations = self._grade([95, 97])
        evaluations[0]._gated().write({"state": "preview"})
        with self.assertRefused("Nobody is eligible in"):
            self._propose_gold()

    def test_a_card_of_the_year_is_in_the_way_a_lifted_one_is_not(self):
        self._grade([95, 97])
        card = self._issue_card()
        with self.assertRefused("Nobody is eligible in"):
            self._propose_gold()
        card._gated().write({"state": "lifted"})
        self.assertTrue(self._propose_gold())

    def test_the_best_one_comes_first(self):
        self._grade([95, 97])
        self._grade([99, 99], contract=self.rival)
        awards = self._propose_gold()
        self.assertEqual(awards.contractor_id[0], self.competitor)
        self.assertEqual(awards.mapped("rank"), [1, 2])

    def test_nothing_is_proposed_twice(self):
        self._grade([95, 97])
        self.assertEqual(self._propose_gold(), self._propose_gold())
        self.env["outsourcing.award"]._cron_propose()
        self.assertEqual(self.env["outsourcing.award"].search_count([]), 1)

    def test_the_schedule_proposes_the_last_year(self):
        self._grade([95, 97])
        self.env["outsourcing.award"]._cron_propose()
        self.assertEqual(self.env["outsourcing.award"].search([]).year, str(self.year))

    def test_a_year_that_runs_or_is_none_is_refused(self):
        last = fields.Date.today().year - 1
        for year in (str(last + 1), "20x5", "1875", "²⁰²⁵", str(last - 2)):
            with self.assertRefused(f"the last two years that have ended: {last - 1} or {last}."):
                self._propose_gold(year=year)

    def test_a_manager_decides(self):
        self._grade([95, 97])
        award = self._propose_gold()
        with self.assertRefused("You are not the person who may take this step", AccessError):
            award.with_user(self.user_supervisor).action_award()
        award.with_user(self.user_manager).action_award()
        today = fields.Date.today()
        self.assertEqual(award.date_until, today + relativedelta(years=1, days=-1))
        self.assertEqual(
            (award.decided_by_id, award.contractor_name), (self.user_manager, "Steady Elevators")
        )

    def test_it_is_refused_and_revoked_with_a_reason(self):
        self._grade([95, 97])
        self._grade([99, 99], contract=self.rival)
        first, second = self._propose_gold()
        self._decide_with_reason(first.with_user(self.user_manager), "action_refuse", "Too few works")
        self.assertEqual((first.state, first.end_reason), ("refused", "Too few works"))
        second.with_user(self.user_manager).action_award()
        self._decide_with_reason(second.with_user(self.user_manager), "action_revoke", "Forged records")
        self.assertFalse(self.contractor.outsourcing_gold_until)

    def test_no_award_while_a_card_is_in_force(self):
        self._grade([95, 97])
        award = self._propose_gold()
        self._issue_card()
        with self.assertRefused("is in force: no award."):
            award.with_user(self.user_manager).action_award()

    def test_score_and_term_are_not_written(self):
        award = self._award().with_user(self.user_manager)
        for vals in (
            {"score": 100},
            {"date_until": date(2099, 1, 1)},
            {"contractor_name": "x"},
            {"contractor_id": self.competitor.id},
        ):
            with self.assertRefused("can no longer be changed."):
                award.write(vals)

    # ---- what it brings ---------------------------------------------------------------------------------

    def test_a_gold_partner_is_one_as_long_as_the_award_is_valid(self):
        award = self._award()
        gold, other = self.contractor.sudo(), self.competitor.sudo()
        self.assertEqual(gold._get_outsourcing_gold_award(self.company), award)
        self.assertFalse(other._get_outsourcing_gold_award(self.company))
        firm = self.contractor.with_user(self.user_supervisor)
        self.assertEqual((firm.outsourcing_gold_until, firm.outsourcing_award_count), (award.date_until, 1))
        with freeze_time(award.date_until + timedelta(days=2)):
            self.env.invalidate_all()
            self.assertFalse(gold._get_outsourcing_gold_award(self.company))

    def test_the_title_rests_while_a_card_is_in_force(self):
        self._award()
        card = self._issue_card()
        firm = self.contractor.sudo()
        self.assertFalse(firm._get_outsourcing_gold_award(self.company))
        card._gated().write({"state": "lifted"})
        self.assertTrue(firm._get_outsourcing_gold_award(self.company))

    def test_the_certificate_is_printed_once_it_is_awarded(self):
        self._grade([95, 97])
        award = self._propose_gold().with_user(self.user_manager)
        with self.assertRefused("it is not awarded: a manager decides first"):
            award.action_print_certificate()
        award.action_award()
        report = "property_outsourcing_evaluation.award_certificate_document"
        page = self.env["ir.actions.report"]._render_qweb_html(report, award.ids)[0].decode()
        for text in ("Gold Partner", "Steady Elevators", award.name, str(self.year)):
            self.assertIn(text, page)


@tagged("post_install", "-at_install")
class TestAwardPortal(AwardFactory, EvaluationFactory, PortalCommon):
    """The gold partner finds its award and certificate; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_quarter()
        cls._set_up_year()
        cls.award = cls._award()

    def test_the_firm_finds_its_award(self):
        self.assertIn(
            "/my/outsourcing/awards", self._page("/my/outsourcing", user=self.portal_contractor).text
        )
        page = self._page(f"/my/outsourcing/awards/{self.award.id}", user=self.portal_contractor)
        self.assertIn("Certificate (PDF)", page.text)

    def test_strangers_find_nothing(self):
        for path in ("", "/pdf"):
            page = self._page(f"/my/outsourcing/awards/{self.award.id}{path}", user=self.portal_competitor)
            self.assertEqual(page.status_code, 404)
