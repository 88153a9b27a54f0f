from odoo import models


class ProjectTask(models.Model):
    """A work order on paper (派工单), for who has no phone at hand."""

    _name = "project.task"
    _inherit = ["project.task", "outsourcing.paper.mixin"]

    def action_print_order(self):
        """Print the work order."""
        self._check_paper("order_sheet")
        return self.env.ref("property_outsourcing.report_order_sheet").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if not self.outsourcing_contract_id:
            missing.append(self.env._("it belongs to no outsourcing contract"))
        return missing

    def _get_print_limits(self):
        """Return [(label, time)] of the limits that apply."""
        self.ensure_one()
        limits = (
            (self.env._("Respond by"), self.outsourcing_sla_response_deadline),
            (self.env._("Arrive by"), self.outsourcing_sla_arrival_deadline),
            (self.env._("Complete by"), self.outsourcing_sla_completion_deadline),
        )
        return [(label, moment) for label, moment in limits if moment]

    def _get_order_signers(self):
        """Return who signs the work order, in this order."""
        _ = self.env._
        return [_("Dispatched by"), _("Performed by (Party B)"), _("Confirmed by (project department)")]
