from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .complaint_common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintMany(DocumentsCommon, ComplaintCommon):
    """A desk that deals with thirty reports at once waits no longer than with one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaints = cls.env["outsourcing.complaint"].create(
            [
                {
                    "problem_id": cls.stuck.id,
                    "equipment_id": cls.elevator.id,
                    "reporter_ids": [Command.create({"name": f"Resident {number}", "phone": "13912345678"})],
                }
                for number in range(cls.MANY + 2)
            ]
        )

    def test_they_are_taken_up_answered_done_and_returned(self):
        staff = self.user_supervisor
        self._take_steps(
            self.complaints,
            Step("outsourcing.complaint.action_accept", staff),
            Step("outsourcing.complaint.action_merge", staff),
            Step("outsourcing.complaint.action_answer", staff),
            Step("outsourcing.complaint._answer", staff, ("We are on our way",)),
            Step("outsourcing.complaint.action_dispatch", staff),
            Step("outsourcing.complaint.action_done", staff),
        )
        self.complaints._gated().write({"contract_id": self.contract.id})
        self._take_steps(
            self.complaints,
            Step("outsourcing.complaint._finish", staff, ("Greased",), self.ROWS),
            Step("outsourcing.complaint.action_return", staff),
            Step("outsourcing.complaint._return", staff, ("It jams again",), self.ROWS),
        )

    def test_they_are_merged(self):
        target = self.env["outsourcing.complaint"].create(
            {"description": "Main", "community_id": self.community.id}
        )
        self._take_steps(
            self.complaints,
            Step(
                "outsourcing.complaint._merge_into",
                self.user_supervisor,
                (target.with_user(self.user_supervisor),),
                self.ROWS,
            ),
        )

    def test_they_are_not_taken_up(self):
        staff = self.user_supervisor
        self._take_steps(
            self.complaints,
            Step("outsourcing.complaint.action_reject", staff),
            Step("outsourcing.complaint._reject", staff, ("It is your own",)),
            Step("outsourcing.complaint._erase"),
        )

    def test_they_are_filed_and_closed_by_silence(self):
        self.complaints._gated().write({"state": "confirmed"})
        self._take_steps(self.complaints, Step("outsourcing.complaint.action_close", self.user_supervisor))
        self.complaints._gated().write({"state": "done"})
        self._take_steps(self.complaints, Step("outsourcing.complaint._process_silence"))

    def test_people_are_called_and_links_made_useless(self):
        self._take_steps(
            self.complaints.reporter_ids,
            Step("outsourcing.complaint.reporter.action_called", self.user_supervisor),
            Step("outsourcing.complaint.reporter.action_revoke_link", self.user_supervisor),
            Step("outsourcing.complaint.reporter._erase"),
        )

    def test_codes_are_printed(self):
        places = self.env["outsourcing.location"].create(
            [
                {"name": f"Building {number}", "community_id": self.community.id}
                for number in range(self.MANY + 2)
            ]
        )
        self._take_steps(places, Step("outsourcing.location.action_print_report_codes", self.user_supervisor))
        lifts = self.env["maintenance.equipment"].create(
            [
                {"name": place.name, "outsourcing_location_id": place.id, "company_id": self.company.id}
                for place in places
            ]
        )
        self._take_steps(lifts, Step("maintenance.equipment.action_print_report_codes", self.user_supervisor))
        codes = self.env["outsourcing.complaint.code"].search([("location_id", "in", places.ids)])
        self._take_steps(
            codes,
            Step("outsourcing.complaint.code.action_print", self.user_supervisor),
            Step("outsourcing.complaint.code.action_renew", self.user_supervisor),
        )
