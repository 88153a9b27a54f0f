from odoo import models
from odoo.exceptions import AccessError, UserError


class ProjectTask(models.Model):
    _inherit = "project.task"
    _portal_takes_photos = True

    def _portal_check_may_add_evidence(self):
        order = self.sudo()  # party and state only; read access was checked
        if order.outsourcing_contractor_id != self.env.user.partner_id.commercial_partner_id:
            raise AccessError(self.env._("Only the contractor of this document may take this step."))
        if not order._takes_evidence():
            raise UserError(self.env._("%s no longer takes photos or files.", order.name))
