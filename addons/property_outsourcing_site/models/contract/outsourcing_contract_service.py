from datetime import timedelta

from odoo import models
from odoo.fields import Domain


class OutsourcingContract(models.Model):
    """Inspections follow the communities and the term of a running contract."""

    _inherit = "outsourcing.contract"

    def _start_service(self, communities, first):
        result = super()._start_service(communities, first)
        plans = self.with_context(active_test=False).inspection_plan_ids
        plans = plans.filtered(lambda plan: plan.community_id in communities)
        # a plan that somebody ended earlier stays ended
        until_now = plans.filtered(lambda plan: plan.date_end == first - timedelta(days=1))
        until_now.write({"date_end": self.date_end})
        if new := communities - plans.community_id:
            self._load_inspection_plans(new).write({"date_start": first})
        return result

    def _end_service(self, communities, last):
        result = super()._end_service(communities, last)
        plans = self.inspection_plan_ids.filtered(lambda plan: plan.community_id in communities)
        plans._end_on(last)
        return result


class OutsourcingInspectionPlan(models.Model):
    _inherit = "outsourcing.inspection.plan"

    def _end_on(self, last):
        """Plan nothing of ``self`` (in sudo) after ``last``; what is planned already and untouched goes."""
        begun = self.filtered(lambda plan: plan.date_start <= last)
        begun.filtered(lambda plan: not plan.date_end or plan.date_end > last).write({"date_end": last})
        (self - begun).write({"active": False})
        late = Domain("plan_id", "in", self.ids) & Domain("date_planned", ">", last)
        self.env["outsourcing.inspection"].search(late & Domain("state", "=", "planned")).unlink()
