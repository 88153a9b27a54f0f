from odoo.tests import HttpCase, tagged

from .complaint_common import PHONE, ComplaintCommon


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
