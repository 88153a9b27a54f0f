from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import PHONE
from .page_common import STAMP, PageCommon


@tagged("post_install", "-at_install")
class TestPageReport(PageCommon):
    """The page behind the code on site: once, not too often, nothing typed is lost."""

    def test_a_resident_reports_without_a_login(self):
        response = self._send([self._photo()], phone="139 1234 5678", name="Ms Wang", room="3-501")
        complaint = self._complaints()
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "new",
                    "equipment_id": self.elevator.id,
                    "community_id": self.community.id,
                    "problem_id": self.stuck.id,
                    "description": "Dark and still",
                    "phone": PHONE,
                }
            ],
        )
        self.assertEqual(complaint.photo_ids.mapped("name"), ["1.jpeg"])
        self.assertTrue(self._asked(complaint, "new"))
        self.assertIn(complaint.name, response.text)
        self.assertIn("/outsourcing/complaint/", response.url)
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_every_field_is_on_the_page_before_anything_is_typed(self):
        form = html.fromstring(self._open().text).forms[-1]
        asked = {
            "kind",
            "problem_id",
            "description",
            "files",
            "phone",
            "name",
            "room",
            "wish",
            "answer",
            "stamp",
        }
        self.assertEqual({name for name in form.fields if name}, asked)

    def test_problems_of_a_place_come_in_the_order_of_their_categories(self):
        def get_first(code):
            page = html.fromstring(self._open(f"/outsourcing/report/{code.code}").text)
            return page.xpath("//optgroup/@label")[0]

        self.env.ref("property_outsourcing_complaint.category_water").sequence = 1
        place = self.env["outsourcing.complaint.code"]._get_or_create(self.building)
        self.assertEqual((get_first(place), get_first(self.code)), ("Water and Drains", "Lift"))

    def test_what_is_changed_in_the_catalogue_is_offered_at_once(self):
        self._open()
        water = self.env.ref("property_outsourcing_complaint.category_water")
        self.stuck.name = "Lift stands <still>"
        water.active = False
        text = self._open().text
        self.assertIn("Lift stands &lt;still&gt;</option>", text)
        self.assertNotIn(water.name, text)

    def test_a_refusal_keeps_the_problem_chosen(self):
        data = self._fill_in(answer="99")
        page = html.fromstring(self._post(f"{self.url}/send", data).text)
        self.assertEqual(page.xpath("//option[@selected]/@value"), [str(self.stuck.id)])

    def test_the_page_takes_one_query_of_its_own(self):
        def count(url):
            self._open(url)
            before = self.env.cr.sql_log_count
            self._open(url)
            return self.env.cr.sql_log_count - before

        self._report_matter()
        self.assertLessEqual(count(self.url), count("/web/login") + 2)

    def test_the_same_form_is_recorded_once(self):
        data = self._fill_in()
        first = self._post(f"{self.url}/send", data)
        second = self._post(f"{self.url}/send", data)
        self.assertEqual(len(self._complaints()), 1)
        self.assertEqual(first.url, second.url)

    def test_a_page_that_lay_open_without_its_session_is_recorded(self):
        data = self._fill_in()
        self.opener.cookies.clear()
        self._post(f"{self.url}/send", data)
        self.assertEqual(len(self._complaints()), 1)

    def test_a_dead_stamp_says_scan_again_and_loses_nothing(self):
        other = self.env["outsourcing.complaint.code"]._get_or_create(self.building)
        data = self._fill_in(self._open(f"/outsourcing/report/{other.code}"), description="Half an hour ago")
        for stamp in ("", "x", data["stamp"], "1-2-3-4", data["stamp"][:-1] + "0", "a-b-c-d"):
            response = self._post(f"{self.url}/send", {**data, "stamp": stamp})
            self.assertEqual(response.status_code, 422)
            self.assertIn("scan the code again", response.text)
            self.assertIn("Half an hour ago", response.text)
        again = {**data, "stamp": STAMP.findall(response.text)[-1], **self._get_sum(response)}
        self._post(f"{self.url}/send", again)
        self.assertEqual(self._complaints().description, "Half an hour ago")

    def _get_sum(self, response):
        return {"answer": self._fill_in(response)["answer"]}

    def test_a_wrong_sum_keeps_what_was_typed(self):
        response = self._send(answer="99")
        self.assertIn("The sum is not right", response.text)
        self.assertIn("Dark and still", response.text)
        self.assertFalse(self._complaints())
        self.assertFalse(self.env["outsourcing.complaint.form"].search([]))

    def test_something_has_to_be_said(self):
        response = self._send(problem_id="", description=" ")
        self.assertIn("Choose a problem", response.text)

    def test_only_what_the_page_asks_for_is_taken(self):
        self._send(
            state="closed", stars="5", priority="p0", community_id=str(self.other_community.id),
            channel="hotline", user_id="1", kind="nonsense", merged_into_id="1",
        )  # fmt: skip
        kept = {"state": "new", "stars": 0, "priority": "p1", "kind": "repair"}
        self.assertRecordValues(self._complaints(), [{**kept, "community_id": self.community.id}])

    def test_strange_texts_and_files_are_refused_in_one_sentence(self):
        for vals, files, sentence in (
            ({"phone": "=cmd|' /C calc'!A0"}, None, "is no telephone number"),
            ({}, [("files", ("x.jpg", b"", "image/jpeg"))], "is neither a photo nor a film"),
            ({}, [("files", ("x.jpg", b"<script>alert(1)</script>", "image/jpeg"))], "is neither a photo"),
            ({}, [("files", ("x.jpg", self._photo()[1][1][:300], "image/jpeg"))], "cannot be opened"),
            ({}, [("files", ("x.pdf", b"%PDF-1.4 x", "application/pdf"))], "is neither a photo nor a film"),
            ({}, [self._photo(f"#{n}{n}{n}") for n in range(7)], "Send at most 6 photos"),
        ):
            response = self._send(files, **vals)
            self.assertIn(sentence, response.text)
            self.assertIn("Dark and still", response.text)
        self.assertFalse(self._complaints())

    def test_script_is_text(self):
        response = self._send(description="<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", response.text)
        self.assertIn("&lt;script&gt;alert(1)", response.text)

    def test_too_many_from_one_code_are_sent_to_the_desk(self):
        self.company.outsourcing_complaint_hour_limit = 2
        self.community.complaint_phone = "020-123"
        for _number in range(2):
            self._send()
        response = self._send(description="The third")
        self.assertIn("please call the desk, 020-123", response.text)
        self.assertIn("The third", response.text)
        self.assertEqual(len(self._complaints()), 2)

    def test_too_many_from_one_telephone_are_sent_to_the_desk(self):
        self.company.outsourcing_complaint_day_limit = 1
        self._send(phone=PHONE)
        self.assertIn("please call the desk", self._send(phone="+86 " + PHONE).text)
        self._send(phone="13912345679")
        self.assertEqual(len(self._complaints()), 2)

    def test_a_telephone_may_be_asked_for(self):
        self.company.outsourcing_complaint_phone_required = True
        self.assertIn("Leave a telephone number", self._send().text)

    def test_a_dead_code_says_whom_to_call(self):
        community = self.code.community_id
        community.write({"complaint_phone": "020-38880088", "desk_phone": "020-38880011"})
        self.env.ref("base.public_user").sudo().company_id.phone = "020-88880000"
        self.code.with_user(self.user_supervisor).action_renew()
        self.assertIn('href="tel:020-38880088"', self._open().text)
        community.complaint_phone = False
        self.assertIn('href="tel:020-38880011"', self._open().text)
        community.desk_phone = False
        self.assertIn('href="tel:020-88880000"', self._open().text)
        self.assertIn('href="tel:020-88880000"', self._open(f"{self.url}x").text)
        self.env.ref("base.public_user").sudo().company_id.phone = False
        self.assertIn("ask at the service desk", self._open().text)

    def test_a_dead_code_and_a_place_that_is_gone_are_not_found(self):
        data = self._fill_in()
        self.code.with_user(self.user_supervisor).action_renew()
        for response in (self._open(), self._post(f"{self.url}/send", data), self._open(f"{self.url}x")):
            self.assertEqual(response.status_code, 404)
            self.assertIn("This link is not valid", response.text)
        new = self.env["outsourcing.complaint.code"]._get_or_create(self.elevator)
        self.assertEqual(self._open(f"/outsourcing/report/{new.code}").status_code, 200)
        self.elevator.active = False
        self.assertEqual(self._open(f"/outsourcing/report/{new.code}").status_code, 404)

    @mute_logger("odoo.http")
    def test_the_page_is_read_by_get_and_sent_by_post(self):
        for path in ("send", "too"):
            self.assertIn(self._open(f"{self.url}/{path}").status_code, (404, 405))
        self.assertIn(self._post(self.url).status_code, (404, 405))

    def test_what_is_known_is_joined_with_one_tap(self):
        first = self._dispatched(description="Ms Wang of 501 is shut in")
        text = self._open().text
        self.assertIn("Known here already", text)
        self.assertIn("Lift does not run", text)
        self.assertNotIn("Ms Wang", text)
        data = {"stamp": STAMP.findall(text)[0], "complaint_id": str(first.id)}
        response = self._post(f"{self.url}/too", data)
        self._post(f"{self.url}/too", data)
        self.assertEqual(first.reporter_count, 2)
        self.assertIn("Somebody has been sent", response.text)
        self.assertNotIn("Ms Wang", response.text)

    def test_who_joined_reads_nobody_elses_words_when_the_problem_is_unknown_after_all(self):
        first = self._accepted(description="Ms Wang of 501 is shut in")
        person = self.env["outsourcing.complaint"]._join_known(self.code, first.id)
        first.problem_id = False
        page = self._open(person._get_path(person.token))
        self.assertIn(first.name, page.text)
        self.assertNotIn("Ms Wang", page.text)

    def test_several_reports_of_one_problem_are_shown_once(self):
        self._report_matter()
        first = self._accepted()
        door = self.env.ref("property_outsourcing_complaint.problem_elevator_door")
        other = self._report_matter(problem_id=door.id)
        _place, known = self.code._read_page(self.code.code)
        self.assertEqual({row.id for row in known}, {first.id, other.id})

    def test_what_is_at_home_or_elsewhere_is_not_shown(self):
        home = self.env.ref("property_outsourcing_complaint.problem_leak_wall")
        own = self._report_matter(problem_id=home.id, equipment_id=False, location_id=self.building.id)
        elsewhere = self.env["outsourcing.complaint"].create(
            {"community_id": self.other_community.id, "problem_id": self.stuck.id}
        )
        text = self._open().text
        self.assertNotIn("Known here already", text)
        for complaint in (own, elsewhere):
            data = {"stamp": STAMP.findall(self._open().text)[-1], "complaint_id": str(complaint.id)}
            self.assertIn("This is not open any more", self._post(f"{self.url}/too", data).text)

    def test_the_printed_code_leads_staff_to_the_place(self):
        locations = self.env["outsourcing.location"]
        link = self.code.link
        self.assertEqual(locations.with_user(self.user_supervisor)._resolve_code(link), self.elevator)
        self.assertFalse(locations.with_user(self.user_outsider)._resolve_code(link))
        self.assertEqual(locations.with_user(self.user_supervisor)._resolve_code("LOC-SG01-3"), self.building)

    def test_sheets_are_printed_for_chosen_places(self):
        places = self.building.with_user(self.user_supervisor)
        action = places.action_print_report_codes()
        codes = self.env["outsourcing.complaint.code"].browse(action["context"]["active_ids"])
        self.assertEqual(codes.location_id, self.building)
        self.assertEqual(places.action_print_report_codes()["context"]["active_ids"], codes.ids)
        html = self.env["ir.actions.report"]._render_qweb_html(action["report_name"], codes.ids)[0].decode()
        self.assertIn("Building 3", html)
        with self.assertRefused("You are not the person who may take this step"):
            self.building.with_user(self.user_finance).action_print_report_codes()
