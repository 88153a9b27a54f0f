from odoo import fields, models


class OutsourcingOrderStep(models.TransientModel):
    """The reason a step of a work order needs."""

    _name = "outsourcing.order.step"
    _description = "Step of a Work Order"

    task_ids = fields.Many2many("project.task", string="Work Orders", required=True, readonly=True)
    step = fields.Selection(
        [("hold", "Put on hold"), ("reopen", "Reopen"), ("close", "Close"), ("cancel", "Cancel")],
        required=True,
        readonly=True,
    )
    hold_reason_id = fields.Many2one(
        "outsourcing.hold.reason",
        "Reason of the Hold",
        domain=lambda self: self.env["outsourcing.hold.reason"]._get_choice_domain(),
    )
    stops_clock = fields.Boolean(related="hold_reason_id.stops_clock")
    reason = fields.Text()

    def action_apply(self):
        """Take the step; the order checks who may."""
        self.ensure_one()
        if self.step == "hold":
            self.task_ids._hold(self.hold_reason_id, self.reason)
        elif self.step == "reopen":
            self.task_ids._reopen_orders(self.reason)
        else:
            self.task_ids._close_orders(self.reason, "1_done" if self.step == "close" else "1_canceled")
        return {"type": "ir.actions.act_window_close"}
