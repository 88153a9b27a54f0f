from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..workflow.act_time import act_time
from ..workflow.gate import open_gate


class ProjectTask(models.Model):
    """What the contractor reports from site: answered, arrived, done."""

    _inherit = "project.task"

    outsourcing_date_responded = fields.Datetime("Responded", readonly=True, copy=False)
    outsourcing_date_arrived = fields.Datetime("Arrived", readonly=True, copy=False)
    outsourcing_date_completed = fields.Datetime("Reported Done", readonly=True, copy=False)

    def _portal_report(self, step, performer=None):
        """Record the contractor's report from site.

        :param str step: ``responded``, ``arrived`` or ``completed``; each once and in this order
        :param performer: the person of the firm who does the work (``res.partner``)
        :raise AccessError: not the contractor of this work order
        :raise UserError: reported already, or the order is closed
        """
        self.ensure_one()
        task = self.sudo()  # the party is checked in the next line
        task._check_contractor(self.env.user)
        field = f"outsourcing_date_{step}"
        if task.is_closed:
            raise UserError(self.env._("%s is closed.", task.name))
        if task[field]:
            label = self._fields[field]._description_string(self.env)
            raise UserError(self.env._("%s has already been reported.", label))
        task._write_report(step, performer)

    def _write_report(self, step, performer=None):
        """Write a report of the order (in sudo) whose actor and state were checked, and tell of it."""
        entry = self._prepare_report_entry(step)
        vals = self._prepare_report_vals(step)
        if performer:
            vals["outsourcing_performer_id"] = performer.id
        open_gate(self).write(vals)
        self._remember_report(entry, self.message_post(body=self._get_report_message(step)))

    def _get_report_message(self, step):
        messages = {
            "responded": self.env._("The contractor has answered the order."),
            "arrived": self.env._("The contractor's people are on site."),
            "completed": self.env._("The contractor has reported the work done."),
        }
        return messages[step]

    def _prepare_report_vals(self, step):
        """Return the times a report sets: whoever reports the later step has passed the earlier ones."""
        steps = ("responded", "arrived", "completed")
        passed = steps[: steps.index(step) + 1]
        names = [f"outsourcing_date_{name}" for name in passed]
        stage = {"responded": "dispatched", "arrived": "working", "completed": "checking"}[step]
        moment = act_time(
            self,
            self.outsourcing_date_requested,
            self.outsourcing_date_entered,
            self.outsourcing_date_reopened,
            *(self[name] for name in names),
        )
        vals = {name: moment for name in names if not self[name]}
        return {**vals, "stage_id": self.env.ref(f"property_outsourcing.order_stage_{stage}").id}

    def _check_contractor(self, user):
        if self.outsourcing_contractor_id != user.partner_id.commercial_partner_id:
            raise AccessError(self.env._("Only the contractor of this document may take this step."))
