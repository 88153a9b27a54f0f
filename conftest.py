"""What every test has to keep besides its own assertions: it runs, and it leaves no error in the log."""

import logging
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import freezegun
import pytest
import pytest_odoo

from odoo.sql_db import BaseCursor
from odoo.tests import TransactionCase, common
from odoo.tests.common import ChromeBrowser
from odoo.tests.test_cursor import TestCursor
from odoo.tools import config

from tools import shared_set_up


class _Errors(logging.Handler):
    """Errors logged since they were last asked for; what a test expects, it catches with assertLogs."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.texts = []

    def emit(self, record):
        self.texts.append(f"{record.name}: {record.getMessage()}")

    def take(self):
        taken, self.texts = self.texts, []
        return taken


ERRORS = _Errors()


@contextmanager
def _own_filestore(original, name):
    """Give each process files of its own.

    After every class of tests core removes the files that its database does not know: of a store that two
    processes share, the one removes what the other has just written.
    """
    store = Path(config["data_dir"]) / "filestore"
    if name != original and (store / original).exists():
        shutil.rmtree(store / name, ignore_errors=True)
        shutil.copytree(store / original, store / name)
    try:
        yield
    finally:
        if name != original:
            shutil.rmtree(store / name, ignore_errors=True)


# The day on which the tests are read: what they say of 2026 stays true in every year. Another one is asked
# for by the stage that tries them at a year's end and in a leap year.
TODAY = os.environ.get("OUTSOURCING_TODAY", "2026-11-26")
# pytest itself reads the true clock: it tells which tests are slow
freezegun.configure(extend_ignore_list=["_pytest.", "xdist.", "execnet."])
CLOCK = freezegun.freeze_time(f"{TODAY} 02:00:00", tick=True)


# tests that have opened a browser
DRIVEN = set()


def _note_browsers():
    start = ChromeBrowser.__init__

    def start_noted(browser, test_case, *args, **options):
        DRIVEN.add((type(test_case), test_case._testMethodName))
        start(browser, test_case, *args, **options)
        browser.throttling_factor = 3  # waits longer, is not slowed down: the machine is busy

    ChromeBrowser.__init__ = start_noted
    common.CHECK_BROWSER_ITERATIONS = 600  # a minute until it has started


def pytest_configure():
    CLOCK.start()
    _note_browsers()
    # rows are stamped by the clock of the tests, not by PostgreSQL's
    BaseCursor.now = TestCursor.now
    shared_set_up.keep_caches()
    logging.getLogger().addHandler(ERRORS)
    pytest_odoo._shared_filestore = _own_filestore


def pytest_pycollect_makeitem(obj):
    if isinstance(obj, type) and issubclass(obj, TransactionCase):
        shared_set_up.wrap(obj)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("reruns", None):
        # a browser shares its processor with all the rest: it is asked again, nothing else is
        for item in items:
            key = item.cls, item.name
            item.add_marker(pytest.mark.flaky(reruns=1, condition=lambda _error, key=key: key in DRIVEN))
    # one behind the other, those that stand on the same set-up
    items.sort(key=lambda item: shared_set_up.place(item.cls))


@pytest.fixture(scope="session")
def open_transaction(load_registry):
    yield
    shared_set_up.take_down()


@pytest.fixture(scope="class", autouse=True)
def common_set_up(request):
    if issubclass(request.cls or object, TransactionCase):
        request.getfixturevalue("open_transaction")
        take_back = shared_set_up.prepare(request.cls)
        yield
        take_back()
    else:
        shared_set_up.take_down()
        yield


# first of all, what decides on a second try has to know
@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(item):
    report = yield
    logged = ERRORS.take()
    if report.skipped:
        # a test that is skipped somewhere is one that nobody notices missing
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was skipped: {report.longrepr}"
    elif report.passed and logged:
        report.outcome, report.longrepr = "failed", "errors in the log:\n" + "\n".join(logged)
    return report
