from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.phone_browser import PhoneMixin

from .page_common import PageCommon

FILL = """
    type("#description", "Water under the lift");
    const [, first, second] = document.querySelector("form[data-outbox] [name=stamp]").value.split("-");
    type("#answer", String(Number(first) + Number(second)));
"""
# as in another tab: what is kept for this visit is not there
NEXT_VISIT = "sessionStorage.removeItem('outsourcing_visit')"
LATER = "const now = Date.now; Date.now = () => now() + 4 * 24 * 3600 * 1000"
HAND_IN = "form[data-outbox] button[type=submit]"


@tagged("post_install", "-at_install")
class TestPhoneReport(PhoneMixin, PageCommon):
    """A resident in the basement: what is reported without signal waits on the phone and is recorded once."""

    def _hand_in_without_signal(self, phone):
        phone.cut()
        phone.run(FILL + "await take('#files', ['red', 'lime'])")
        phone.click(HAND_IN)
        phone.wait_for_waiting(1)

    def test_report_without_signal_is_recorded_once_with_its_photos(self):
        with self._open_phone(self.url, None) as phone:
            self._hand_in_without_signal(phone)
            self.assertFalse(self._complaints())
            phone.cut(False)
            phone.wait("location.pathname.startsWith('/outsourcing/complaint/')")
        complaint = self._complaints()
        self.assertEqual((complaint.description, len(complaint.photo_ids)), ("Water under the lift", 2))

    def test_report_that_waited_is_sent_when_the_page_is_opened_again(self):
        with self._open_phone(self.url, None) as phone:
            self._hand_in_without_signal(phone)
            phone.leave()
            phone.cut(False)
            phone.open(self.url)
            phone.wait_for_waiting(0)
        self.assertEqual(len(self._complaints()), 1)

    def test_next_visitor_of_the_phone_neither_sees_nor_sends_it(self):
        with self._open_phone(self.url, None) as phone:
            phone.run("type('#description', 'Noise at night')")
            phone.wait_for_draft("Noise at night")
            self._hand_in_without_signal(phone)
            phone.leave()
            phone.run_before_pages(NEXT_VISIT)
            phone.cut(False)
            phone.open(self.url)
            phone.flush()
            self.assertEqual(phone.count_waiting(), 0)
            self.assertEqual(phone.run("return document.querySelector('#description').value"), "")
        self.assertFalse(self._complaints())

    def test_what_a_visit_left_behind_dies_after_some_days(self):
        with self._open_phone(self.url, None) as phone:
            self._hand_in_without_signal(phone)
            phone.run_before_pages(f"{LATER}; {NEXT_VISIT}")
            phone.stop_sending()
            phone.cut(False)
            phone.open(self.url)
            phone.wait_for_kept("!drafts.length && !outbox.length")

    def test_wrong_sum_is_said_and_keeps_text_and_photos(self):
        with self._open_phone(self.url, None) as phone:
            phone.run(FILL + "await take('#files', ['red']); type('#answer', '99')")
            phone.click(HAND_IN)
            phone.wait("document.querySelector('.o_outsourcing_message')?.textContent.includes('sum')")
            phone.run(FILL)
            phone.click(HAND_IN)
            phone.wait("location.pathname.startsWith('/outsourcing/complaint/')")
        self.assertEqual(len(self._complaints().photo_ids), 1)

    def test_report_that_comes_back_from_the_outbox_asks_its_own_sum(self):
        with self._open_phone(self.url, None) as phone:
            asked = phone.run("return document.querySelector('.o_outsourcing_question').textContent")
            self._hand_in_without_signal(phone)
            phone.stop_sending()
            phone.cut(False)
            phone.click(".o_outsourcing_waiting .o_outsourcing_open")
            phone.wait("document.querySelector('.o_outsourcing_draft')")
            question = "document.querySelector('.o_outsourcing_question').textContent"
            phone.wait(f"{question} === '{asked}'")
            self.assertEqual(phone.run("return document.querySelector('#files').files.length"), 2)
