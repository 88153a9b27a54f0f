from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _portal_hand_over(self, person):
        """Name the colleague who carries out the order.

        :param person: ``res.partner`` in sudo, of the firm; who may hand over was checked by the caller
        :raise AccessError: not the contractor of this work order
        :raise UserError: the order is closed
        """
        self.ensure_one()
        task = self.sudo()  # the party is checked in the next line
        task._check_contractor(self.env.user)
        if task.is_closed:
            raise UserError(self.env._("%s is closed.", task.name))
        open_gate(task).write({"outsourcing_performer_id": person.id})
        task.message_post(body=self.env._("Handed over to %s.", person.name))
