from odoo import models


class ProjectTask(models.Model):
    """Nobody follows an order for having created it: whoever works on one is told when it is dispatched."""

    _inherit = "project.task"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # core subscribes whoever creates, one task after the other; of a contract these are many at once
        if not self.env.context.get("mail_create_nosubscribe"):
            return super().message_subscribe(partner_ids, subtype_ids)
        plain = self.filtered(lambda task: not task.outsourcing_contract_id)
        return super(ProjectTask, plain).message_subscribe(partner_ids, subtype_ids) if plain else True
