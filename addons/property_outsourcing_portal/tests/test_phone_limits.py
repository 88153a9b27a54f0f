from odoo.tests import tagged

from .phone_browser import PhoneCase

PHASE = '.o_outsourcing_upload[data-phase="during"] .o_outsourcing_upload_input[multiple]'
# core keeps things of its own in other databases
BROKEN = """
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name, ...rest) {
        if (name === "outsourcing_portal") {
            throw new DOMException("private", "SecurityError");
        }
        return open.call(this, name, ...rest);
    };
"""
# neither success nor error
HANGING = BROKEN.replace('throw new DOMException("private", "SecurityError")', "return {}")
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
# forty photos of two days ago, as the outbox of the page keeps them
OLD_PHOTOS = """
    const { owner, user } = document.querySelector(".o_outsourcing[data-owner]").dataset;
    const database = await new Promise((resolve) => {
        indexedDB.open("outsourcing_portal").onsuccess = (ev) => resolve(ev.target.result);
    });
    const photos = [];
    for (let number = 10; number < 50; number++) {
        const canvas = new OffscreenCanvas(40, 30);
        const context = canvas.getContext("2d");
        context.fillStyle = `rgb(${number * 5} 90 ${255 - number * 5})`;
        context.fillRect(0, 0, 40, 30);
        photos.push([number, await canvas.convertToBlob({ type: "image/png" })]);
    }
    const store = database.transaction("outbox", "readwrite").objectStore("outbox");
    for (const [number, blob] of photos) {
        store.put({
            id: `0000000000000${number}`, owner, user: Number(user), kind: "photo", url: "%(url)s",
            phase: "during", lineId: "",
            label: `${number}.png`, page: location.pathname, state: "waiting", error: "",
            key: "k".repeat(30) + number, acted: Date.now() - 48 * 3600000,
            entries: [
                ["phase", "during"],
                ["files", new File([blob], `${number}.png`, { type: "image/png" })],
            ],
        });
    }
    window.dispatchEvent(new Event("online"));
"""


@tagged("post_install", "-at_install")
class TestPhoneLimits(PhoneCase):
    """A phone that keeps nothing says so and works online; two days of work arrive whole."""

    def _hand_in(self, phone):
        self._fill_log(phone)
        phone.click(".o_outsourcing_submit")
        phone.confirm()

    def _use_phone_that_keeps_nothing(self, script):
        log = self._create_log()
        path = f"/my/outsourcing/logs/{log.id}"
        with self._open_phone("/my/outsourcing/logs", self.portal_contractor) as phone:
            phone.run_before_pages(script)
            phone.open(path)
            phone.cut()
            self._hand_in(phone)
            warned = "document.querySelector('.o_outsourcing_message')?.textContent.includes('keeps nothing')"
            phone.wait(warned)
            phone.wait_for_waiting(1)
            phone.cut(False)
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
        self.assertEqual(log.state, "submitted")

    def test_private_mode_says_so_and_sends_from_the_page(self):
        self._use_phone_that_keeps_nothing(BROKEN)

    def test_store_that_never_answers_says_so_and_sends_from_the_page(self):
        self._use_phone_that_keeps_nothing(HANGING)

    def test_full_storage_says_so_and_sends_from_the_page(self):
        self._use_phone_that_keeps_nothing(FULL)

    def _break_line_once(self, phone, path):
        """Reset the connection of the next request to ``path``, in the middle of whatever it sends."""
        go_on = phone.browser._handlers["Fetch.requestPaused"]

        def handle(**params):
            if path not in params["request"]["url"]:
                return go_on(**params)
            phone.browser._handlers["Fetch.requestPaused"] = go_on
            told = {"requestId": params["requestId"], "errorReason": "ConnectionReset"}
            return phone.browser._websocket_send("Fetch.failRequest", params=told)

        phone.browser._handlers["Fetch.requestPaused"] = handle

    def test_photo_on_a_dying_line_waits_and_arrives_once(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            self._break_line_once(phone, "/evidence")
            phone.run(f"await take('{PHASE}', ['red'], 700_000)")
            phone.wait("document.querySelector('.o_outsourcing_tile .small')?.textContent.includes('Waits')")
            self.assertEqual(log.evidence_count, 1)
            phone.run("window.dispatchEvent(new Event('online'))")
            phone.wait_for_waiting(0)
        self.assertEqual(log.evidence_count, 2)

    def test_photo_on_a_slow_line_shows_how_far_it_is(self):
        log = self._create_log()
        percent = "/^[1-9][0-9]?%$/.test(document.querySelector('.o_outsourcing_tile .small')?.textContent)"
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            phone.slow_down(latency=300, bytes_per_second=50_000)
            phone.run(f"await take('{PHASE}', ['red'], 700_000)")
            phone.wait(percent)
            phone.slow_down()
            phone.wait_for_waiting(0)
        self.assertEqual(log.evidence_count, 2)

    def test_photo_that_is_cancelled_on_a_slow_line_is_not_sent(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            phone.slow_down(latency=300, bytes_per_second=20_000)
            phone.run(f"await take('{PHASE}', ['red'], 700_000)")
            phone.wait("document.querySelector('.o_outsourcing_pending .o_outsourcing_drop')")
            phone.click(".o_outsourcing_pending .o_outsourcing_drop")
            phone.wait("!document.querySelector('.o_outsourcing_tile')")
            phone.slow_down()
            phone.flush()
        self.assertEqual(log.evidence_count, 1)

    def test_photo_above_the_limit_is_refused_before_it_is_sent(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            phone.run(f"await take('{PHASE}', ['red'], 40_000_000)")
            error = '[data-phase="during"] .o_outsourcing_upload_error'
            phone.wait(f"document.querySelector('{error}').textContent.includes('too large')")
            self.assertEqual(phone.count_waiting(), 0)

    def test_forty_photos_after_two_days_arrive_once_each(self):
        log = self._create_log()
        path = f"/my/outsourcing/logs/{log.id}"
        with self._open_phone(path, self.portal_contractor) as phone:
            phone.run(OLD_PHOTOS % {"url": f"{path}/evidence"})
            phone.wait("document.querySelectorAll('.o_outsourcing_tile').length > 0")
            phone.wait("document.querySelectorAll('.o_outsourcing_tile').length === 0")
        self.assertEqual(log.evidence_count, 41)
        posts = self.env["outsourcing.portal.post"].sudo().search([("client_key", "like", "k" * 30)])
        self.assertEqual(len(posts), 40)
