"""Interrupt what a foreman does on the phone at a random moment, go on as he would, look at the record."""

import contextlib
import logging
import random
import time
import traceback
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.tests.common import ChromeBrowser

from odoo.addons.property_outsourcing_portal.tests.phone_browser import Phone

from .jobs import JOBS, WAITS

LOGIN = "13800000001"
KEPT_AFTER = 0.8  # seconds: what was typed longer ago than this has to be there again
ROUNDS = 4  # how often he looks whether something is missing
WAITING = "document.querySelectorAll('.o_outsourcing_waiting .o_outsourcing_tile').length"
LOGIN_BOX = "Boolean(document.querySelector('.o_outsourcing_login_again:not(.d-none)'))"
PATIENCE = 60  # seconds until a loaded machine shows what the phone has kept
# how many drafts and waiting rows of a page are on the phone
HELD = """
    const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open("outsourcing_portal");
        request.onsuccess = () => resolve(request.result);
        request.onupgradeneeded = () => request.transaction.abort(); // nothing was kept here
        request.onerror = reject;
    });
    const read = (store) => new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
    });
    const rows = [...(await read("drafts")), ...(await read("outbox"))];
    database.close();
    return rows.filter(({ formId, page }) => `${formId} ${page}`.includes(%r)).length;
"""


