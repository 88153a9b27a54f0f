from odoo import models

from ..workflow.gate import close_gate

# what an order has once it has taken a step, in the order in which steps follow each other
STEPS = {
    "outsourcing_date_responded": "responded",
    "outsourcing_date_arrived": "arrived",
    "outsourcing_date_completed": "completed",
    "outsourcing_has_hold_request": "hold_requested",
    "outsourcing_hold_id": "held",
    "outsourcing_date_closed": "done",
    "outsourcing_reopen_count": "reopened",
}


class ProjectTask(models.Model):
    """Who has to hear of the steps of a work order hears of each in one place."""

    _inherit = "project.task"

    def _after_order_step(self, step):
        """Do what follows from a step that the orders ``self`` (in sudo) have just taken. Hook: call super.

        Called once for all orders that took the step together, whichever way they took it: a button, the
        contractor's page, the board, a schedule, an import. Who may take it was checked, the times are
        written. Who reports a later step has passed the earlier ones: each is told.

        :param str step: ``entered`` (new and open), ``responded``, ``arrived``, ``completed`` (as reported),
            ``hold_requested``, ``held``, ``resumed``, ``done``, ``cancelled`` or ``reopened``;
            ``completed_undone``, ``arrived_undone``, ``responded_undone``: taken back, the latest first
        """

    def _get_step_values(self, names):
        """Return what says which steps the orders have taken: dict order -> dict field -> value."""
        watched = [name for name in STEPS if name in names]
        return {order: {name: order[name] for name in watched} for order in self} if watched else {}

    def _tell_steps(self, before):
        """Call the hook for what the orders (in sudo) have reached since ``before``, step by step."""
        reached = {}
        for order, values in before.items():
            for name, old in values.items():
                if step := order._get_step(name, old):
                    reached[step] = reached.get(step, self.browse()) | order
        for step, orders in reached.items():
            close_gate(orders)._after_order_step(step)

    def _get_step(self, name, old):
        """Return the step that the field ``name``, which was ``old``, tells of, or None."""
        new = self[name]
        if name == "outsourcing_reopen_count":
            return STEPS[name] if new > old else None
        if name == "outsourcing_hold_id" and old and not new:
            return "resumed"
        if not new or old:
            return None
        if name == "outsourcing_date_closed" and self.state == "1_canceled":
            return "cancelled"
        return STEPS[name]
