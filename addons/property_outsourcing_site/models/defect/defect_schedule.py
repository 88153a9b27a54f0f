from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


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
        overdue = self._get_newly_overdue(trade_today(self))
        overdue._run_in_batches("_process_overdue", domain=[("state", "=", "assigned")])
