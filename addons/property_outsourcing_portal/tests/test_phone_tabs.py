from odoo.tests import tagged

from .phone_browser import PhoneCase

ERROR = "document.querySelector('.o_outsourcing_error')"
# nothing that is put off happens any more: the battery is about to go
STOP_CLOCK = "window.setTimeout = () => 0"


@tagged("post_install", "-at_install")
class TestPhoneTabs(PhoneCase):
    """Two tabs of one phone: what one of them sends or takes back is told by the page that waits for it."""

    def _hand_in(self, phone):
        self._fill_log(phone)
        phone.click(".o_outsourcing_submit")
        phone.confirm()
        phone.wait_for_waiting(1)

    def _hand_in_without_signal(self, phone):
        phone.cut()
        self._hand_in(phone)
        phone.wait("document.querySelector('.o_outsourcing_message.alert-warning')")

    def _send_in_another_tab(self, phone):
        """Open another tab, which has a line, while this one sends nothing."""
        phone.stop_sending()
        phone.cut(False)
        # unless somebody has tapped, a browser opens none
        code = "Boolean(window.open('/my/outsourcing', 'other', 'popup,width=360,height=740'))"
        answer = phone._ask("Runtime.evaluate", expression=code, userGesture=True)
        self.assertTrue(answer["result"]["value"])

    def test_what_another_tab_has_sent_is_shown_by_the_page_that_waits(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._hand_in_without_signal(phone)
            self._send_in_another_tab(phone)
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
            phone.wait_for_waiting(0)
        self.assertEqual((log.state, log.evidence_count), ("submitted", 1))

    def test_what_another_tab_could_not_hand_in_is_refused_on_the_page_that_waits(self):
        log = self._create_log(photos=0)
        with self._open_log(log) as phone:
            self._hand_in_without_signal(phone)
            self._send_in_another_tab(phone)
            phone.wait(f"{ERROR}?.textContent.includes('photo')")
            self.assertEqual(
                phone.run("return document.querySelector('#content').value"), "Greased the rails"
            )
            phone.wait_for_waiting(0)
        self.assertEqual(log.state, "draft")

    def test_what_is_deleted_from_the_bar_is_called_waiting_by_its_page_no_longer(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._hand_in_without_signal(phone)
            phone.run("window.confirm = () => true")
            phone.click(".o_outsourcing_waiting .o_outsourcing_drop")
            phone.wait("!document.querySelector('.o_outsourcing_message')")
            phone.wait_for_waiting(0)
            self.assertFalse(phone.run("return document.querySelector('.o_outsourcing_submit').disabled"))
        self.assertEqual(log.state, "draft")

    def test_what_is_deleted_while_it_is_sent_is_called_waiting_by_no_page(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            phone.slow_down(latency=10000)  # it is asked whether the line is there
            phone.run("window.confirm = () => true")
            self._hand_in(phone)
            phone.click(".o_outsourcing_waiting .o_outsourcing_drop")
            phone.wait_for_waiting(0)
            phone.wait("!document.querySelector('.o_outsourcing_message')")
            phone.slow_down()
            self.assertFalse(phone.run("return document.querySelector('.o_outsourcing_submit').disabled"))
        self.assertEqual(log.state, "draft")

    def test_what_is_refused_is_a_draft_before_it_is_anything_else(self):
        log = self._create_log(photos=0)
        with self._open_log(log) as phone:
            self._hand_in_without_signal(phone)
            phone.run(STOP_CLOCK)
            phone.cut(False)
            phone.wait(f"{ERROR}?.textContent.includes('photo')")
            phone.wait_for_waiting(0)
            phone.leave()
            phone.open(f"/my/outsourcing/logs/{log.id}")
            phone.wait("document.querySelector('.o_outsourcing_draft')")
            self.assertEqual(
                phone.run("return document.querySelector('#content').value"), "Greased the rails"
            )
