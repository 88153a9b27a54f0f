from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .complaint_common import PHONE
from .page_common import TIMEOUT, PageCommon

LIST = "/my/outsourcing/reports"


@tagged("post_install", "-at_install")
class TestPageMine(PageCommon):
    """Residents with a login find what they reported; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.resident = cls._create_resident("13912345678", "Resident Wang")

    def _read(self, user, url=LIST):
        self.authenticate(user.login, user.login)
        return self.url_open(url, timeout=TIMEOUT)

    @classmethod
    def _create_resident(cls, login, name):
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": login,
                "password": login,
                "lang": "en_US",
                "group_ids": [(6, 0, cls.env.ref("base.group_portal").ids)],
            }
        )

    def test_what_was_reported_with_the_login_or_its_number_is_listed(self):
        self._send(phone="+86 139 1234 5678", description="By number")
        complaint = self._complaints()
        page = self._read(self.resident)
        self.assertIn(complaint.name, page.text)
        self.assertIn(complaint.reporter_ids._get_path(complaint.reporter_ids.sudo().token), page.text)
        self.assertIn("We have received it", page.text)
        other = self._create_resident("13900000099", "Somebody Else")
        self.assertNotIn(complaint.name, self._read(other).text)
        self.assertIn("You have not reported anything", self._read(other).text)

    def test_the_page_used_with_a_login_keeps_the_report(self):
        form = self._fill_in()
        self.authenticate(self.resident.login, self.resident.login)
        self.url_open(f"{self.url}/send", data=form, timeout=TIMEOUT, method="POST")
        self.assertEqual(self._complaints().reporter_ids.user_id, self.resident)

    def test_a_report_is_kept_later_by_whoever_has_its_link(self):
        path = f"/outsourcing/{self._path(self._send())}"
        self.assertNotIn("Keep it among my reports", self._open(path).text)
        self.assertIn("Keep it among my reports", self._read(self.resident, path).text)
        self.url_open(f"{path}/keep", data={"x": "1"}, timeout=TIMEOUT, method="POST")
        self.assertEqual(self._complaints().reporter_ids.user_id, self.resident)
        self._post(f"{path}/keep")
        self.assertEqual(self._complaints().reporter_ids.user_id, self.resident)

    def test_a_second_matter_split_off_is_listed_as_well(self):
        form = self._fill_in()
        self.authenticate(self.resident.login, self.resident.login)
        self.url_open(f"{self.url}/send", data=form, timeout=TIMEOUT, method="POST")
        first = self._complaints()
        self._take(first.with_user(self.user_supervisor), "action_split", "The corridor is dark as well")
        self.assertIn((self._complaints() - first).name, self._read(self.resident).text)

    def test_the_number_of_a_firm_shows_it_nothing(self):
        self._send(phone=PHONE)
        firm = self.env["res.partner"].create({"name": "Lift firm", "is_company": True})
        self.resident.partner_id.parent_id = firm
        self.assertNotIn(self._complaints().name, self._read(self.resident).text)

    def test_the_first_page_leads_to_the_reports(self):
        self.assertNotIn(LIST, self._read(self.resident, "/my/outsourcing").text)
        self._send(phone=PHONE)
        self.assertIn(LIST, self._read(self.resident, "/my/outsourcing").text)

    def test_what_was_over_long_ago_is_listed_and_leads_to_no_dead_link(self):
        self._send(phone=PHONE)
        complaint = self._complaints()
        days = self.company.outsourcing_complaint_link_days + 1
        over = fields.Datetime.now() - timedelta(days=days)
        complaint._gated().write({"state": "closed", "date_closed": over})
        page = self._read(self.resident)
        self.assertIn(complaint.name, page.text)
        self.assertNotIn(f"/outsourcing/complaint/{complaint.reporter_ids.id}/", page.text)

    def test_the_login_is_erased_with_the_person(self):
        self._send(phone=PHONE)
        person = self._complaints().reporter_ids
        person._keep_for(self.resident)
        person._erase()
        self.assertFalse(person.user_id)

    def test_visitors_are_asked_to_log_in(self):
        self.assertIn("/web/login", self._open(LIST).url)

    def test_who_represents_the_owners_is_led_to_the_places_of_the_own_community(self):
        codes = self.env["outsourcing.complaint.code"].with_user(self.user_supervisor)
        place = self.env["outsourcing.location"].create(
            {"name": "Block 9", "kind": "building", "community_id": self.community.id}
        )
        other = self.community.copy({"name": "Second", "code": "SEC", "representative_ids": False})
        far = self.env["outsourcing.location"].create(
            {"name": "Block 1", "kind": "building", "community_id": other.id}
        )
        own = codes._get_or_create(place.with_user(self.user_supervisor))
        foreign = codes.with_user(self.user_manager)._get_or_create(far.with_user(self.user_manager))
        self.portal_representative.password = self.portal_representative.login
        self.assertIn(LIST, self._read(self.portal_representative, "/my/outsourcing").text)
        page = self._read(self.portal_representative).text
        self.assertIn(f"/outsourcing/report/{own.code}", page)
        self.assertNotIn(foreign.code, page)
        self.assertNotIn(own.code, self._read(self.resident).text)

    def test_an_order_that_residents_rate_is_not_rated_once_more_by_their_representative(self):
        own = self._done()
        ratings, user = self.env["outsourcing.owner.rating"], self.portal_representative
        self.assertEqual(own.task_id.state, "1_done")
        self.assertIsNone(ratings._find_work(user, "orders", own.task_id.id))
        plain = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Noise"})
        plain._close_orders("Seen on site")
        self.assertTrue(ratings._find_work(user, "orders", plain.id))
