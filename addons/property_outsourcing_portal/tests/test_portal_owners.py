from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOwners(PortalCommon):
    """What an owners' representative does in the portal, and what such a login cannot get at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = f"{cls.contract.id}-{cls.community.id}"

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_representative)

    # ---- a problem --------------------------------------------------------------------------------------

    def test_a_problem_is_reported_with_a_photo_and_followed(self):
        self.assertIn(self.place, self._page("/my/outsourcing/defects/new").text)
        form = {"place": self.place, "description": "The lamp at gate 2 is dark", "severity": "major"}
        files = [("files", self._photo())]
        answer = self._send("/my/outsourcing/defects/create", form, files=files)
        self.assertIn("The supervisor decides what follows.", answer.text)
        defect = self.env["outsourcing.defect"].search([], order="id desc", limit=1)
        self.assertEqual((defect.found_by, defect.state, defect.severity), ("owners", "open", "major"))
        self.assertEqual(defect.community_id, self.community)
        self.assertTrue(defect.evidence_ids)

    def test_a_problem_of_a_foreign_community_is_not_taken(self):
        neighbour = self._create_portal_user("13800000021", "Owner Qian")
        form = {"place": self.place, "description": "Dark"}
        answer = self._send("/my/outsourcing/defects/create", form, user=neighbour)
        self.assertIn("Choose one of your contracts.", answer.text)
        defects = self.env["outsourcing.defect"].with_user(neighbour)
        with self.assertRefused("You do not represent the owners of this community.", AccessError):
            defects._portal_report_for_owners(self.contract, self.community.id, {"description": "Dark"})

    def test_a_contract_that_serves_another_community_is_not_taken(self):
        other = self.community.copy({"name": "Second", "code": "SEC", "representative_ids": False})
        contract = self._create_active_contract(community_ids=[fields.Command.set(other.ids)])
        defects = self.env["outsourcing.defect"].with_user(self.portal_representative)
        with self.assertRefused("Choose which service of your community it is about."):
            defects._portal_report_for_owners(contract, self.community.id, {"description": "Dark"})

    # ---- services ---------------------------------------------------------------------------------------

    def test_the_services_are_told_in_words_and_no_amount(self):
        self.assertIn("/my/outsourcing/services", self._page("/my/outsourcing").text)
        page = self._page("/my/outsourcing/services").text
        self.assertIn(self.contract.title, page)
        self.assertIn(self.contractor.name, page)
        self.assertNotIn("oe_currency_value", page)
        for amount in {*self.contract.milestone_ids.mapped("amount"), self.contract.amount_total}:
            self.assertNotIn(f"{amount:,.2f}", page)
        for stranger in (self.portal_contractor, self._create_portal_user("13800000022", "Owner Li")):
            self.assertEqual(self._page("/my/outsourcing/services", stranger).status_code, 404)

    def test_scripts_read_neither_the_contract_nor_its_amounts(self):
        for model in ("outsourcing.contract", "outsourcing.contract.milestone", "outsourcing.settlement"):
            params = {"model": model, "method": "search_read", "args": [[]], "kwargs": {}}
            result, error = self._send_json("/web/dataset/call_kw", params)
            self.assertFalse(result, model)
        self.assertEqual(self._page(f"/my/outsourcing/contracts/{self.contract.id}").status_code, 404)

    # ---- calendar ---------------------------------------------------------------------------------------

    def _get_calendar(self, url):
        response = self._page(f"{url}/calendar.ics")
        self.assertEqual(response.headers["Content-Type"], "text/calendar; charset=utf-8")
        text = response.content.decode().replace("\r\n ", "")
        return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line and "ALARM" not in line)

    def test_an_invitation_goes_into_the_calendar_and_out_again(self):
        acceptance = self._create_acceptance()
        acceptance._gated().requires_witness = True
        url = f"/my/outsourcing/acceptances/{acceptance.id}"
        planned = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        acceptance.with_user(self.user_manager).date_planned = planned
        self.assertIn("calendar.ics", self._page(url).text)
        first = self._get_calendar(url)
        self.assertEqual(first["DTSTART"], planned.strftime("%Y%m%dT%H%M%SZ"))
        self.assertEqual((first["METHOD"], first["STATUS"]), ("PUBLISH", "CONFIRMED"))
        self.assertIn(self.community.name, first["LOCATION"])
        self.assertTrue(first["URL"].endswith(url))
        self.assertIn("TRIGGER", first)
        acceptance.with_user(self.user_manager).date_planned = planned + timedelta(hours=1)
        second = self._get_calendar(url)
        self.assertEqual(second["UID"], first["UID"])
        self.assertNotEqual(second["DTSTART"], first["DTSTART"])
        acceptance._gated().state = "accepted"
        gone = self._get_calendar(url)
        self.assertEqual((gone["UID"], gone["METHOD"], gone["STATUS"]), (first["UID"], "CANCEL", "CANCELLED"))

    def test_long_lines_are_folded_and_signs_escaped(self):
        work = self._create_concealed()
        work._gated().write({"title": "防水层，第二道；" * 20, "state": "notified"})
        content = self._page(f"/my/outsourcing/concealed/{work.id}/calendar.ics").content
        self.assertLessEqual(max(len(line) for line in content.split(b"\r\n")), 75)
        content.decode()

    def test_strangers_and_guessed_sections_get_no_calendar(self):
        acceptance = self._create_acceptance()
        neighbour = self._create_portal_user("13800000021", "Owner Qian")
        for section in ("acceptances", "concealed", "contracts", "nothing"):
            path = f"/my/outsourcing/{section}/{acceptance.id}/calendar.ics"
            self.assertEqual(self._page(path, neighbour).status_code, 404)