class Trial:
    """One phone, one person, one server."""

    def __init__(self, env, server, seed):
        self.env, self.server = env, server
        self.random = random.Random(seed)
        logger = logging.getLogger("phone")
        logger.setLevel(logging.CRITICAL)
        logger.runbot = logger.info
        self.case = SimpleNamespace(
            _logger=logger,
            browser_size="360x740",
            touch_enabled=True,
            base_url=lambda: server.address,
            fetch_proxy=lambda url: {"responseCode": 404},
        )
        self.switch_on()

    def switch_on(self):
        self.browser = ChromeBrowser(self.case, headless=True, success_signal="never said")
        self.browser.error_checker = lambda message: False
        self.phone = Phone(self.case, self.browser)
        self.log_in()

    def stop(self):
        self.browser.stop()

    # ---- interruptions: each returns what brings things back --------------------------------------------

    def go_offline(self, job):
        self.phone.cut()
        return lambda: (
            self.phone.cut(False),
            self.phone.run("window.dispatchEvent(new Event('online'))"),
        )

    def close(self, job):
        self.browser.navigate_to("about:blank")
        time.sleep(0.3)
        self.open(job)

    def die(self, job):
        """The battery is empty: no page is told; the phone comes back with what it has on disk."""
        folder = Path(self.browser.user_data_dir)
        self.browser.chrome.kill()
        self.browser.chrome.wait()
        with contextlib.suppress(Exception):
            self.browser.ws.close()
        for name in ("DevToolsActivePort", "SingletonLock", "SingletonSocket", "SingletonCookie"):
            (folder / name).unlink(missing_ok=True)
        with patch("odoo.tests.common.tempfile.mkdtemp", return_value=str(folder)):
            self.switch_on()
        self.open(job)

    def reload(self, job):
        self.open(job)

    def restart(self, job):
        self.server.kill()
        time.sleep(self.random.random())
        return self.server.start

    def end_session(self, job):
        self.browser.delete_cookie("session_id", url=self.server.address)

    # ---- the person -------------------------------------------------------------------------------------

    def log_in(self):
        sid = self.server.log_in(LOGIN).cookies["session_id"]
        self.browser.set_cookie("session_id", sid, "/", urlsplit(self.server.address).hostname)

    def open(self, job):
        """Open the page of the job, after a login where one is asked for."""
        for _try in range(3):
            self.browser.navigate_to(f"{self.server.address}{job.path}")
            self.wait("document.readyState === 'complete' && location.pathname.length > 1", 30)
            if self.ask("location.pathname === '/web/login'"):
                self.log_in()
                continue
            there = f"location.pathname === '{job.path}' && document.querySelector('.o_outsourcing_waiting')"
            if self.wait(there, 30):
                break
        time.sleep(0.3)

    def ask(self, expression):
        answer = self.browser._websocket_request(
            "Runtime.evaluate", params={"expression": f"Boolean({expression})"}, timeout=20
        )
        return answer["result"].get("value") is True

    def wait(self, expression, seconds):
        """Return whether ``expression`` came true in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.ask(expression):
                return True
            time.sleep(0.05)
        return False

    def do(self, step):
        self.browser._websocket_send(
            "Runtime.evaluate", params={"expression": self.phone.wrap(step.do), "awaitPromise": True}
        )

    def do_all(self, job, kept):
        """Do what the page does not show as done; tell of what it showed before and shows no more."""
        lost = []
        for number, step in enumerate(job.get_steps()):
            seen = f"({job.done}) || ({step.seen})"
            if self.wait(seen, 0.1):
                continue
            if number in kept:
                if not self.is_there(job):
                    return lost  # the browser's own page: it is opened again when the server is back
                if self.wait(f"({seen}) || ({WAITS})", PATIENCE if self.holds(job) else 3):
                    continue  # handed in, it stands in the outbox, and the form is empty again
                if not self.is_there(job):
                    return lost
                lost.append(f"{step.do} ({'on the phone, not shown' if self.holds(job) else 'not kept'})")
            self.do(step)
            self.wait(seen, 8)
            if self.ask(LOGIN_BOX):
                self.log_in_on_page()
        return lost

    def is_there(self, job):
        """Return whether the page of the job is open, with its scripts."""
        return self.ask(
            f"location.pathname === '{job.path}' && document.querySelector('.o_outsourcing_waiting')"
        )

    def holds(self, job):
        """Return whether the phone keeps anything of the page of the job, shown or not."""
        try:
            return self.phone.run(HELD % job.path.removesuffix("/new")) > 0
        except Exception:  # noqa: BLE001 - the page is being changed
            return True

    def log_in_on_page(self):
        self.phone.run(
            f"document.querySelector('.o_outsourcing_login_again input').value = '{LOGIN}';"
            "document.querySelector('.o_outsourcing_login_again button').click()"
        )
        self.wait(f"!({LOGIN_BOX})", 20)

    def is_done(self, job):
        self.env.cr.rollback()
        self.env.invalidate_all()
        return not job.find_faults() and self.ask(f"{WAITING} === 0")

    def interrupt(self, job, interruption):
        """Do the job up to a random moment, interrupt it.

        :return: tuple (step it came in, steps that have to be kept, what brings things back or None)
        """
        steps = job.get_steps()
        last = self.random.randrange(len(steps))
        moments = {}
        for number, step in enumerate(steps[:last]):
            self.do(step)
            if self.wait(f"({job.done}) || ({step.seen})", 8):
                moments[number] = time.monotonic()  # what the page never showed cannot be lost
        self.do(steps[last])
        time.sleep(self.random.random() * self.random.choice((0.05, 0.3, 1.0)))
        now = time.monotonic()
        kept = {number for number, moment in moments.items() if now - moment > KEPT_AFTER}
        return last, kept, interruption(self, job)

    def run_one(self, job, interruption):
        """Return what is wrong after one interruption, as sentences."""
        self.open(job)
        last, kept, bring_back = self.interrupt(job, interruption)
        where = f"step {last + 1} of {len(job.get_steps())}"
        lost = self.do_all(job, kept)
        if bring_back:
            bring_back()
        for number in range(ROUNDS):
            if number:
                self.open(job)
                lost += self.do_all(job, kept)
            end = time.monotonic() + 20
            while time.monotonic() < end:
                if self.ask(LOGIN_BOX):
                    self.log_in_on_page()
                if self.is_done(job):
                    return [f"{where}: lost {code}" for code in lost]
                time.sleep(0.2)
        text = self.browser._websocket_request(
            "Runtime.evaluate", params={"expression": "document.body.innerText.slice(0, 600)"}
        )["result"].get("value")
        return [f"{where}: {fault}" for fault in job.find_faults() or ["still waiting"]] + lost + [str(text)]


INTERRUPTIONS = {
    "offline": Trial.go_offline,
    "tab closed": Trial.close,
    "battery empty": Trial.die,
    "reloaded": Trial.reload,
    "server restarted": Trial.restart,
    "session over": Trial.end_session,
}


def run(env, server, ids, points, seed):
    """Interrupt ``points`` times; return a list of dicts job, interruption, seconds, faults."""
    trial = Trial(env, server, seed)
    pairs = [(job, way) for job in JOBS for way in INTERRUPTIONS]
    results = []
    try:
        for point in range(points):
            job_name, way = pairs[point % len(pairs)]
            job = JOBS[job_name](env, ids[job_name].pop(0), seed * 100000 + point)
            start = time.monotonic()
            try:
                faults = trial.run_one(job, INTERRUPTIONS[way])
            except Exception:  # noqa: BLE001 - one point that breaks is a fault of this point
                faults = [traceback.format_exc(limit=-4)]
                trial.stop()
                trial = Trial(env, server, seed + point)
            row = {"job": job_name, "way": way, "seconds": time.monotonic() - start, "faults": faults}
            results.append(row)
            print(
                f"{point + 1:>4} {job_name:<10} {way:<17} {row['seconds']:5.1f} s {' | '.join(faults)}",
                flush=True,
            )
    finally:
        trial.stop()
    return results
