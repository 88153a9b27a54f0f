"""A phone driven from the test: its line can be cut, its session ended, its tab closed."""

import json
import time
from contextlib import contextmanager
from urllib.parse import urljoin

from websocket import WebSocketConnectionClosedException, create_connection

from odoo.tests.common import ChromeBrowser, ChromeBrowserException

from .common import PortalCommon

# what all scripts of the phone share: a photo, a signature, waiting for something
HELPERS = """
    window.take = async (selector, colours, size = 0) => {
        const transfer = new DataTransfer();
        for (const colour of colours) {
            const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 120 });
            const context = canvas.getContext("2d");
            context.fillStyle = colour;
            context.fillRect(0, 0, 160, 120);
            const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
            const rest = new Uint8Array(size); // what follows the end of a picture is no part of it
            transfer.items.add(new File([blob, rest], colour + ".jpg", { type: "image/jpeg" }));
        }
        const input = document.querySelector(selector);
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    window.draw = (points) => {
        const pad = document.querySelector(".o_outsourcing_signature_pad");
        const box = pad.getBoundingClientRect();
        const fire = (type, [x, y]) => pad.dispatchEvent(new PointerEvent(type, {
            bubbles: true, clientX: box.left + box.width * x, clientY: box.top + box.height * y,
        }));
        fire("pointerdown", points[0]);
        points.slice(1).forEach((point) => fire("pointermove", point));
        fire("pointerup", points.at(-1));
    };
    window.type = (selector, text) => {
        const field = document.querySelector(selector);
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    };
"""
# what a failed test tells: the page, and what its folded list of waiting rows says
SHOWN = """
    [document.querySelector('#wrap')?.innerText, ...[...document.querySelectorAll(".o_outsourcing_tile")].map(
        (tile) => tile.textContent
    )].join("\\n")
"""
# its scripts have begun and know what waits on the phone
READY = "document.readyState === 'complete' && !!document.querySelector('.o_outsourcing_waiting[data-count]')"
# what the phone keeps, its drafts and what waits to be sent
ROWS = """
    const database = await new Promise((resolve) => {
        indexedDB.open("outsourcing_portal").onsuccess = (ev) => resolve(ev.target.result);
    });
    const [drafts, outbox] = await Promise.all(["drafts", "outbox"].map((store) => new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
    })));
    database.close();
"""
# a page that does not hear of its line: nothing but what is tapped sends or opens
DEAF = "window.addEventListener('online', (ev) => ev.stopImmediatePropagation(), true);"
# a page of ours whose scripts are not there yet keeps nothing and answers nothing
STARTED = f"(!document.querySelector('.o_outsourcing[data-owner]') || {READY})"


