from odoo import api, fields, models

CRON_BATCH = 200


class OutsourcingDefect(models.Model):
    """What becomes known when a deadline passes and nothing was rectified."""

    _inherit = "outsourcing.defect"

    @api.model
    def _get_newly_overdue(self, today):
        """Return the defects whose deadline has passed without a rectification, not recorded yet."""
        return self.search(
            [("state", "=", "assigned"), ("date_deadline", "<", today), ("date_overdue", "=", False)],
            order="date_deadline, id",
        )

    def _process_overdue(self):
        """Record once per order that the deadline of ``self`` has passed.

        The days of the delay are not known yet: ``rectification_late`` tells them when the work arrives, so a
        clause by the day is proposed once, with its final quantity.
        """
        for date, defects in self.grouped("date_deadline").items():
            defects._gated().write({"date_overdue": fields.Date.add(date, days=1)})
        self.env["outsourcing.fact"]._record(
            [
                defect._prepare_fact_vals(
                    "rectification_overdue",
                    date=defect.date_deadline,
                    key=f"rectification_overdue:{defect._name}:{defect.id}:{defect.reopen_count}",
                )
                for defect in self
            ]
        )

    @api.model
    def _cron_record_overdue(self):
        """Record the rectifications that did not arrive by their deadline."""
        overdue = self._get_newly_overdue(fields.Date.context_today(self))
        remaining = len(overdue)
        for start in range(0, len(overdue), CRON_BATCH):
            batch = overdue[start : start + CRON_BATCH].try_lock_for_update()
            batch._process_overdue()
            remaining = max(0, remaining - CRON_BATCH)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return
