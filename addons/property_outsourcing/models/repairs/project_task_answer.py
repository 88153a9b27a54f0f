from datetime import timedelta

from odoo import api, fields, models

from ..workflow.outsourcing_workflow_mixin import open_gate

CRON_BATCH = 200


class ProjectTask(models.Model):
    """A report of quantities is answered by a day; silence has the outcome the company has set."""

    _inherit = "project.task"

    outsourcing_date_answer_due = fields.Date("Answer Due", readonly=True, copy=False)
    outsourcing_date_answer_missed = fields.Date("Answer missed on", readonly=True, copy=False)

    def _get_date_answer_due(self):
        """Return the day by which quantities reported now are to be answered."""
        self.ensure_one()
        company = self.outsourcing_contract_id.company_id
        return fields.Date.context_today(self) + timedelta(days=company.outsourcing_repairs_answer_days)

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
        open_gate(self).write({"outsourcing_date_answer_missed": fields.Date.context_today(self)})
        deemed._finish_acceptance()
        for order in deemed:
            order.message_post(
                body=self.env._("Nobody answered the report in time; its quantities count as accepted.")
            )
        for order in self - deemed:
            order._tell_unanswered()

    def _tell_unanswered(self):
        """Give the project manager, and the one of the community, an activity."""
        self.ensure_one()
        managers = self.outsourcing_contract_id.manager_id | self.outsourcing_community_id.manager_id
        for user in managers or self.env.user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Unanswered report of quantities"),
                note=self.env._(
                    "The contractor reported the quantities of %s and nobody answered in time. They do not "
                    "count as accepted: accept them or send the report back.",
                    self.name,
                ),
                user_id=user.id,
            )

    @api.model
    def _cron_unanswered_reports(self):
        """Deal with the reports of quantities nobody answered in time."""
        unanswered = self._get_unanswered_reports(fields.Date.context_today(self))
        remaining = len(unanswered)
        for start in range(0, len(unanswered), CRON_BATCH):
            batch = unanswered[start : start + CRON_BATCH].try_lock_for_update()
            batch._process_unanswered_reports()
            remaining = max(0, remaining - CRON_BATCH)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return
