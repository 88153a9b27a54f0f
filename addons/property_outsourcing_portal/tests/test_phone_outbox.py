from base64 import b64encode

from odoo.tests import tagged
from odoo.tools import mute_logger

from .phone_browser import DEAF, PhoneCase

PHASE = '.o_outsourcing_upload[data-phase="during"] .o_outsourcing_upload_input[multiple]'
# a photo taken before the scripts of the page are there
TAKE_EARLY = """
    document.addEventListener("DOMContentLoaded", () => {
        const transfer = new DataTransfer();
        const photo = Uint8Array.from(atob("PHOTO"), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([photo], "early.jpg", { type: "image/jpeg" }));
        document.querySelector('INPUT').files = transfer.files;
    });
"""
# a page that is there for no time: what it puts off by seconds never happens
AT_ONCE = """
    const later = setTimeout;
    window.setTimeout = (act, time, ...rest) => later(act, time === 2000 ? 3600000 : time, ...rest);
"""
# a phone that takes long over what it keeps
SLOW = """
    const { outbox } = odoo.loader.modules.get("@property_outsourcing_portal/outbox/outbox");
    const flush = outbox.flush;
    outbox.flush = async () => {
        await flush.call(outbox);
        await new Promise((resolve) => setTimeout(resolve, 3000));
    };
"""
LINE = [[0.1, 0.3], [0.5, 0.7], [0.9, 0.3]]


