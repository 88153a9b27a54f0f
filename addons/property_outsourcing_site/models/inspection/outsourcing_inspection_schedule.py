from datetime import timedelta

from odoo import api, fields, models

CRON_BATCH = 200


class OutsourcingInspection(models.Model):
    """What happens to inspections nobody did."""

    _inherit = "outsourcing.inspection"

    @api.model
    def _get_missed(self, today, limit=None):
        """Return the inspections of running contracts whose due date and days of grace have passed."""
        candidates = self.search(
            [
                ("state", "in", ("planned", "in_progress")),
                ("date_due", "<", today),
                ("contract_id.state", "=", "active"),
            ],
            order="date_due, id",
        )
        missed = candidates.filtered(
            lambda inspection: inspection.date_due + timedelta(days=inspection.plan_id.grace_days) < today
        )
        return missed[:limit]

    def _process_missed(self):
        """Mark ``self`` as missed; the facts follow and the contract's clauses propose what that costs."""
        self._as_system()._transition_to("missed")

    @api.model
    def _cron_mark_missed(self):
        """Mark the inspections whose time has passed."""
        today = fields.Date.context_today(self)
        missed = self._get_missed(today)
        remaining = len(missed)
        for start in range(0, len(missed), CRON_BATCH):
            batch = missed[start : start + CRON_BATCH].try_lock_for_update()
            batch._process_missed()
            remaining = max(0, remaining - CRON_BATCH)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return
