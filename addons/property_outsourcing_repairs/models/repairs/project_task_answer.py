from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

ACTIVITY_UNANSWERED = "property_outsourcing.activity_type_report_unanswered"


class ProjectTask(models.Model):
    """A report of quantities is answered by a day; silence has the outcome the company has set."""

    _inherit = "project.task"

    outsourcing_date_answer_due = fields.Date("Answer Due", readonly=True, copy=False)
    outsourcing_date_answer_missed = fields.Date("Answer missed on", readonly=True, copy=False)

    def _get_date_answer_due(self):
        """Return the day by which quantities reported now are to be answered."""
        self.ensure_one()
        company = self.outsourcing_contract_id.company_id
        return trade_today(self) + timedelta(days=company.outsourcing_repairs_answer_days)

    def _is_deemed_accepted(self):
        """Return whether the quantities count as accepted because nobody answered the report."""
        self.ensure_one()
        accepted = self.outsourcing_measure_state in ("accepted", "rolled_up")
        return accepted and bool(self.outsourcing_date_answer_missed)

    @api.model
    def _get_unanswered_reports(self, today):
        """Return the orders whose report nobody answered by its day, and nobody was told about."""
        return self.with_context(active_test=False).search(
            [
                ("outsourcing_measure_state", "in", ("reported", "checked")),
                ("outsourcing_date_answer_due", "<", today),
                ("outsourcing_date_answer_missed", "=", False),
                ("state", "!=", "1_canceled"),
            ],
            order="outsourcing_date_answer_due, id",
        )

    def _process_unanswered_reports(self):
        """Do what the company has set: tell the manager, or let the reported quantities count as accepted."""
        deemed = self.filtered(
            lambda order: (
                order.outsourcing_contract_id.company_id.outsourcing_repairs_silence == "deemed"
                and any(order.outsourcing_order_line_ids.mapped("quantity_performed"))
            )
        )
        open_gate(self).write({"outsourcing_date_answer_missed": trade_today(self)})
        # what somebody took off without an answer counts as reported
        for line in deemed.outsourcing_order_line_ids.filtered("is_cut"):
            line._gated().quantity_performed = line.quantity_reported
        deemed._finish_acceptance()
        said = self.env._("Nobody answered the report in time; its quantities count as accepted.")
        deemed._message_log_batch(dict.fromkeys(deemed.ids, said))
        (self - deemed)._tell_unanswered()

    def _tell_unanswered(self):
        """Give the project managers, and those of the communities, an activity."""
        self._schedule_events(
            ACTIVITY_UNANSWERED,
            {
                order: {
                    "summary": self.env._("Unanswered report of quantities"),
                    "note": self.env._(
                        "The contractor reported the quantities of %s and nobody answered in time. They do "
                        "not count as accepted: accept them or send the report back.",
                        order.name,
                    ),
                    "users": order.outsourcing_contract_id.manager_id
                    | order.outsourcing_community_id.manager_id,
                }
                for order in self
            },
        )

    @api.model
    def _cron_unanswered_reports(self):
        """Deal with the reports of quantities nobody answered in time."""
        self._get_unanswered_reports(trade_today(self))._run_in_batches(
            "_process_unanswered_reports",
            domain=[("outsourcing_measure_state", "in", ("reported", "checked"))],
        )