class Phone:
    """One tab; scripts are run in it, the answers come back."""

    def __init__(self, test, browser):
        self.test, self.browser = test, browser
        self.workers = {}  # id of a service worker -> connection
        self.has_scripts = True  # else a page is waited for as it was drawn

    def _ask(self, method, **params):
        return self.browser._websocket_request(method, params=params, timeout=60)

    def _evaluate(self, expression):
        """Return the value of what is there at once; None on a page that is just going."""
        try:
            return self._ask("Runtime.evaluate", expression=expression)["result"].get("value")
        except ChromeBrowserException:
            return None

    def wrap(self, code):
        """Return the expression that runs ``code``, the body of an async function, beside the helpers."""
        return f"(async () => {{ {HELPERS} {code} }})().then((value) => JSON.stringify(value ?? null))"

    def run(self, code):
        """Run ``code``, the body of an async function, and return what it returns."""
        answer = self._ask("Runtime.evaluate", expression=self.wrap(code), awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return json.loads(answer["result"].get("value", "null"))

    def wait(self, condition, seconds=90):
        """Wait until the expression ``condition`` is true, over changes of page, on one that has started."""
        started = STARTED if self.has_scripts else "true"
        self._wait(lambda: self._evaluate(f"{started} && Boolean({condition})"), condition, seconds)

    def wait_for_kept(self, condition, seconds=90):
        """Wait until ``condition`` is true of the rows that the phone keeps, ``drafts`` and ``outbox``."""
        self._wait(lambda: self.run(f"{ROWS} return Boolean({condition})"), condition, seconds)

    def wait_for_draft(self, text):
        """Wait until a draft that holds ``text`` is kept on the phone."""
        self.wait_for_kept(f"JSON.stringify(drafts).includes({json.dumps(text)})")

    def _wait(self, ask, condition, seconds):
        end = time.time() + seconds
        while ask() is not True:
            if time.time() > end:
                raise AssertionError(f"{condition} did not come true on:\n{self._evaluate(SHOWN)}")
            time.sleep(0.2)

    def open(self, path):
        """Open the page at ``path`` and wait until it is ready."""
        self.browser.navigate_to(urljoin(self.test.base_url(), path))
        self.wait(f"location.pathname === '{path}' && {READY}")

    def stop_sending(self):
        """Let this page send nothing any more, on line or not; the next page does again."""
        self.run("window.fetch = () => Promise.reject(new TypeError('stopped'))")

    def flush(self):
        """Wait until this page has sent what it can, and what followed from that."""
        self.run("await odoo.loader.modules.get('@property_outsourcing_portal/outbox/outbox').outbox.flush()")

    def leave(self):
        """Leave the page for an empty one; a page that is left is on line again, and it may not send."""
        self.stop_sending()
        self.browser.navigate_to("about:blank")
        self.wait("location.href === 'about:blank'")

    def cut(self, offline=True):
        """Cut the line, or bring it back."""
        self.slow_down(offline=offline)

    def slow_down(self, latency=0, bytes_per_second=-1, offline=False):
        """Give the line so many milliseconds of latency and bytes per second; by default it is as it was."""
        conditions = {
            "offline": offline,
            "latency": latency,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        }
        # the page acts as soon as it hears of its line, and asks through its worker
        self._tell_workers(conditions)
        self._ask("Network.enable")
        self._ask("Network.emulateNetworkConditions", **conditions)

    def _tell_workers(self, conditions):
        """Give the service workers their line as well; it holds as long as they are connected."""
        self._connect_workers()
        for target, worker in list(self.workers.items()):
            try:
                self._request(worker, "Network.enable", {})
                self._request(worker, "Network.emulateNetworkConditions", conditions)
            except (ConnectionError, WebSocketConnectionClosedException):
                del self.workers[target]  # the phone has another one by now

    def _connect_workers(self):
        """Connect with all that run; one that sleeps, of the page that is open, is woken."""
        wake = "[navigator.serviceWorker?.controller].some((one) => one && !one.postMessage(''))"
        is_controlled = self._evaluate(wake)
        end = time.time() + 30
        while time.time() < end:
            for target in self.browser._json_command("list"):
                if target["type"] == "service_worker" and target["id"] not in self.workers:
                    address = target["webSocketDebuggerUrl"]
                    connection = create_connection(address, timeout=30, suppress_origin=True)
                    self.workers[target["id"]] = connection
            if self.workers or not is_controlled:
                return
            time.sleep(0.2)
        raise AssertionError("the worker of the page does not run")

    def _request(self, worker, method, params):
        worker.send(json.dumps({"id": 1, "method": method, "params": params}))
        while "id" not in json.loads(worker.recv()):
            pass

    def run_before_pages(self, code):
        """Run ``code`` in every page opened from now on, before its own scripts."""
        self._ask("Page.addScriptToEvaluateOnNewDocument", source=code)

    def log_in(self, user):
        """Change who is logged in, as another tab would; the page stays."""
        self.test._wait_remaining_requests()
        self.test.authenticate(user and user.login, user and user.login, browser=self.browser)

    def click(self, selector):
        """Click what the selector finds first, as soon as it is there."""
        self.wait(f"[document.querySelector({json.dumps(selector)})].some((el) => el && !el.click())")

    def confirm(self):
        """Press the button that goes on in the dialogue."""
        self.click(".modal .btn-primary")

    def count_waiting(self):
        """Return how many photos wait to be sent."""
        return self.run(
            "return document.querySelectorAll('.o_outsourcing_waiting .o_outsourcing_tile').length"
        )

    def wait_for_waiting(self, number):
        """Wait until so many photos wait to be sent."""
        self.wait(
            f"document.querySelectorAll('.o_outsourcing_waiting .o_outsourcing_tile').length === {number}"
        )


def is_no_cut_line(record):
    """Filter of the browser's log: a request that ends with the line is no error of the page."""
    return "Failed to fetch" not in record.getMessage()


class PhoneMixin:
    """For any HttpCase."""

    browser_size = "360x740"
    touch_enabled = True

    @contextmanager
    def _open_phone(self, path, user):
        """Open ``path`` on the phone of ``user``, or of somebody without a login."""
        browser = ChromeBrowser(self, headless=True, success_signal="never said")
        browser.error_checker = lambda message: False  # a line that is cut is no error of the page
        browser._logger.getChild("browser").addFilter(is_no_cut_line)  # the logger is of this one test
        with self.allow_requests(browser=browser):
            try:
                self.authenticate(user and user.login, user and user.login, browser=browser)
                self.cr.flush()
                self.cr.clear()
                phone = Phone(self, browser)
                phone.open(path)
                yield phone
                self._wait_remaining_requests()
            finally:
                browser.stop()
                self._wait_remaining_requests()
        self.env.invalidate_all()


class PhoneCase(PhoneMixin, PortalCommon):
    """The phones of the people of the portal."""

    def _create_log(self, photos=1):
        """Return a draft site log of the contractor; with a photo, which it needs to be handed in."""
        logs = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = logs._portal_create(self.contract.with_user(self.portal_contractor), {"headcount": 2})
        if photos:
            log._portal_add_evidence([self._photo()], "before")
        return log.with_env(self.env)

    def _open_log(self, log):
        return self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor)

    def _fill_log(self, phone):
        phone.run("type('#content', 'Greased the rails'); document.querySelector('#weather').value = 'sunny'")
