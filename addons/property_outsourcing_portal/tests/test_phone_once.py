from odoo.tests import tagged

from .change_common import PortalChangeCommon
from .phone_browser import ROWS, PhoneMixin

PATH = "/my/outsourcing/variations/new"
BUTTON = "form[action$='/variations/create'] button[type=submit]"
# the server records it, the page never hears of it
DEAF = """
    const listen = XMLHttpRequest.prototype.addEventListener;
    XMLHttpRequest.prototype.addEventListener = function (type, act) {
        return listen.call(this, type, type === "load" ? () => (window.answered = true) : act);
    };
"""
# there is room for drafts, not for what is handed in
FULL = """
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (row) {
        if (this.name === "outbox") {
            throw new DOMException("full", "QuotaExceededError");
        }
        return put.call(this, row);
    };
"""
DRAFTS = ROWS + "return drafts.map(({ entries }) => Object.fromEntries(entries).title);"


@tagged("post_install", "-at_install")
class TestPhoneOnce(PhoneMixin, PortalChangeCommon):
    """A tab that dies between the record and the answer: what is handed in again is the same document."""

    def _open_new(self):
        return self._open_phone(PATH, self.portal_contractor)

    def _type(self, phone, title):
        phone.run(f"type('#title', '{title}')")
        for _try in range(50):
            if phone.run(DRAFTS) == [title]:
                return
            phone.run("await new Promise((resolve) => setTimeout(resolve, 100))")
        self.fail("what was typed is not kept")

    def _die_before_the_answer(self, phone):
        phone.run(DEAF)
        phone.click(BUTTON)
        phone.wait("window.answered")
        phone.leave()

    def _get_begun(self):
        return self.env["outsourcing.variation"].search([("title", "like", "Hollow")])

    def test_tab_that_dies_before_the_answer_leaves_no_draft_to_hand_in_again(self):
        with self._open_new() as phone:
            self._type(phone, "Hollow tiles")
            self._die_before_the_answer(phone)
            phone.open(PATH)
            phone.wait("document.querySelector('.o_outsourcing_sent a')")
            phone.wait_for_waiting(0)
            self.assertFalse(phone.run("return document.querySelector('#title').value"))
            self.assertFalse(phone.run(DRAFTS))
        self.assertEqual(len(self._get_begun()), 1)

    def test_draft_of_a_full_phone_carries_its_key_and_is_recorded_once(self):
        with self._open_new() as phone:
            phone.run(FULL)
            self._type(phone, "Hollow tiles")
            self._die_before_the_answer(phone)
            phone.open(PATH)
            phone.wait("document.querySelector('.o_outsourcing_draft')")
            self.assertEqual(phone.run("return document.querySelector('#title').value"), "Hollow tiles")
            phone.click(BUTTON)
            phone.wait("/variations\\/\\d+$/.test(location.pathname)")
        self.assertEqual(len(self._get_begun()), 1)

    def test_what_is_typed_on_after_handing_in_begins_no_second_document_unasked(self):
        with self._open_new() as phone:
            phone.cut()
            self._type(phone, "Hollow tiles")
            phone.click(BUTTON)
            phone.wait_for_waiting(1)
            self._type(phone, "Hollow tiles in the hall")
            phone.leave()
            phone.cut(False)
            phone.open(PATH)
            phone.wait("document.querySelector('.o_outsourcing_sent')")
            phone.click(BUTTON)
            phone.wait(
                "document.querySelector('.o_outsourcing_error')?.textContent.includes('already recorded')"
            )
            phone.wait_for_waiting(0)
        self.assertEqual(self._get_begun().mapped("title"), ["Hollow tiles"])
