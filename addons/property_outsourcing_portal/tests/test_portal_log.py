from datetime import timedelta

from odoo.tests import tagged

from .common import PortalCommon
from .phone_browser import PhoneCase


@tagged("post_install", "-at_install")
class TestPortalLog(PortalCommon):
    """A second log of a day is said before it is written; what is missing is said at once."""

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_contractor)
        self.place = f"{self.contract.id}-{self.community.id}"
        self.logs = self.env["outsourcing.site.log"]

    def _create_log(self, user=None, contract=None, **vals):
        user = user or self.portal_contractor
        contract = (contract or self.contract).with_user(user)
        return self.logs.with_user(user)._portal_create(contract, vals).with_env(self.env)

    def _begin(self, place=None, **data):
        return self._send(
            "/my/outsourcing/logs/create",
            {"place": place or self.place, "date": self.today.isoformat(), **data},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    def _count(self):
        return self.logs.search_count([("user_id", "=", self.portal_contractor.id)])

    def test_second_visit_of_a_day_is_meant_or_not_begun(self):
        log = self._create_log()
        self.assertIn(log.name, self._page("/my/outsourcing/logs/new").text)
        answer = self._begin()
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(answer.json()["error"], f"You have written {log.name} of this day already.")
        self.assertEqual(answer.json()["gaps"][0]["focus"], "again_field")
        self.assertEqual(self._count(), 1)
        self.assertEqual(self._begin(again="1").status_code, 200)
        self.assertEqual(self._count(), 2)

    def test_construction_log_is_written_once_a_day(self):
        works = self._create_works_contract()
        log = self._create_log(contract=works)
        answer = self._begin(f"{works.id}-{log.community_id.id}", again="1")
        self.assertEqual(answer.json()["error"], f"You have written {log.name} of this day already.")
        self.assertEqual(self._count(), 1)

    def test_log_of_a_colleague_is_no_second_one(self):
        self._create_log(self.colleague)
        self.assertEqual(self._begin().status_code, 200)

    def test_only_what_the_person_may_read_is_offered_to_be_copied(self):
        yesterday = self.today - timedelta(days=1)
        self._create_log(self.colleague, date=yesterday, content="Secret of the colleague")
        log = self._create_log()
        url = f"/my/outsourcing/logs/{log.id}"
        self.assertNotIn("Secret of the colleague", self._page(url).text)
        self._create_log(date=yesterday, content="Greased the rails", weather="rain")
        text = self._page(url).text
        self.assertIn("Greased the rails", text)
        self.assertIn('value="rain" selected="selected"', text)

    def test_all_that_a_log_lacks_is_said_with_its_place(self):
        log = self._create_log()
        script = {"X-Requested-With": "XMLHttpRequest"}
        answer = self._send(f"/my/outsourcing/logs/{log.id}/submit", {"content": " "}, headers=script).json()
        self.assertEqual([gap["focus"] for gap in answer["gaps"]], ["content", "performers", "photos"])

    def test_number_of_people_that_is_none_is_refused_and_changes_nothing(self):
        log = self._create_log(headcount=4)
        url = f"/my/outsourcing/logs/{log.id}/save"
        for typed, count in (("３", 3), ("3人", 3), ("2,5", 3), ("", 0)):
            self._send(url, {"headcount": typed})
            self.env.invalidate_all()
            self.assertEqual(log.headcount, count, typed)


@tagged("post_install", "-at_install")
class TestPhoneLog(PhoneCase):
    """Yesterday's log is copied on the phone, without signal, into what is still empty."""

    def test_log_of_yesterday_is_copied_without_signal(self):
        logs = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        contract = self.contract.with_user(self.portal_contractor)
        vals = {"content": "Greased the rails", "headcount": 3, "performer_ids": self.performer.ids}
        logs._portal_create(
            contract, {**vals, "date": self.today - timedelta(days=1), "problems": "Key lost"}
        )
        log = logs._portal_create(contract, {"problems": "None today"}).with_env(self.env)
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            phone.cut()
            phone.click(".o_outsourcing_copy")
            phone.cut(False)
            phone.click(".o_outsourcing_log button[type=submit]")
            phone.wait("document.querySelector('.o_outsourcing_flash')")
        self.assertEqual((log.content, log.headcount, log.problems), ("Greased the rails", 3, "None today"))
        self.assertEqual((log.performer_ids, log.evidence_count), (self.performer, 0))

    def test_second_visit_is_meant_also_where_the_first_was_begun_after_the_page_was_opened(self):
        begin = ".o_outsourcing_log_new button[type=submit]"
        with self._open_phone("/my/outsourcing/logs/new", self.portal_contractor) as phone:
            phone.run(  # as another tab does
                "const form = document.querySelector('.o_outsourcing_log_new');"
                "const body = new FormData(form); body.delete('client_key');"
                "await fetch(form.action, { method: 'POST', body })"
            )
            phone.click(begin)
            phone.wait("document.querySelector('.o_outsourcing_again input')?.checkVisibility()")
            phone.click(".o_outsourcing_again input")
            phone.click(begin)
            phone.wait("location.pathname.match('logs/[0-9]+$')")
        logs = self.env["outsourcing.site.log"].search([("user_id", "=", self.portal_contractor.id)])
        self.assertEqual(len(logs), 2)
