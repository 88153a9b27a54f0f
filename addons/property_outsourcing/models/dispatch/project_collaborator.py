from odoo import api, models
from odoo.exceptions import ValidationError


class ProjectCollaborator(models.Model):
    _inherit = "project.collaborator"

    @api.constrains("project_id")
    def _check_no_contract_project(self):
        # project sharing lets portal users write state and stage; contractors report through their own pages
        if self.sudo().project_id.outsourcing_contract_id:
            raise ValidationError(
                self.env._("The project of an outsourcing contract is not shared for editing.")
            )
