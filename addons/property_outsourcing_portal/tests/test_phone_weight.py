import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import requests

from odoo.tests import tagged

from .phone_browser import PhoneCase

BYTES_PER_SECOND, LATENCY = 50_000, 300
PAINT = 6.0  # seconds, without what the server took
TIMES = """
    const [page] = performance.getEntriesByType("navigation");
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return paint && [paint.startTime, page.responseStart - page.requestStart];
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
TABS = """
    const seen = (el) => el.checkVisibility({ visibilityProperty: true }) && el.tabIndex >= 0;
    const all = "a[href], button:enabled, input:enabled:not([type=hidden]), select, textarea, summary";
    const roots = [...document.querySelectorAll(".o_outsourcing, .o_outsourcing_nav")];
    return roots.flatMap((root) => [...root.querySelectorAll(all)]).filter(seen)
"""
WALK = """
    (() => {
        const el = document.activeElement;
        const shown = el.closest(".o_outsourcing_upload_label") || el;
        const style = getComputedStyle(el.matches(".btn-check") ? el.nextElementSibling : shown);
        el.dataset.walked = style.outlineStyle !== "none" || style.boxShadow !== "none" ? "seen" : "unseen";
        document.querySelectorAll(`[type=radio][name="${el.name}"]`).forEach(
            (radio) => (radio.dataset.walked = el.dataset.walked)
        );
    })()
"""
MISSED = TABS + ".filter((el) => el.dataset.walked !== 'seen').map((el) => el.outerHTML.slice(0, 150));"


class Compressing(BaseHTTPRequestHandler):
    """Stands where a deployment has its proxy: hands on what the server says, compressed."""

    def do_GET(self):
        """Ask the server, compress what is text."""
        headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
        url = f"{self.server.upstream}{self.path}"
        answer = requests.get(url, headers=headers, allow_redirects=False, timeout=120)
        text = any(kind in answer.headers.get("Content-Type", "") for kind in ("text", "javascript", "json"))
        body = gzip.compress(answer.content) if text else answer.content
        self.send_response(answer.status_code)
        for name in ("Content-Type", "Cache-Control", "Location"):
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@tagged("post_install", "-at_install")
class TestPhoneWeight(PhoneCase):
    """Pages on a bad line: drawn soon, of use before their scripts are there, and by the keyboard alone."""

    def _serve_compressed(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Compressing)
        server.upstream = self.base_url()
        Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"

    def test_first_page_is_drawn_within_six_seconds_on_a_bad_line(self):
        self._create_inspection()
        address = self._serve_compressed()
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            phone._ask("Network.clearBrowserCache")
            phone.browser.navigate_to("about:blank")
            phone.slow_down(LATENCY, BYTES_PER_SECOND)
            phone.browser.navigate_to(f"{address}/my/outsourcing")
            phone.wait(f"location.pathname === '/my/outsourcing' && {PAINTED}", seconds=60)
            paint, server = phone.run(TIMES)
        self.assertLess((paint - server + LATENCY) / 1000, PAINT)

    def _open_without_scripts(self, phone, log):
        """Open the log while the scripts of the page never come."""
        phone._ask("Network.enable")
        phone._ask("Network.setBlockedURLs", urls=["*assets_frontend_lazy*"])
        phone.has_scripts = False
        phone._ask("Network.setCacheDisabled", cacheDisabled=True)
        phone.browser.navigate_to(f"{self.base_url()}/my/outsourcing/logs/{log.id}")
        phone.wait("document.querySelector('#content') && document.body.matches('.o_lazy_js_waiting')")

    def test_form_is_handed_in_before_the_scripts_are_there(self):
        log = self._create_log()
        with self._open_phone("/my/outsourcing/logs", self.portal_contractor) as phone:
            self._open_without_scripts(phone, log)
            phone.run("window.confirm = () => true")
            phone.run("type('#content', 'Greased'); document.querySelector('#weather').value = 'sunny'")
            phone.click(".o_outsourcing_submit")
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
        self.assertEqual(log.state, "submitted")

    def test_step_that_counts_is_asked_about_before_the_scripts_are_there(self):
        log = self._create_log()
        with self._open_phone("/my/outsourcing/logs", self.portal_contractor) as phone:
            self._open_without_scripts(phone, log)
            phone.run("window.confirm = () => { window.asked = true; return false; }")
            phone.click(".o_outsourcing_submit")
            phone.wait("window.asked")
        self.assertEqual(log.state, "draft")

    def test_step_that_counts_is_asked_about_until_the_script_of_its_form_runs(self):
        log = self._create_log()
        with self._open_phone(f"/my/outsourcing/logs/{log.id}", self.portal_contractor) as phone:
            phone.wait("!document.body.matches('.o_lazy_js_waiting')")
            phone.wait("document.querySelector('.o_outsourcing_log').dataset.scripted")
            phone.run("window.confirm = () => { window.asked = true; return false; }")
            phone.run("delete document.querySelector('.o_outsourcing_log').dataset.scripted")
            phone.click(".o_outsourcing_submit")
            phone.wait("window.asked")
        self.assertEqual(log.state, "draft")

    def _walk(self, phone, path):
        """Press Tab until everything had its turn; return what was not reached, or not seen to be."""
        phone.open(path)
        for _number in range(phone.run(f"{TABS}.length") + 15):
            for kind in ("keyDown", "keyUp"):
                phone._ask(
                    "Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9
                )
            phone._ask("Runtime.evaluate", expression=WALK)
        return phone.run(MISSED)

    def test_every_link_field_and_button_is_reached_by_tab_and_shows_it(self):
        log, inspection, order = self._create_log(), self._start_inspection(), self._create_order()
        paths = ["/my/outsourcing", f"/my/outsourcing/logs/{log.id}"]
        paths += [f"/my/outsourcing/inspections/{inspection.id}", f"/my/outsourcing/orders/{order.id}"]
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            missed = {path: self._walk(phone, path) for path in paths}
        self.assertEqual(missed, dict.fromkeys(paths, []))
