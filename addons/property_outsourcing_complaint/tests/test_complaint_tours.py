import re

from odoo.tests import HttpCase, tagged

from odoo.addons.property_outsourcing_portal.tests.phone_browser import PhoneMixin

from .complaint_common import PHONE, ComplaintCommon
from .page_common import PageCommon


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
    """With a phone in the hand: who is sent to do it."""

    def test_the_contractor_reads_what_to_do_and_no_number(self):
        complaint = self._dispatched()
        with self._open_phone(
            f"/my/outsourcing/orders/{complaint.task_id.id}", self.portal_contractor
        ) as phone:
            page = phone.run("return document.documentElement.outerHTML")
        self.assertIn("The lift stands still", page)
        self.assertNotIn("Ms Wang", page)
        self.assertNotIn(PHONE, re.sub(r"[\s-]", "", page))