@tagged("post_install", "-at_install")
class TestPhoneOutbox(PhoneCase):
    """The line is cut, the session ends, the tab is closed: one record each, and all photos."""

    def _hand_in_without_signal(self, phone):
        phone.cut()
        self._fill_log(phone)
        phone.click(".o_outsourcing_submit")
        phone.confirm()
        phone.wait_for_waiting(1)

    def test_log_handed_in_without_signal_arrives_once_with_its_photos(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            phone.cut()
            self._fill_log(phone)
            phone.run(f"await take('{PHASE}', ['red', 'green', 'blue'])")
            phone.wait_for_waiting(3)
            phone.click(".o_outsourcing_submit")
            phone.confirm()
            phone.wait_for_waiting(4)
            phone.wait("document.querySelector('.o_outsourcing_message.alert-warning')")
            self.assertEqual(log.state, "draft")
            phone.cut(False)
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
            phone.wait_for_waiting(0)
        self.assertEqual((log.state, log.content, log.evidence_count), ("submitted", "Greased the rails", 4))

    def test_photo_taken_before_the_scripts_are_there_is_kept_and_sent(self):
        log = self._create_log(photos=0)
        photo = b64encode(self._photo()[1]).decode()
        with self._open_phone("/my/outsourcing/logs", self.portal_contractor) as phone:
            phone.run_before_pages(TAKE_EARLY.replace("PHOTO", photo).replace("INPUT", PHASE))
            phone.open(f"/my/outsourcing/logs/{log.id}")
            phone.wait("document.querySelector('.o_outsourcing_photo img')")
        self.assertEqual(log.evidence_ids.mapped("name"), ["early.jpg"])

    def test_draft_is_there_again_after_the_tab_was_closed(self):
        log = self._create_log()
        path = f"/my/outsourcing/logs/{log.id}"
        with self._open_phone(path, self.portal_contractor) as phone:
            self._fill_log(phone)
            phone.wait_for_draft("Greased the rails")
            phone.open("/my/outsourcing/logs")
            phone.open(path)
            phone.wait("document.querySelector('.o_outsourcing_draft')")
            self.assertEqual(
                phone.run("return document.querySelector('#content').value"), "Greased the rails"
            )

    def test_what_was_sent_after_its_page_was_left_is_said_once_with_a_link(self):
        log = self._create_log()
        path = f"/my/outsourcing/logs/{log.id}"
        with self._open_phone(path, self.portal_contractor) as phone:
            self._hand_in_without_signal(phone)
            phone.leave()
            phone.cut(False)
            phone.open("/my/outsourcing/logs")
            phone.wait("document.querySelector('.o_outsourcing_sent a')")
            link = phone.run("return document.querySelector('.o_outsourcing_sent a').getAttribute('href')")
            phone.wait_for_kept("outbox.every((row) => row.state !== 'sent')")
            phone.open("/my/outsourcing/logs")
            self.assertFalse(phone.run("return Boolean(document.querySelector('.o_outsourcing_sent'))"))
        self.assertTrue(link.startswith(path), link)
        self.assertEqual(log.state, "submitted")

    def test_a_page_that_is_closed_at_once_leaves_what_it_said_to_the_next(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            self._hand_in_without_signal(phone)
            phone.leave()
            phone.run_before_pages(AT_ONCE)
            phone.cut(False)
            for path in ("/my/outsourcing/logs", "/my/outsourcing"):
                phone.open(path)
                phone.wait("document.querySelector('.o_outsourcing_sent')")

    @mute_logger("odoo.http")
    def test_session_that_is_over_asks_for_the_password_and_goes_on(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            self._fill_log(phone)
            phone.log_in(None)
            phone.click(".o_outsourcing_submit")
            phone.confirm()
            phone.wait("!document.querySelector('.o_outsourcing_login_again').classList.contains('d-none')")
            self.assertEqual(phone.count_waiting(), 1)
            phone.run(
                "document.querySelector('.o_outsourcing_login_again input').value ="
                f" '{self.portal_contractor.login}';"
                "document.querySelector('.o_outsourcing_login_again button').click()"
            )
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
        self.assertEqual(log.state, "submitted")

    def test_next_person_on_the_phone_neither_sees_nor_sends_it(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            self._hand_in_without_signal(phone)
            phone.log_in(self.colleague)
            phone.cut(False)
            phone.open("/my/outsourcing")
            phone.flush()
            self.assertEqual(phone.count_waiting(), 0)
            self.assertEqual(log.state, "draft")
            phone.log_in(self.portal_contractor)
            phone.open("/my/outsourcing")
            phone.wait_for_waiting(0)
        self.assertEqual((log.state, log.submitted_by_id), ("submitted", self.portal_contractor))

    def test_checklist_with_three_photos_is_handed_in_without_signal(self):
        inspection = self._start_inspection()
        first, second = inspection.line_ids
        with self._open_phone(
            f"/my/outsourcing/inspections/{inspection.id}", self.portal_contractor
        ) as phone:
            phone.cut()
            phone.run(
                f"document.querySelector('#result_{first.id}_pass').click();"
                f"document.querySelector('#result_{second.id}_pass').click();"
                f"type('[name=value_{second.id}]', '7,5');"
                f"await take('#item_{first.id} .o_outsourcing_upload_input[multiple]', ['red','lime','navy'])"
            )
            phone.wait_for_waiting(3)
            phone.click(".o_outsourcing_submit")
            phone.confirm()
            phone.wait_for_waiting(4)
            phone.cut(False)
            phone.wait("document.querySelector('.o_outsourcing_item_read')")
        self.assertEqual((inspection.state, len(first.evidence_ids), second.value), ("done", 3, 7.5))

    def test_step_of_an_order_is_reported_without_signal_once(self):
        order = self._create_order()
        with self._open_phone(f"/my/outsourcing/orders/{order.id}", self.portal_contractor) as phone:
            phone.cut()
            phone.click("button[name=step][value=responded]")
            phone.wait_for_waiting(1)
            self.assertFalse(phone.run("return Boolean(document.querySelector('[value=responded]:enabled'))"))
            phone.cut(False)
            phone.wait("!document.querySelector('[value=responded]')")
            phone.wait_for_waiting(0)
        self.assertTrue(order.outsourcing_date_responded)
        posts = self.env["outsourcing.portal.post"].sudo().search([("res_model", "=", order._name)])
        self.assertEqual(len(posts), 1)

    def test_refusal_on_arrival_is_said_on_the_page_that_waits(self):
        log = self._create_log(photos=0)
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            self._hand_in_without_signal(phone)
            phone.cut(False)
            phone.wait("document.querySelector('.o_outsourcing_error')?.textContent.includes('photo')")
            self.assertEqual(
                phone.run("return document.querySelector('#content').value"), "Greased the rails"
            )
        self.assertEqual(log.state, "draft")

    def test_signature_and_checklist_are_kept_by_a_refusal_and_signed_once(self):
        acceptance = self._create_acceptance()
        lines = acceptance.line_ids
        lines._gated().write({"self_result": False})
        with self._open_phone(
            f"/my/outsourcing/acceptances/{acceptance.id}", self.portal_contractor
        ) as phone:
            phone.run(f"draw({LINE}); document.querySelector('#sign_pass').click()")
            phone.click(".o_outsourcing_sign")
            phone.wait("document.querySelector('.o_outsourcing_missing')")
            self.assertEqual(
                phone.run("return document.querySelector('.o_outsourcing_missing').id"), f"item_{lines[0].id}"
            )
            phone.run(
                "for (const radio of document.querySelectorAll('[id^=result_][id$=_pass]')) radio.click()"
            )
            phone.cut()
            phone.click(".o_outsourcing_sign")
            phone.wait_for_waiting(1)
            phone.cut(False)
            phone.wait("document.querySelector('.o_outsourcing_signature_image')")
        stage = acceptance.current_stage_ids.filtered(lambda stage: stage.level == "self_check")
        self.assertEqual((stage.result, set(lines.mapped("self_result"))), ("pass", {"pass"}))

    def test_dot_or_stroke_beyond_the_field_is_no_signature(self):
        acceptance = self._create_acceptance()
        with self._open_phone(
            f"/my/outsourcing/acceptances/{acceptance.id}", self.portal_contractor
        ) as phone:
            phone.run("document.querySelector('#sign_pass').click()")
            for points in ([[0.5, 0.5], [0.51, 0.5]], [[0.5, 0.5], [1.2, 0.5]]):
                phone.run(f"document.querySelector('.o_outsourcing_signature_clear').click(); draw({points})")
                phone.click(".o_outsourcing_sign")
                phone.wait("document.querySelector('.o_outsourcing_signature_error').textContent")
        self.assertEqual(acceptance.state, "self_check")

    def _log_out_and_send(self, script):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            self._hand_in_without_signal(phone)
            phone.click(".o_outsourcing_logout")
            phone.wait("document.querySelectorAll('.o_outsourcing_leaving button').length === 3")
            phone.run(DEAF + script)
            phone.cut(False)
            phone.click(".o_outsourcing_leaving .btn-primary")
            phone.wait("location.pathname.includes('/web/login')", seconds=30)
        self.assertEqual(log.state, "submitted")

    def test_log_out_asks_what_becomes_of_what_waits(self):
        self._log_out_and_send("")

    def test_log_out_is_not_overtaken_by_the_page_of_what_was_sent_before_it(self):
        self._log_out_and_send(SLOW)

    def test_going_back_and_beginning_again_makes_one_log(self):
        with self._open_phone("/my/outsourcing/logs/new", self.portal_contractor) as phone:
            phone.click(".o_outsourcing_form button[type=submit]")
            phone.wait("document.querySelector('.o_outsourcing_log')")
            phone.run("history.back()")
            phone.wait(
                "location.pathname.endsWith('/new') && document.querySelector('.o_outsourcing_written a')"
            )
            phone.click(".o_outsourcing_form button[type=submit]")  # asks whether it is a second visit
            phone.click(".o_outsourcing_written a")
            phone.wait("document.querySelector('.o_outsourcing_log')")
        self.assertEqual(
            len(self.env["outsourcing.site.log"].search([("contract_id", "=", self.contract.id)])), 1
        )

    def test_what_was_refused_later_is_opened_mended_and_handed_in(self):
        log = self._create_log(photos=0)
        path = f"/my/outsourcing/logs/{log.id}"
        with self._open_phone(path, self.portal_contractor) as phone:
            self._hand_in_without_signal(phone)
            phone.cut(False)
            phone.open("/my/outsourcing")
            phone.wait("document.querySelector('.o_outsourcing_waiting.alert-danger .o_outsourcing_tile')")
            phone.click(".o_outsourcing_waiting .o_outsourcing_open")
            phone.wait(f"location.pathname === '{path}' && document.querySelector('.o_outsourcing_draft')")
            phone.run(f"await take('{PHASE}', ['red'])")
            phone.click(".o_outsourcing_submit")
            phone.confirm()
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
        self.assertEqual((log.state, log.evidence_count), ("submitted", 1))

    def test_message_stands_on_the_page_at_once_and_the_next_is_another_one(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            for text in ("The key is missing", "It is found"):
                phone.run(f"type('#talk_message', '{text}')")
                phone.click(".o_outsourcing_talk_form button[type=submit]")
                phone.wait(f"document.querySelector('.o_outsourcing_talk')?.innerText.includes('{text}')")
                self.assertFalse(phone.run("return document.querySelector('#talk_message').value"))
