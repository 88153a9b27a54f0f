from odoo import models


class ProjectTask(models.Model):
    """Whoever works on site is told where the electricity comes from."""

    _inherit = "project.task"

    def _after_order_step(self, step):
        super()._after_order_step(step)
        if step == "arrived":
            for order in self:
                for meter in order.outsourcing_contract_id.extension_meter_ids:
                    order.message_post(body=self.env._("Draw electricity from %s.", meter.name))
