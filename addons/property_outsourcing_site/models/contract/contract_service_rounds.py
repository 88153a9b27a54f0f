from datetime import timedelta

from odoo import models
from odoo.fields import Command, Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


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

    def _start_equipment(self, equipment, first):
        result = super()._start_equipment(equipment, first)
        plans = self.inspection_plan_ids.filtered(
            lambda plan: (
                plan.community_id == equipment.outsourcing_community_id
                and plan.equipment_ids
                and (not plan.date_end or plan.date_end >= first)
            )
        )
        rhythms = plans.sorted("date_start").grouped(
            lambda plan: (plan.kind, plan.party, plan.checklist_id, plan.frequency)
        )
        for same in rhythms.values():
            same[0]._take_in(equipment, first)
        return result

    def _end_equipment(self, equipment, last):
        result = super()._end_equipment(equipment, last)
        for plan in self.with_context(active_test=False).inspection_plan_ids.filtered("active"):
            if leaving := plan.equipment_ids & equipment:
                plan._let_go(leaving, last)
        return result


class OutsourcingInspectionPlan(models.Model):
    _inherit = "outsourcing.inspection.plan"

    def _end_on(self, last):
        """Plan nothing of ``self`` (in sudo) after ``last``; what is planned already and untouched goes."""
        begun = self.filtered(lambda plan: plan.date_start <= last)
        begun.filtered(lambda plan: not plan.date_end or plan.date_end > last).write({"date_end": last})
        (self - begun).write({"active": False})
        self._drop_planned(last)

    def _drop_planned(self, last, domain=Domain.TRUE):
        late = Domain("plan_id", "in", self.ids) & Domain("date_planned", ">", last) & domain
        self.env["outsourcing.inspection"].search(late & Domain("state", "=", "planned")).unlink()

    def _take_in(self, equipment, first):
        """Inspect ``equipment`` (in sudo) from ``first`` on as well."""
        self.ensure_one()
        if first > max(trade_today(self), self.date_start):
            self._copy_for(equipment, date_start=first)
        else:
            self.write({"equipment_ids": [Command.link(item.id) for item in equipment]})

    def _let_go(self, equipment, last):
        """Inspect ``equipment`` (in sudo) no longer than ``last``; what is planned after it goes."""
        self.ensure_one()
        if not (self.equipment_ids - equipment or self.location_ids):
            self._end_on(last)
            return
        today = trade_today(self)
        self.write({"equipment_ids": [Command.unlink(item.id) for item in equipment]})
        self._drop_planned(last, Domain("equipment_id", "in", equipment.ids))
        if last > today and self.date_start <= last:
            self._copy_for(equipment, date_end=last).date_generated = today

    def _copy_for(self, equipment, **vals):
        return self.copy({"equipment_ids": [Command.set(equipment.ids)], "location_ids": False, **vals})
