from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models.operation.outsourcing_metrics import BACKUP_DATE, TOKEN
from .common import OutsourcingCommon

URL = "/outsourcing/metrics"


@tagged("post_install", "-at_install")
class TestMetrics(OutsourcingCommon, HttpCase):
    """What Prometheus reads of the server, and who else does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameters = cls.env["ir.config_parameter"].sudo()
        cls.parameters.set_param(TOKEN, "a token of its own")

    def _ask(self, token="a token of its own"):
        return self.url_open(URL, headers={"Authorization": f"Bearer {token}"})

    def _read(self):
        """Return the figures by name."""
        lines = [line.split() for line in self._ask().text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    def test_nobody_without_the_token_reads_a_figure(self):
        for answer in (self.url_open(URL), self._ask(""), self._ask("wrong"), self._ask("wröng".encode())):
            self.assertEqual((answer.status_code, answer.text), (401, ""))

    def test_logged_in_manager_has_no_token_either(self):
        self.authenticate(self.user_manager.login, self.user_manager.login)
        self.assertEqual(self.url_open(URL).status_code, 401)

    def test_without_a_token_of_the_server_there_is_no_page(self):
        self.parameters.set_param(TOKEN, False)
        for token in ("", "False", "None"):
            self.assertEqual(self._ask(token).status_code, 404)

    def test_figures_have_the_format_of_prometheus(self):
        answer = self._ask()
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"))
        self.assertNotIn("session_id", answer.cookies)
        for line in answer.text.splitlines():
            self.assertRegex(line, r"^(# (HELP|TYPE) outsourcing_\w+ .+|outsourcing_\w+ -?[\d.e+-]+)$")

    def test_mail_that_waits_is_counted_with_its_age(self):
        before = self._read()
        mail = self.env["mail.mail"].create({"state": "outgoing"})
        self.env["mail.mail"].create({"state": "exception"})
        self.env.flush_all()
        old = fields.Datetime.now() - timedelta(hours=2)
        self.env.cr.execute("UPDATE mail_mail SET create_date = %s WHERE id <= %s", [old, mail.id])
        after = self._read()
        self.assertEqual(after["outsourcing_mails_waiting"], before["outsourcing_mails_waiting"] + 1)
        self.assertEqual(after["outsourcing_mails_failed"], before["outsourcing_mails_failed"] + 1)
        self.assertAlmostEqual(after["outsourcing_mail_oldest_seconds"], 7200, delta=120)

    def test_schedules_that_fail_or_are_late_are_seen(self):
        cron = self.env.ref("property_outsourcing.ir_cron_outsourcing_evidence_seal")
        self.env["ir.cron"].search([]).nextcall = fields.Datetime.now() + timedelta(hours=1)
        before = self._read()
        self.assertEqual(before["outsourcing_schedule_late_seconds"], 0)
        cron.write({"failure_count": 2, "nextcall": fields.Datetime.now() - timedelta(hours=3)})
        after = self._read()
        self.assertEqual(after["outsourcing_schedules_failing"], before["outsourcing_schedules_failing"] + 1)
        self.assertAlmostEqual(after["outsourcing_schedule_late_seconds"], 10800, delta=120)

    def test_age_of_the_backup_is_read_anew_each_time(self):
        self.assertNotIn("outsourcing_backup_age_seconds", self._read())
        self.parameters.get_param(BACKUP_DATE)  # Odoo keeps what it read; the backup writes past it
        self.env.cr.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)",
            [BACKUP_DATE, fields.Datetime.to_string(fields.Datetime.now() - timedelta(hours=5))],
        )
        self.assertAlmostEqual(self._read()["outsourcing_backup_age_seconds"], 18000, delta=120)

    def test_nothing_of_a_document_is_told(self):
        self.assertEqual({name for name in self._read() if not name.startswith("outsourcing_")}, set())
        self.assertNotIn(self.community.name, self._ask().text)
