from odoo import models

from odoo.addons.property_outsourcing.tools import RUNNING_STATES


class OutsourcingPlanTargetMixin(models.AbstractModel):
    """What plans of inspections visit: rounds follow when it is archived or comes back."""

    _name = "outsourcing.plan.target.mixin"
    _description = "Target of Inspection Plans"

    _plan_field = None  # of the plan: the many2many to this model

    def write(self, vals):
        if "active" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda target: target.active != bool(vals["active"]))
        result = super().write(vals)
        if changed:
            changed._follow_in_plans(bool(vals["active"]))
        return result

    def _follow_in_plans(self, active):
        """Withdraw the planned rounds of what was archived; plan those of what came back anew."""
        # sudo: plans follow, whoever may change the registry
        plans = self.env["outsourcing.inspection.plan"].sudo().search([(self._plan_field, "in", self.ids)])
        if active:
            plans._reset_future()
        else:
            self.env["outsourcing.inspection"]._withdraw_of(self)
        plans.filtered(lambda plan: plan.contract_state in RUNNING_STATES)._tell_without_target()
