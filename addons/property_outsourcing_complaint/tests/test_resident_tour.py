from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.phone_browser import PhoneMixin

from .page_common import PageCommon

LINK = "location.pathname.startsWith('/outsourcing/complaint/')"
WIDE = "return document.documentElement.scrollWidth - window.innerWidth"
ANSWER = """
    const [, first, second] = document.querySelector("form[data-outbox] [name=stamp]").value.split("-");
    type("#answer", String(Number(first) + Number(second)));
"""


@tagged("post_install", "-at_install")
class TestResidentTour(PhoneMixin, PageCommon):
    """Who reports it follows it on the phone until it is right."""

    def _follow(self, phone, path, waits_for):
        """Open the page of the report on a phone of its own: the link alone is the right."""
        phone.browser.navigate_to(self.base_url() + path)
        phone.wait(f"location.pathname === '{path}' && document.querySelector(\"{waits_for}\")")

    def _finish(self):
        """Have the desk and the contractor do it. No phone is open: no request shares the cursor."""
        complaint = self._complaints().with_user(self.user_supervisor)
        if complaint.state == "new":
            complaint.action_accept()
        self._dispatch_matter(complaint)
        self._finish_order(complaint.task_id)
        self.env.flush_all()

    def test_a_resident_reports_returns_and_confirms(self):
        with self._open_phone(self.url, None) as phone:
            phone.run(f"document.querySelector('#problem_id').value = '{self.stuck.id}'")
            phone.run("type('#description', 'Dark and still'); await take('#files', ['red'])")
            phone.run(ANSWER)
            phone.click("form[data-outbox] button[type=submit]")
            phone.wait(f"{LINK} && document.querySelector('.badge')")
            self.assertIn("We have received it", phone.run("return document.body.innerText"))
            path = phone.run("return location.pathname")
        self._finish()
        with self._open_phone(self.url, None) as phone:
            self._follow(phone, path, "form[action$=return]")
            self.assertIn("It was reported done", phone.run("return document.body.innerText"))
            phone.run("type('[name=reason]', 'The door still jams')")
            phone.click("form[action$=return] button")
            phone.wait("document.body.innerText.includes('Not right yet, being looked at')")
        self._finish()
        with self._open_phone(self.url, None) as phone:
            self._follow(phone, path, "#stars_5")
            phone.click("#stars_5")
            phone.run("type('[name=comment]', 'Thank you')")
            phone.click("form[action$=confirm] button")
            phone.wait("document.body.innerText.includes('Confirmed as right')")
            self.assertLessEqual(phone.run(WIDE), 1)
        complaint = self._complaints().sudo()
        self.assertRecordValues(
            complaint,
            [{"state": "confirmed", "return_count": 1, "stars": 5, "resident_comment": "Thank you"}],
        )
        self.assertEqual(len(complaint.photo_ids), 1)
