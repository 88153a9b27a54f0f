from odoo import api, fields, models
from odoo.exceptions import UserError


class ProjectTask(models.Model):
    """A new work order in the form: its contract says where it belongs and whether it can be dispatched."""

    _inherit = "project.task"

    outsourcing_dispatch_blockers = fields.Text(
        "Dispatch is Blocked",
        compute="_compute_outsourcing_dispatch_blockers",
        groups="property_outsourcing.group_outsourcing_user",
    )

    @api.depends("outsourcing_contract_id")
    def _compute_outsourcing_dispatch_blockers(self):
        for task in self:
            contract = task.outsourcing_contract_id.sudo()  # sentences, not documents, are shown
            task.outsourcing_dispatch_blockers = False if task._origin else contract.dispatch_blockers

    @api.onchange("outsourcing_contract_id")
    def _onchange_outsourcing_contract_id(self):
        if self.outsourcing_contract_id and not self._origin:
            self.project_id = self.outsourcing_contract_id.sudo().project_id  # the contract's own project
            if not self.env.context.get("default_stage_id"):
                # the contractor sees it as soon as it is saved
                self.stage_id = self.env.ref("property_outsourcing.order_stage_dispatched")

    def _check_starts_open(self):
        """Raise UserError where a client creates work that is over already."""
        done = self.env.ref("property_outsourcing.order_stage_done")
        if any(order.is_closed or order.stage_id == done for order in self):
            raise UserError(self.env._("A new work order starts open."))
