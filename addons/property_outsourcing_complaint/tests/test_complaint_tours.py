import re

from odoo.tests import HttpCase, tagged

from odoo.addons.property_outsourcing_portal.tests.phone_browser import PhoneMixin

from .complaint_common import PHONE, ComplaintCommon
from .page_common import PageCommon

LINK = "location.pathname.startsWith('/outsourcing/complaint/')"


@tagged("post_install", "-at_install")
class TestComplaintDeskTours(ComplaintCommon, HttpCase):
    """The desk writes down what a caller says, has it done, and finds that others called before."""

    browser_size = "1440x900"

    def test_a_caller_is_entered_dispatched_and_joined_by_another(self):
        login = self.user_supervisor.login
        self.start_tour("/odoo/outsourcing-complaints", "outsourcing_complaint_desk", login=login)
        self.env.invalidate_all()
        first = self.env["outsourcing.complaint"].search([("description", "=", "Dark and still")])
        self.assertEqual((first.state, first.phone), ("dispatched", PHONE))
        self.assertEqual(first.task_id.outsourcing_contract_id, self.contract)
        second = self._report_matter()
        url = f"/odoo/outsourcing-complaints/{second.id}"
        self.start_tour(url, "outsourcing_complaint_desk_merge", login=login)
        self.env.invalidate_all()
        self.assertEqual(second.merged_into_id, first)


@tagged("post_install", "-at_install")
class TestComplaintPhoneTours(PhoneMixin, PageCommon):
    """With a phone in the hand: who reports it until it is right, and who is sent to do it."""

    def _finish(self, phone):
        """Have the desk and the contractor do it, while the phone is in the pocket."""
        phone.browser.navigate_to("about:blank")
        self._wait_remaining_requests()
        self.env.invalidate_all()
        complaint = self._complaints().with_user(self.user_supervisor)
        if complaint.state == "new":
            complaint.action_accept()
        self._dispatch_matter(complaint)
        self._finish_order(complaint.task_id)
        self.env.flush_all()
        self.env.invalidate_all()
        return complaint

    def test_a_resident_reports_returns_and_confirms(self):
        with self._open_phone(self.url, None) as phone:
            phone.run(f"document.querySelector('#problem_id').value = '{self.stuck.id}'")
            phone.run("type('#description', 'Dark and still'); await take('#files', ['red'])")
            phone.run(
                "const [, a, b] = document.querySelector('form[data-outbox] [name=stamp]').value.split('-');"
                "type('#answer', String(Number(a) + Number(b)))"
            )
            phone.click("form[data-outbox] button[type=submit]")
            phone.wait(f"{LINK} && document.querySelector('.badge')")
            self.assertIn("We have received it", phone.run("return document.body.innerText"))
            path = phone.run("return location.pathname")
            self._finish(phone)
            phone.browser.navigate_to(self.base_url() + path)
            phone.wait("document.querySelector('form[action$=return]')")
            self.assertIn("It was reported done", phone.run("return document.body.innerText"))
            phone.run("type('[name=reason]', 'The door still jams')")
            phone.click("form[action$=return] button")
            phone.wait("document.body.innerText.includes('Not right yet, being looked at')")
            complaint = self._finish(phone)
            phone.browser.navigate_to(self.base_url() + path)
            phone.wait("document.querySelector('#stars_5')")
            phone.click("#stars_5")
            phone.run("type('[name=comment]', 'Thank you')")
            phone.click("form[action$=confirm] button")
            phone.wait("document.body.innerText.includes('Confirmed as right')")
            wide = "document.documentElement.scrollWidth - window.innerWidth"
            self.assertLessEqual(phone.run(f"return {wide}"), 1)
        self.assertRecordValues(
            complaint,
            [{"state": "confirmed", "return_count": 1, "stars": 5, "resident_comment": "Thank you"}],
        )
        self.assertEqual(len(complaint.sudo().photo_ids), 1)

    def test_the_contractor_reads_what_to_do_and_no_number(self):
        complaint = self._dispatched()
        with self._open_phone(f"/my/outsourcing/orders/{complaint.task_id.id}", self.portal_contractor) as phone:
            page = phone.run("return document.documentElement.outerHTML")
        self.assertIn("The lift stands still", page)
        self.assertNotIn("Ms Wang", page)
        self.assertNotIn(PHONE, re.sub(r"[\s-]", "", page))
