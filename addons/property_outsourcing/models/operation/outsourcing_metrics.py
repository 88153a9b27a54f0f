from typing import NamedTuple

from odoo import api, fields, models

from ..workflow.outsourcing_batch_mixin import EVENT_JOB_FAILED

TOKEN = "property_outsourcing.metrics_token"
# written by tools/docker/backup.bash, in UTC
BACKUP_DATE = "property_outsourcing.backup_date"


class Metric(NamedTuple):
    """A figure of the moment.

    :param name: after Prometheus' rules: letters, digits and underscores, the unit last
    :param help: one English line without a line break
    :param value: a number; None where there is none yet, and the figure is left out
    """

    name: str
    help: str
    value: float | None


class OutsourcingMetrics(models.AbstractModel):
    """Figures for Prometheus or whatever else watches the server: numbers only, nothing of a document."""

    _name = "outsourcing.metrics"
    _description = "Figures of operation"

    @api.model
    def _get_metrics(self):
        """Return a list of :class:`Metric`; add-ons above append theirs. Called in sudo."""
        return [
            *self._get_mail_metrics(),
            *self._get_schedule_metrics(),
            *self._get_evidence_metrics(),
            Metric(
                "outsourcing_backup_age_seconds", "Age of the last verified backup", self._get_backup_age()
            ),
        ]

    @api.model
    def _render_metrics(self):
        """Return the figures in Prometheus' text format."""
        lines = []
        for name, text, value in self._get_metrics():
            if value is not None:
                lines += [f"# HELP {name} {text}", f"# TYPE {name} gauge", f"{name} {value:.10g}"]
        return "\n".join(lines) + "\n"

    @api.model
    def _get_age(self, date):
        """Return the seconds since ``date``, None for no date."""
        return date and (fields.Datetime.now() - date).total_seconds() or None

    @api.model
    def _get_mail_metrics(self):
        mails = self.env["mail.mail"]
        waiting = [("state", "=", "outgoing")]
        oldest = mails.search(waiting, order="id", limit=1)
        return [
            Metric("outsourcing_mails_waiting", "Mails not sent yet", mails.search_count(waiting)),
            Metric(
                "outsourcing_mails_failed",
                "Mails that could not be sent",
                mails.search_count([("state", "=", "exception")]),
            ),
            Metric(
                "outsourcing_mail_oldest_seconds",
                "Age of the oldest mail not sent yet",
                self._get_age(oldest.create_date) or 0,
            ),
        ]

    @api.model
    def _get_schedule_metrics(self):
        crons = self.env["ir.cron"]
        first = crons.search([], order="nextcall", limit=1)
        activities = self.env["mail.activity"]
        return [
            Metric(
                "outsourcing_schedules_failing",
                "Scheduled actions whose last run failed",
                crons.search_count([("failure_count", ">", 0)]),
            ),
            Metric(
                "outsourcing_schedule_late_seconds",
                "How long the scheduled action that is due first has been due",
                max(0, self._get_age(first.nextcall) or 0),
            ),
            Metric(
                "outsourcing_records_failed",
                "Records at which a scheduled job stopped",
                activities.search_count([("activity_type_id", "=", self.env.ref(EVENT_JOB_FAILED).id)]),
            ),
        ]

    @api.model
    def _get_evidence_metrics(self):
        chains = self.env["outsourcing.evidence.chain"]
        last = chains.search([("date_verified", "!=", False)], order="date_verified desc", limit=1)
        return [
            Metric(
                "outsourcing_evidence_unsealed",
                "Files of evidence that are not sealed yet",
                self.env["outsourcing.evidence"].search_count([("sealed", "=", False)]),
            ),
            Metric(
                "outsourcing_evidence_broken",
                "Chains of evidence in which the daily verification found a change",
                chains._count_broken(),
            ),
            Metric(
                "outsourcing_evidence_verified_age_seconds",
                "Time since a chain of evidence was last verified and found intact",
                self._get_age(last.date_verified),
            ),
        ]

    @api.model
    def _get_backup_age(self):
        # by search: the parameter is written past Odoo, whose cache would keep the old one
        written = self.env["ir.config_parameter"].search([("key", "=", BACKUP_DATE)])
        return self._get_age(fields.Datetime.to_datetime(written.value))
