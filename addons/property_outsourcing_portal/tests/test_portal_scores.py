from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalScores(PortalCommon):
    """All months that wait are confirmed by one press, by the firm they wait for."""

    url = "/my/outsourcing/scores/confirm"

    def setUp(self):
        super().setUp()
        self.sheets = self._create_score(0) | self._create_score(1) | self._create_score(2)
        self.score_ids = ",".join(map(str, self.sheets.ids))

    def _confirm(self, user, score_ids=None, **kwargs):
        data = {"score_ids": self.score_ids if score_ids is None else score_ids}
        response = self._send(self.url, data, user, **kwargs)
        self.env.invalidate_all()
        return response

    def test_the_list_offers_what_waits(self):
        page = self._page("/my/outsourcing/scores", self.portal_contractor).text
        self.assertIn("Confirm all 3 scores", " ".join(page.split()))
        self.assertIn(f'value="{",".join(map(str, self.sheets.sorted().ids))}"', page)
        self.assertNotIn("Confirm all", self._page("/my/outsourcing/scores", self.portal_representative).text)

    def test_all_are_confirmed_at_once(self):
        response = self._confirm(self.portal_contractor)
        self.assertIn("alert-success", response.text)
        self.assertEqual(set(self.sheets.mapped("state")), {"accepted"})
        self.assertEqual(self.sheets.confirmed_by_id, self.portal_contractor)
        self.assertIn("alert-danger", self._confirm(self.portal_contractor).text)

    def test_one_objected_to_in_between_is_left_alone(self):
        self.sheets[0].with_user(self.portal_contractor)._portal_dispute_score("The visit was made")
        self._confirm(self.portal_contractor)
        self.assertEqual(self.sheets.mapped("state"), ["disputed", "accepted", "accepted"])

    def test_what_the_page_did_not_show_is_not_confirmed(self):
        self._confirm(self.portal_contractor, str(self.sheets[0].id))
        self.assertEqual(self.sheets.mapped("state"), ["accepted", "to_confirm", "to_confirm"])

    def test_a_foreign_contractor_confirms_nothing(self):
        self.assertEqual(self._confirm(self.portal_competitor).status_code, 404)
        own = self._create_active_contract(contractor_id=self.competitor.id)
        self.assertTrue(own)
        self.assertEqual(self._confirm(self.portal_competitor).status_code, 404)
        self.assertEqual(set(self.sheets.mapped("state")), {"to_confirm"})

    def test_a_foreign_score_among_own_ones_stops_all(self):
        other = self._create_active_contract(contractor_id=self.competitor.id)
        sheets = self.env["outsourcing.acceptance"].with_user(self.user_supervisor)
        foreign = sheets.create({"milestone_id": other.milestone_ids.sorted("date_start")[0].id})
        foreign.action_score()
        response = self._confirm(self.portal_contractor, f"{self.score_ids},{foreign.id}")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(set((self.sheets | foreign).mapped("state")), {"to_confirm"})

    def test_others_who_may_read_confirm_nothing(self):
        for user in (self.portal_representative, self.user_supervisor):
            self._confirm(user)
        self.assertEqual(set(self.sheets.mapped("state")), {"to_confirm"})

    def test_bad_requests_change_nothing(self):
        self.assertEqual(self._confirm(self.portal_contractor, csrf=False).status_code, 400)
        for score_ids in ("", "abc", "999999999", f"{self.sheets[0].id},0", "1' OR 1=1"):
            with self.subTest(score_ids=score_ids):
                self.assertEqual(self._confirm(self.portal_contractor, score_ids).status_code, 404)
        self._log_in(self.portal_contractor)
        self.assertNotEqual(self.url_open(self.url).status_code, 200)
        self.assertEqual(set(self.sheets.mapped("state")), {"to_confirm"})
