from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon

PAGE = "/my/outsourcing/ratings"
WORDS = "The corridor was left dirty, again"


@tagged("post_install", "-at_install")
class TestOwnerRating(PortalCommon):
    """Owners' representatives rate finished work of their community: a fact, in private, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order()
        cls.order.with_user(cls.user_supervisor)._close_orders("Seen on site")
        cls.ratings = cls.env["outsourcing.owner.rating"]
        cls.own = cls.ratings.with_user(cls.portal_representative)
        cls.second = cls._create_portal_user("13800000031", "Owner Zhou")
        cls.community.representative_ids |= cls.second.partner_id

    def test_the_days_in_which_a_rating_can_be_changed_lie_within_a_year(self):
        for days, sentence in ((-1, "a number between 0 and"), (366, "for 0 to 365 days")):
            with self.subTest(days=days), self.assertRefused(sentence, ValidationError):
                self.company.outsourcing_rating_days = days
        self.company.outsourcing_rating_days = 365
        self._rate()
        self._rate(stars=3)

    def _facts(self):
        return self.env["outsourcing.fact"].search([("fact_type", "=", "owner_stars")])

    def _rate(self, stars=2, comment=WORDS, user=None, document=None, section="orders"):
        document = document or self.order
        return self.ratings.with_user(user or self.portal_representative)._portal_rate(
            section, document.id, stars, comment
        )

    def _give(self, user, **values):
        return self._send(f"{PAGE}/orders/{self.order.id}/give", values, user)

    def test_finished_work_is_rated_on_the_phone_and_becomes_a_fact(self):
        self._log_in(self.portal_representative)
        self.assertIn(PAGE, self._page("/my/outsourcing").text)
        self.assertIn(f"{PAGE}/orders/{self.order.id}", self._page(PAGE).text)
        answer = self._send(f"{PAGE}/orders/{self.order.id}/give", {"stars": "4", "comment": "Quick"})
        self.assertIn("Thank you for the rating.", answer.text)
        fact = self._facts()
        self.assertEqual(
            (fact.value, fact.contract_id, fact.contractor_id), (4.0, self.contract, self.contractor)
        )
        self.assertEqual(fact.community_id, self.community)
        self.assertNotIn(f"{PAGE}/orders/{self.order.id}", self._page(PAGE).text)
        self.assertIn("★★★★☆", self._page(f"{PAGE}?tab=given").text)

    def test_a_month_and_an_acceptance_are_rated_once_they_are_accepted(self):
        score, acceptance = self._create_score(), self._create_acceptance()
        for section, document in (("scores", score), ("acceptances", acceptance)):
            with self.assertRefused("You rate finished work", AccessError):
                self._rate(section=section, document=document)
            document._gated().write({"state": "accepted", "date_accepted": self.today})
            self._rate(section=section, document=document)
        self.assertEqual(len(self._facts()), 2)

    def test_the_section_has_to_fit_the_document(self):
        score = self._create_score()
        score._gated().write({"state": "accepted", "date_accepted": self.today})
        for section in ("acceptances", "orders", "contracts", "nothing"):
            with self.assertRefused("You rate finished work", AccessError):
                self._rate(section=section, document=score)

    def test_open_and_cancelled_work_is_not_rated(self):
        order = self._create_order()
        with self.assertRefused("You rate finished work", AccessError):
            self._rate(document=order)
        order.with_user(self.user_supervisor)._close_orders("Twice", "1_canceled")
        with self.assertRefused("You rate finished work", AccessError):
            self._rate(document=order)

    def test_work_of_long_ago_is_not_rated(self):
        long_ago = fields.Datetime.now() + timedelta(days=70)
        with patch.object(fields.Datetime, "now", lambda: long_ago):
            self.assertIsNone(self.own._find_work(self.portal_representative, "orders", self.order.id))

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_nobody_but_the_representatives_of_the_community_rates(self):
        other = self.community.copy({"name": "Second", "code": "SEC", "representative_ids": False})
        neighbour = self._create_portal_user("13800000032", "Owner Qian")
        other.representative_ids = neighbour.partner_id
        for user in (neighbour, self.portal_contractor, self.portal_competitor, self.portal_third_party):
            self.assertEqual(self._give(user, stars="5").status_code, 404, user.name)
            self.assertEqual(self._page(f"{PAGE}/orders/{self.order.id}").status_code, 404)
            with self.assertRefused("You rate finished work", AccessError):
                self._rate(5, user=user)
        self.assertFalse(self._facts())

    def test_a_representative_does_not_rate_the_own_firm(self):
        self.community.representative_ids |= self.portal_contractor.partner_id
        with self.assertRefused("You rate finished work", AccessError):
            self._rate(5, user=self.portal_contractor)

    def test_only_one_to_five_stars_are_taken(self):
        for stars in (0, 6, -1, False):
            with self.assertRefused("Give one to five stars."):
                self._rate(stars)
        for stars in ("", "0", "6", "5.5", "five", "1e1"):
            self.assertIn("Give one to five stars.", self._give(self.portal_representative, stars=stars).text)
        self.assertFalse(self._facts())

    def test_a_document_is_rated_once_whoever_represents_the_owners(self):
        self._rate(2)
        with self.assertRefused("has rated this for the owners already"):
            self._rate(5, user=self.second)
        page = self._page(f"{PAGE}/orders/{self.order.id}", self.second).text
        self.assertIn(self.portal_representative.name, page)
        self.assertNotIn('name="stars"', page)
        self.assertEqual(self._facts().value, 2.0)

    def test_two_at_the_same_moment_leave_one(self):
        rating = self._rate(2)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            rating._gated().copy({"res_model": rating.res_model, "res_id": rating.res_id})
            self.env.flush_all()

    def test_it_is_changed_for_some_days_and_counts_once(self):
        self._rate(2)
        rating = self._rate(4, "Cleaned since")
        self.assertEqual((len(rating), rating.stars, self._facts().value), (1, 4, 4.0))
        self.assertEqual(len(self._facts()), 1)
        rating._gated().date_rated = fields.Datetime.now() - timedelta(days=8)
        with self.assertRefused("could be changed are over"):
            self._rate(1)
        self.assertNotIn(
            'name="stars"', self._page(f"{PAGE}/orders/{self.order.id}", self.portal_representative).text
        )

    def test_mean_of_four_and_five_stars_keeps_its_half(self):
        second = self._create_order()
        second.with_user(self.user_supervisor)._close_orders("Seen on site")
        self._rate(4)
        self._rate(5, document=second)
        ratings = self.ratings.with_user(self.user_manager)
        [[mean]] = ratings._read_group([("contract_id", "=", self.contract.id)], [], ["stars_mean:avg"])
        self.assertEqual(mean, 4.5)

    def test_whoever_represents_the_owners_no_more_changes_nothing(self):
        self._rate(2)
        self.community.representative_ids -= self.portal_representative.partner_id
        with self.assertRefused("You rate finished work", AccessError):
            self._rate(5)
        self.assertEqual(self._give(self.portal_representative, stars="5").status_code, 404)

    def test_what_an_accepted_period_has_counted_stays(self):
        self._rate(2)
        row = self._facts().milestone_id
        self.assertTrue(row)
        row._gated().date_accepted = self.today
        with self.assertRefused("counted in an accepted period"):
            self._rate(5)

    def test_scripts_read_and_write_no_rating(self):
        rating = self._rate(2)
        calls = [
            ("search_read", [[]]),
            ("write", [rating.ids, {"stars": 5}]),
            ("create", [{"res_model": "project.task", "res_id": self.order.id, "stars": 5}]),
            ("unlink", [rating.ids]),
        ]
        for user in (self.portal_representative, self.portal_contractor, self.portal_competitor):
            self._log_in(user)
            for method, args in calls:
                params = {"model": rating._name, "method": method, "args": args, "kwargs": {}}
                with mute_logger("odoo.http", "odoo.addons.base.models.ir_access"):
                    result, refusal = self._send_json("/web/dataset/call_kw", params)
                self.assertFalse(result, method)
                self.assertTrue(refusal, method)
        self.assertEqual(rating.stars, 2)

    def test_staff_puts_nothing_right(self):
        rating = self._rate(2)
        for user in (self.user_supervisor, self.user_manager):
            with self.assertRaises(AccessError):  # core's own
                rating.with_user(user).write({"stars": 5})
        self.assertEqual(rating.with_user(self.user_manager).comment, WORDS)

    # ---- who reads it -----------------------------------------------------------------------------------

    def test_the_firm_reads_stars_and_words_and_not_who_wrote_them(self):
        self._rate(2)
        page = self._page(f"/my/outsourcing/orders/{self.order.id}", self.portal_contractor).text
        self.assertIn("★★☆☆☆", page)
        self.assertIn(WORDS, page)
        self.assertNotIn(self.portal_representative.name, page)

    def test_no_other_contractor_reads_a_word(self):
        acceptance = self._create_acceptance()
        acceptance._gated().write({"state": "accepted", "date_accepted": self.today})
        self._rate(section="acceptances", document=acceptance)
        url = f"/my/outsourcing/acceptances/{acceptance.id}"
        page = self._page(url, self.portal_third_party)
        self.assertEqual(page.status_code, 200)
        for sign in (WORDS, "★"):
            self.assertNotIn(sign, page.text)
        self.assertEqual(self._page(url, self.portal_competitor).status_code, 404)
        self.assertIn(WORDS, self._page(url, self.portal_contractor).text)

    def test_the_fact_carries_no_word(self):
        self._rate(2)
        texts = self._facts().read(["note", "source_name", "display_name"])[0].values()
        self.assertFalse([text for text in texts if "dirty" in str(text)])

    def test_staff_finds_it_on_the_document(self):
        self._rate(2)
        self.assertIn(WORDS, self.order.message_ids[0].body)
        self.assertEqual(self.order.message_ids[0].subtype_id, self.env.ref("mail.mt_note"))
