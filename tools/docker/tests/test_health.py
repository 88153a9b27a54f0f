"""A server that answers is not yet healthy: its database and its schedules have to be there as well."""

import http.server
import threading

import pytest


@pytest.fixture
def served(box):
    """Something that answers like Odoo's health page; answers what it was asked and what to answer."""

    class Page(http.server.BaseHTTPRequestHandler):
        asked, status = [], 200

        def do_GET(self):
            self.asked.append(self.path)
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    box.environment["ODOO_HTTP_PORT"] = str(server.server_port)
    yield Page
    server.shutdown()


def _schedule(box, due, ran):
    box.sql(
        f"INSERT INTO ir_cron VALUES (true, now() AT TIME ZONE 'UTC' + INTERVAL '{due}', "
        f"now() AT TIME ZONE 'UTC' + INTERVAL '{ran}')"
    )


def test_server_that_reaches_its_database_is_healthy(box, served):
    _schedule(box, "5 minutes", "-2 days")
    box.run("health.bash")
    assert served.asked == ["/web/health?db_server_status=1"]


def test_server_without_a_database_is_not(box, served):
    served.status = 500
    box.run("health.bash", fails=True)


def test_stopped_schedules_are_seen(box, served):
    _schedule(box, "-1 hour", "-1 hour")
    assert "have stopped" in box.run("health.bash", fails=True)


def test_schedules_that_catch_up_are_healthy(box, served):
    """After a long stop much is late, and one after the other runs."""
    _schedule(box, "-2 days", "-3 days")
    _schedule(box, "1 hour", "-1 minute")
    box.run("health.bash")
