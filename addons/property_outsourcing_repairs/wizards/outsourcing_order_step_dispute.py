from odoo import fields, models


class OutsourcingOrderStep(models.TransientModel):
    """The reason with which a cut of quantities stands against the contractor's objection."""

    _inherit = "outsourcing.order.step"

    step = fields.Selection(
        selection_add=[("uphold_cut", "The cut stands")], ondelete={"uphold_cut": "cascade"}
    )

    def action_apply(self):
        """Take the step; the order checks who may."""
        if self.step != "uphold_cut":
            return super().action_apply()
        self.task_ids._uphold_cut(self.reason)
        return {"type": "ir.actions.act_window_close"}
