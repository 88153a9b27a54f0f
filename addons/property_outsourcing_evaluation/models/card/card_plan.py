from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .card_workflow import PLAN
from .outsourcing_card import IN_FORCE, MANAGER


class OutsourcingCard(models.Model):
    """Yellow: the contractor hands in its plan of rectification; a manager verifies it on site and closes."""

    _inherit = "outsourcing.card"

    def _awaits_plan(self):
        """Return whether the contractor still has to hand in its plan."""
        self.ensure_one()
        return self.color == "yellow" and self.state in IN_FORCE and not self.date_plan

    def _portal_hand_in_plan(self, plan):
        """Keep the contractor's plan; late is better than never, the card stands until it is verified.

        :raise AccessError: not the contractor
        :raise UserError: nothing written, or no plan is awaited
        """
        self.ensure_one()
        self._require_contractor()
        if not (plan or "").strip():
            raise UserError(self.env._("Write what you will do, who is responsible, and until when."))
        if not self._awaits_plan():
            raise UserError(self.env._("%s awaits no plan.", self.name))
        # the party was checked
        self._gated().write(
            {"plan": plan.strip(), "date_plan": fields.Datetime.now(), "planned_by_id": self.env.uid}
        )
        self.sudo().activity_unlink([PLAN])  # of the reminder only
        self._schedule_event(PLAN, self.env._("Verify the rectification and close the card"))

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "return_plan": (self.env._("Return the plan"), "_return_plan"),
        }

    def action_return_plan(self):
        """Ask what the plan lacks, then ask the contractor for another one."""
        self.ensure_one()
        self._check_may_return_plan()
        return self._open_reason_dialogue("return_plan")

    def _return_plan(self, reason):
        self.ensure_one()
        self._check_may_return_plan()
        until = trade_today(self) + relativedelta(days=self.rule_id.plan_days)
        # the manager was checked
        self._gated().write(
            {"plan_note": reason, "date_plan": False, "plan_deadline": until, "plan_reminded": False}
        )
        self.activity_unlink([PLAN])

    def _check_may_return_plan(self):
        self.check_access("read")
        self._require_group(MANAGER)
        if self.state not in IN_FORCE or not self.date_plan:
            raise UserError(self.env._("No plan was handed in."))

    def _check_rectified(self):
        for card in self:
            if card.color == "red":
                raise UserError(self.env._("A red card ends with its term, or is lifted."))
            if not card.date_plan:
                raise UserError(
                    self.env._("%s: the contractor has not handed in its plan of rectification.", card.name)
                )

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "closed" and not self._is_system_actor():
            self._check_rectified()
