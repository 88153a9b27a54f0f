from contextlib import contextmanager

from odoo.tests import tagged

from .phone_browser import DEAF, PhoneCase

KEPT = "localStorage.getItem('outsourcing_work')"
CONTROLLED = "navigator.serviceWorker.controller"
SHOWN = "document.querySelector('.o_offline_rows summary')"
OPENED = "document.querySelector('.o_outsourcing_rows')"
# the page without signal asks for the line by nothing but its button, or by nothing but its clock, and soon
NO_CLOCK = "window.setInterval = () => 0;"
SOON = "const every = setInterval; window.setInterval = (act) => every(act, 300);"


@tagged("post_install", "-at_install")
class TestPhoneShell(PhoneCase):
    """The pages open without signal to the work of today, for whoever was logged in last."""

    def _wait_for_shell(self, phone):
        phone.wait(KEPT)
        phone.wait(CONTROLLED)

    @contextmanager
    def _open_shell(self, script=""):
        """Open a page without signal, in which ``script`` runs first."""
        self._create_inspection()
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            self._wait_for_shell(phone)
            phone.run_before_pages(script)
            phone.cut()
            phone.browser.navigate_to(f"{self.base_url()}/my/outsourcing/inspections")
            phone.wait(SHOWN)
            yield phone

    def test_page_opens_without_signal_to_the_work_of_today(self):
        with self._open_shell() as phone:
            text = phone.run("return document.body.innerText")
        self.assertIn(self.elevator.name, text)
        self.assertNotIn(self.portal_contractor.name, text)

    def test_page_opens_by_itself_when_the_signal_is_back(self):
        with self._open_shell(NO_CLOCK) as phone:
            phone.cut(False)
            phone.wait(OPENED)

    def test_page_opens_by_itself_when_the_server_is_back(self):
        with self._open_shell(DEAF + SOON) as phone:
            phone.cut(False)
            phone.wait(OPENED)

    def test_page_opens_by_its_button_when_nothing_says_that_the_server_is_back(self):
        with self._open_shell(DEAF + NO_CLOCK) as phone:
            phone.cut(False)
            phone.click(".o_offline_again")
            phone.wait(OPENED)

    def test_old_work_is_not_shown_but_what_waits_is_counted(self):
        with self._open_phone("/my/outsourcing/logs/new", self.portal_contractor) as phone:
            self._wait_for_shell(phone)
            phone.cut()
            phone.click(".o_outsourcing_log_new button[type=submit]")
            phone.wait_for_waiting(1)
            phone.run(
                f"const kept = JSON.parse({KEPT}); kept.date -= 4 * 24 * 3600 * 1000;"
                "localStorage.setItem('outsourcing_work', JSON.stringify(kept))"
            )
            phone.browser.navigate_to(f"{self.base_url()}/my/outsourcing")
            phone.wait("document.querySelector('.o_offline_waiting:not([hidden])')")
            self.assertEqual(phone.run("return document.querySelector('.o_offline_count').textContent"), "1")
            self.assertFalse(phone.run("return !document.querySelector('.o_offline_kept').hidden"))

    def test_log_out_forgets_the_work(self):
        self._create_inspection()
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            self._wait_for_shell(phone)
            phone.click(".o_outsourcing_logout")
            phone.wait("location.pathname === '/web/login'")
            self.assertFalse(phone.run(f"return {KEPT}"))
            phone.cut()
            phone.browser.navigate_to(f"{self.base_url()}/my/outsourcing")
            phone.wait("document.querySelector('.o_outsourcing_offline')")
            self.assertFalse(phone.run(f"return Boolean({SHOWN})"))

    def test_next_person_finds_nothing_of_the_one_before(self):
        self._create_inspection()
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            self._wait_for_shell(phone)
            phone.log_in(self.portal_competitor)
            phone.open("/my/outsourcing")
            owner = f"{self.portal_competitor.id}-{self.portal_competitor.partner_id.id}"
            phone.wait(f"JSON.parse({KEPT})?.owner === '{owner}'")
            self.assertEqual(phone.run(f"return JSON.parse({KEPT}).rows"), [])
