"""Visitors of the portal who come at once, and the signed-in session that stands for each."""

import http.cookiejar
import json
import re
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from . import process
from .common import Refusal

PORT, WORKERS, VISITORS, ROUNDS = 8139, 2, 50, 3
LOGIN = "bench_visitor"
OURS = "/my/outsourcing"
# page of core -> how much of its time ours may take; orders are core's lightest page, one list of few
# columns, where our first page counts what waits of twenty kinds
CORE = {"/my/tasks": 0.5, "/my/purchase": 3.0}
RESIDENTS, LOGIN_PAGE, REPORT = 50, "/web/login", "/outsourcing/report/bench-report-code"
NOTICES, CUSTOMER, HOME = "/outsourcing/notices", "bench_customer", "/my/home"
PAGES = ("", "/orders", "/inspections", "/contracts", "/settlements")


class Session:
    """A signed-in browser without the browser."""

    def __init__(self, address, database, login, password):
        self.address = address
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        answer = self.call("/web/session/authenticate", db=database, login=login, password=password)
        if not answer.get("uid"):
            raise Refusal(f"{login} cannot sign in to {database}.")

    def get(self, path):
        with self.opener.open(self.address + path, timeout=60) as answer:
            return answer.read()

    def call(self, path, **params):
        request = urllib.request.Request(
            self.address + path,
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=60) as answer:
            body = json.load(answer)
        if "error" in body:
            raise Refusal(f"{path}: {body['error']['data']['message']}")
        return body["result"]


class Stranger(Session):
    """A phone that has scanned a code: no login, and no cookie yet."""

    def __init__(self, address):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def measure(server, name):
    """Open each page of the portal in fifty sessions at once, on two workers, residents' likewise.

    :return: list of dicts as of ``bench_scale.measure``: the 95th percentile of each against core's tasks
        and purchase orders, of the residents' page against core's login
    """
    # the server's own jobs would be timed with the pages
    server.sql("UPDATE ir_cron SET nextcall = nextcall + INTERVAL '1 week'", name)
    process.start(server, name, PORT, WORKERS)
    try:
        address = f"http://127.0.0.1:{PORT}"
        sessions = [Session(address, name, LOGIN, LOGIN) for _visitor in range(VISITORS)]
        times = _visit(sessions, [*CORE, *(f"{OURS}{page}" for page in PAGES)])
        strangers = [Stranger(address) for _resident in range(RESIDENTS)]
        public = _visit(strangers, [LOGIN_PAGE, REPORT])
        rows = _compare(RESIDENTS, public, LOGIN_PAGE, 1.5) + _measure_notices(address, name, strangers)
        for core, limit in CORE.items():
            pages = {path: spent for path, spent in times.items() if path == core or path not in CORE}
            rows += _compare(VISITORS, pages, core, limit)
        return rows
    finally:
        process.stop(PORT)


def _measure_notices(address, name, strangers):
    """Open the notices and one of them without login, beside core's home page of a customer."""
    [number] = re.findall(rf"{NOTICES}/(\d+)", strangers[0].get(NOTICES).decode())[:1]
    customers = [Session(address, name, CUSTOMER, CUSTOMER) for _visitor in range(VISITORS)]
    pages = [NOTICES, f"{NOTICES}/{number}"]
    times = _visit(strangers, pages) | _visit(customers, [HOME])
    return _compare(VISITORS, times, HOME, 1.3)


def _compare(count, times, core, limit):
    return [
        {
            "name": f"{count} visitors of {path}, p95 beside {core}",
            "unit": "ms",
            "ours": ours,
            "core": times[core],
            "ratio": ours / times[core],
            "limit": limit,
        }
        for path, ours in times.items()
        if path != core
    ]


def _visit(sessions, paths):
    """Return the 95th percentile of each page, in turns: a machine that changes its speed changes nothing."""

    # Odoo queues eight connections a worker; whom it turns away TCP lets try again after a second, which
    # would be all that is measured: the others queue here, and their time runs
    queued = BoundedSemaphore(8 * WORKERS)

    def get(session, path):
        start = time.perf_counter()
        with queued:
            session.get(path)
        return (time.perf_counter() - start) * 1000

    times = {path: [] for path in paths}
    with ThreadPoolExecutor(len(sessions)) as visitors:
        for round_number in range(ROUNDS + 1):
            for path in paths:
                spent = list(visitors.map(get, sessions, [path] * len(sessions)))
                if round_number:  # the first one fills the caches
                    times[path] += spent
    return {path: sorted(spent)[int(len(spent) * 0.95)] for path, spent in times.items()}
