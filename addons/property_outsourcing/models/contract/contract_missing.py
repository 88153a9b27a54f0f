from odoo import models

from ..workflow.missing_points import MissingPoint


class OutsourcingContract(models.Model):
    """What a contract lacks before it is handed in and before it becomes active, where the author sees it."""

    _inherit = "outsourcing.contract"

    def _get_awaited_steps(self):
        active = ("active", self.env._("Before it becomes active"))
        if self.state == "draft":
            return [("to_approve", self.env._("Before it is submitted")), active]
        return [active] if self.state == "to_approve" else []

    def action_ask_complete(self):
        """Ask before the contract is completed, once nothing stands in the way."""
        question = self.env._("No more work is dispatched under a completed contract. Complete it?")
        return self._ask("completed", "action_complete", question)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "to_approve":
            points += self._get_missing_terms()
            points += [
                MissingPoint(message, record=self, page="payment", field="milestone_ids")
                for message in self.milestone_ids._get_zero_messages()
            ]
        return points

    def _get_missing_terms(self):
        """Return the points about the terms every contract of its kind needs. Hook."""
        self.ensure_one()
        rows = self.milestone_ids
        if rows:
            message = rows._get_sum_message()
        else:
            message = self.env._("%s has no payment rows yet.", self.display_name)
        if not message:
            return []
        return [MissingPoint(message, record=self, page="payment", field="milestone_ids")]
