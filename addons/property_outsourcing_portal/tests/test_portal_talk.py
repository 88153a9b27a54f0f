from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PortalCommon

EVENT = "property_outsourcing_portal.activity_type_party_message"


@tagged("post_install", "-at_install")
class TestPortalTalk(PortalCommon):
    """Contractor and property company write each other beside a document, without e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.defect = cls._create_defect()
        cls.url = f"/my/outsourcing/defects/{cls.defect.id}"
        cls.stranger = cls._create_portal_user("13800000077", "Else", cls.competitor)

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_contractor)

    def _answer(self, text="Tomorrow at nine", party=None):
        defect = self.defect.with_user(self.user_supervisor)
        defect._write_to_party((party or self.contractor).sudo(), text)
        self.env.invalidate_all()

    def _get_unread(self, user):
        notices = self.env["outsourcing.notice"].search(
            [("partner_id", "=", user.partner_id.id), ("date_read", "=", False), ("kind", "=", "message")]
        )
        return notices

    def test_a_message_reaches_the_chatter_and_asks_staff(self):
        answer = self._send(f"{self.url}/message", {"message": "Which key do I need?"})
        self.assertIn("Sent to the property company.", answer.text)
        self.assertIn("Which key do I need?", answer.text)
        self.env.invalidate_all()
        message = self.defect.message_ids[0]
        self.assertIn("Which key do I need?", message.body)
        self.assertEqual(message.author_id, self.portal_contractor.partner_id)
        activity = self.defect.activity_ids.filtered(lambda row: row.activity_type_id == self.env.ref(EVENT))
        self.assertIn("Which key do I need?", activity.summary)
        self._answer()
        self.assertFalse(
            self.defect.activity_ids.filtered(lambda a: a.activity_type_id == self.env.ref(EVENT))
        )

    def test_an_answer_is_marked_unread_until_the_page_was_opened(self):
        self._answer()
        self.assertEqual(len(self._get_unread(self.portal_contractor)), 1)
        self.assertIn("o_outsourcing_unread", self._page("/my/outsourcing").text)
        self.assertRegex(self._page("/my/outsourcing/defects?tab=all").text, r"text-bg-danger\">\d new<")
        page = self._page(self.url).text
        self.assertIn("Tomorrow at nine", page)
        self.assertIn(f"{self.url}/seen", page)
        self.assertEqual(self._page(f"{self.url}/seen").headers["Content-Type"], "image/gif")
        self.env.invalidate_all()
        self.assertFalse(self._get_unread(self.portal_contractor))
        self.assertTrue(self._get_unread(self.colleague), "the colleague has not read it")
        self.assertNotIn(f"{self.url}/seen", self._page(self.url).text)

    def test_another_firm_neither_reads_nor_writes(self):
        self._answer()
        self._log_in(self.stranger)
        for path in (f"{self.url}/message", f"{self.url}/message/1"):
            self.assertEqual(
                self._send(path, {"message": "Hi"}).status_code, 404 if path.endswith("e") else 405
            )
        self.assertEqual(self._page(f"{self.url}/seen").status_code, 404)
        self.assertFalse(self._get_unread(self.stranger))

    def test_what_was_written_to_one_party_is_no_other_partys_business(self):
        self._answer("For the firm alone")
        self._log_in(self.portal_representative)
        page = self._page(self.url)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("For the firm alone", page.text)
        self._send(f"{self.url}/message", {"message": "From the owners"})
        self.assertIn("From the owners", self._page(self.url).text)
        self.assertNotIn("From the owners", self._page(self.url, self.portal_contractor).text)
        self._answer("For the owners", self.portal_representative.partner_id)
        self.assertIn("For the owners", self._page(self.url, self.portal_representative).text)

    def test_files_of_a_message_are_sent_to_the_party_alone(self):
        files = [("files", ("plan.pdf", b"%PDF-1.4 plan", "application/pdf"))]
        self._send(f"{self.url}/message", {"message": "The plan"}, files=files)
        self.env.invalidate_all()
        file = self.defect.message_ids[0].attachment_ids
        self.assertEqual(self._page(f"{self.url}/message/{file.id}").content, b"%PDF-1.4 plan")
        for other in (self.stranger, self.portal_representative):
            self.assertEqual(self._page(f"{self.url}/message/{file.id}", other).status_code, 404)

    def test_an_empty_message_is_refused(self):
        self.assertIn("Write a message first.", self._send(f"{self.url}/message", {"message": " "}).text)

    def test_a_message_sent_twice_is_kept_once(self):
        form = {"message": "Once", "client_key": "b" * 20}
        for _number in range(2):
            self._send(f"{self.url}/message", form)
        self.env.invalidate_all()
        self.assertEqual(
            len(self.env["outsourcing.message"].sudo().search([("res_id", "=", self.defect.id)])), 1
        )

    def test_staff_writes_by_the_dialogue_to_a_party_that_logs_in(self):
        wizard = self.env["outsourcing.message.wizard"].with_user(self.user_supervisor)
        wizard = wizard.create(
            {"res_model": self.defect._name, "res_id": self.defect.id, "text": "Please call"}
        )
        self.assertEqual(wizard.party_id, self.contractor)
        self.assertIn(self.url, wizard.share_text)
        wizard.action_send()
        self.env.invalidate_all()
        self.assertIn("Please call", self._page(self.url).text)
        wizard.party_id = self.competitor
        with self.assertRefused("is no party of this document"):
            wizard.action_send()

    def test_files_of_staff_stay_with_the_document_when_the_dialogue_is_gone(self):
        wizards = self.env["outsourcing.message.wizard"].with_user(self.user_supervisor)
        file = wizards.env["ir.attachment"].create(
            {"name": "plan.pdf", "raw": b"%PDF-1.4 plan", "res_model": wizards._name}
        )
        place = {"res_model": self.defect._name, "res_id": self.defect.id}
        wizard = wizards.create({**place, "text": "The plan", "file_ids": [Command.set(file.ids)]})
        wizard.action_send()
        wizard.sudo().unlink()
        self.assertEqual((file.res_model, file.res_id), (self.defect._name, self.defect.id))
        self.env.invalidate_all()
        self.assertEqual(self._page(f"{self.url}/message/{file.id}").content, b"%PDF-1.4 plan")

    def test_staff_of_another_community_does_not_write(self):
        other = self.user_outsider
        with self.assertRaises(AccessError):  # core's own
            self.defect.with_user(other)._write_to_party(self.contractor, "Hello")

    def test_every_document_of_the_firm_takes_messages(self):
        documents = {
            "orders": self._create_order(),
            "adjustments": self._create_adjustment(),
            "scores": self._create_score(),
            "acceptances": self._create_acceptance(),
            "concealed": self._create_concealed(),
            "deliverables": self._create_deliverable(),
            "inspections": self._create_inspection(),
            "contracts": self.contract,
        }
        for section, document in documents.items():
            with self.subTest(section=section):
                url = f"/my/outsourcing/{section}/{document.id}"
                answer = self._send(f"{url}/message", {"message": f"About {section}"})
                self.assertIn(f"About {section}", answer.text)
                self.env.invalidate_all()
                self.assertIn(f"About {section}", document.message_ids[0].body)
                self.assertTrue(document.activity_ids)

    def test_no_talk_beside_what_has_none(self):
        for path in ("/my/outsourcing/nothing/1/message", "/my/outsourcing/documents/1/message"):
            self.assertEqual(self._send(path, {"message": "Hi"}).status_code, 404)
