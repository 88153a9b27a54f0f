from odoo import models


class ProjectTask(models.Model):
    """Orders planned in bulk follow nobody: whoever works on one is told when it is dispatched."""

    _inherit = "project.task"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # core subscribes whoever creates, one order after the other
        if self.env.context.get("mail_create_nosubscribe"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)
