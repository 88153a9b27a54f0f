"""What every test has to keep besides its own assertions: it runs, and it leaves no error in the log."""

import logging

import pytest


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


def pytest_configure():
    logging.getLogger().addHandler(ERRORS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    logged = ERRORS.take()
    if report.skipped:
        # a test that is skipped somewhere is one that nobody notices missing
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was skipped: {report.longrepr}"
    elif report.passed and logged:
        report.outcome, report.longrepr = "failed", "errors in the log:\n" + "\n".join(logged)
    return report
