from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STAFF = "property_outsourcing.group_outsourcing_user"


class ProjectTask(models.Model):
    """A new work order in the form: its contract says where it belongs and whether it can be dispatched."""

    _inherit = "project.task"

    outsourcing_dispatch_blockers = fields.Text(
        "Dispatch is Blocked",
        compute="_compute_outsourcing_dispatch_blockers",
        groups="property_outsourcing.group_outsourcing_user",
    )

    outsourcing_contractor_warning = fields.Char(
        related="outsourcing_contract_id.contractor_warning",
        related_sudo=True,  # a sentence
        groups="base.group_user",
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

    # ---- who dispatches ---------------------------------------------------------------------------------

    @api.model
    def _may_dispatch(self):
        """Return whether the acting person creates work orders at all; others have to-dos of their own."""
        return self.env.su or self.env.user.has_group(STAFF)

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Show no button for a new work order to who may not create one."""
        result = super().get_view(view_id, view_type, **options)
        if self.env.context.get("outsourcing_order") and not self._may_dispatch():
            arch = etree.fromstring(result["arch"])
            arch.set("create", "0")
            result["arch"] = etree.tostring(arch, encoding="unicode")
        return result

    @api.model
    def _check_may_dispatch_orders(self):
        """Raise AccessError where somebody who only has to-dos of his own creates a work order."""
        if not self.env.user.share and not self._may_dispatch():  # a contractor hears it elsewhere
            raise AccessError(self.env._("Work orders are dispatched by supervisors and managers."))

    def _check_starts_open(self):
        """Raise UserError where a client creates work that is over already."""
        done = self.env.ref("property_outsourcing.order_stage_done")
        if any(order.is_closed or order.stage_id == done for order in self):
            raise UserError(self.env._("A new work order starts open."))
