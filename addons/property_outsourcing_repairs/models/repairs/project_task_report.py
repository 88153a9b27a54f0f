from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate


class ProjectTask(models.Model):
    """The first of two signatures: the contractor reports what was done, in these quantities."""

    _inherit = "project.task"

    def _portal_report(self, step, performer=None):
        task = self.sudo()  # reads the state only
        if step == "completed" and task.outsourcing_measure_state == "estimate":
            raise UserError(self.env._("Report the performed quantities together with the completion."))
        return super()._portal_report(step, performer)

    def _portal_report_work(self, quantities, extra=(), performer=None, details=None):
        """Record the contractor's report: the work is done, in these quantities.

        :param dict quantities: id of an order line -> performed quantity
        :param extra: list of (id of an item of the contract's list, quantity) found necessary on site
        :param performer: the person of the firm who does the work (``res.partner``)
        :param dict details: what the report tells besides, see ``_portal_report_done``; None: nothing is told
        :raise AccessError: not the contractor of this work order
        :raise UserError: wrong state, unknown line or item, nothing performed, no photo
        """
        self.ensure_one()
        task = self.sudo()  # the party is checked in the next line
        if task.outsourcing_contractor_id != self.env.user.partner_id.commercial_partner_id:
            raise AccessError(self.env._("Only the contractor of this document may take this step."))
        task._check_measure_state("estimate")
        if task.is_closed:
            raise UserError(self.env._("%s is closed.", task.name))
        company = task.outsourcing_contract_id.company_id
        if company.outsourcing_repairs_photo_required and not task.evidence_ids:
            raise UserError(self.env._("Add a photo of the finished work first."))
        if details is not None:
            self._write_done_details(details)
        task._set_reported(quantities, extra)
        task._finish_report()
        task._write_report("completed", performer)  # anew where its quantities were sent back

    def _get_done_demands(self):
        demands = super()._get_done_demands()
        if not self.outsourcing_measure_state:
            return demands
        # the quantities say what was done and used; whether there has to be a photo is a setting of its own
        lighter = {"required": "asked"}
        return {name: lighter.get(demand, demand) for name, demand in demands.items()} | {"parts": "no"}

    def _set_reported(self, quantities, extra):
        """Write what the contractor says into the lines of this order (in sudo)."""
        lines = {line.id: line for line in self.outsourcing_order_line_ids}
        if set(quantities) - set(lines):
            raise UserError(self.env._("Report the quantities of this order only."))
        if any(quantity < 0 for quantity in [*quantities.values(), *(row[1] for row in extra)]):
            raise UserError(self.env._("The quantities of a work order cannot be negative."))
        for line_id, quantity in quantities.items():
            lines[line_id]._gated().quantity_reported = quantity
        # an item of another list is refused by the line itself
        self.env["outsourcing.order.line"]._gated().create(
            [
                {"task_id": self.id, "item_id": item_id, "quantity_reported": quantity, "sequence": 100}
                for item_id, quantity in extra
                if quantity
            ]
        )

    def _check_reported(self):
        """Raise UserError unless there is a quantity in the report of each order (in sudo)."""
        for task in self:
            if not any(line.quantity_reported for line in task.outsourcing_order_line_ids):
                raise UserError(self.env._("%s: report at least one performed quantity.", task.name))

    def _finish_report(self):
        """Fix the report of this order (in sudo): the reported quantities are the ones to be checked."""
        self.ensure_one()
        self._check_reported()
        open_gate(self).write(
            {
                "outsourcing_measure_state": "reported",
                "outsourcing_reported_by_id": self.env.uid,
                "outsourcing_date_reported": fields.Datetime.now(),
                "outsourcing_date_answer_due": self._get_date_answer_due(),
            }
        )
        for line in self.outsourcing_order_line_ids:
            line._gated().quantity_performed = line.quantity_reported
        self._seal_evidence()
        self.outsourcing_contract_id._warn_called_off()
