from datetime import time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..catalogue.outsourcing_sla_mixin import PRIORITIES
from ..workflow.trade_time import trade_today, utc_moment

DAY_START, DAY_END = time(8), time(18)


class OutsourcingServiceTypeTask(models.Model):
    """Work a contract of this type always has: it becomes planned work orders when a contract starts."""

    _name = "outsourcing.service.type.task"
    _description = "Planned Work of a Service Type"
    _order = "service_type_id, offset_days, sequence, id"

    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    priority = fields.Selection(PRIORITIES, required=True, default="p2")
    offset_days = fields.Integer("Days after Start", help="Planned start, counted from the contract's.")
    duration_days = fields.Integer("Duration (days)", default=1, required=True)
    interval_months = fields.Integer("Every (months)", help="0: once.")
    per_community = fields.Boolean(
        "In each Community", help="One order for every community of the contract, not only for its main one."
    )
    checklist = fields.Text(translate=True, help="What has to be done; becomes the text of the order.")

    @api.constrains("offset_days", "duration_days", "interval_months")
    def _check_figures(self):
        for task in self:
            if min(task.offset_days, task.interval_months) < 0 or task.duration_days < 1:
                raise ValidationError(
                    self.env._(
                        "%s: days after the start and months cannot be negative, "
                        "and the work takes one day at least.",
                        task.name,
                    )
                )

    def _get_start_dates(self, contract):
        """Return the days on which the work is planned to begin under ``contract``.

        What would be over by today is left out: nobody is late for work that was never ordered.
        """
        self.ensure_one()
        first = day = contract.date_start + timedelta(days=self.offset_days)
        days = []
        while day <= contract.date_end:
            days.append(day)
            if not self.interval_months:
                break
            day = first + relativedelta(months=self.interval_months * len(days))
        today = trade_today(self)
        return [day for day in days if self._get_last_day(contract, day) >= today]

    def _get_last_day(self, contract, day):
        return min(day + timedelta(days=self.duration_days - 1), contract.date_end)

    def _prepare_order_vals(self, contract, community, day):
        """Return the values of one planned work order."""
        self.ensure_one()
        last = self._get_last_day(contract, day)
        start, finish = utc_moment(contract, day, DAY_START), utc_moment(contract, last, DAY_END)
        return {
            "name": self.name,
            "description": self.env["ir.qweb.field.text"].value_to_html(self.checklist or "", {}),
            "project_id": contract.project_id.id,
            "outsourcing_contract_id": contract.id,
            "outsourcing_community_id": community.id,
            "outsourcing_kind": "planned",
            "outsourcing_priority": self.priority,
            "outsourcing_date_requested": start,
            "outsourcing_planned_start": start,
            "outsourcing_planned_finish": finish,
            # cached: asked for every order
            "stage_id": self.env["ir.model.data"]._xmlid_to_res_id("property_outsourcing.order_stage_new"),
            "user_ids": False,
        }


class OutsourcingServiceType(models.Model):
    _inherit = "outsourcing.service.type"

    task_ids = fields.One2many("outsourcing.service.type.task", "service_type_id", "Planned Work")
