from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProjectProject(models.Model):
    _name = "project.project"
    _inherit = ["project.project", "outsourcing.in.use.mixin"]

    outsourcing_contract_id = fields.Many2one(
        "outsourcing.contract", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    @api.constrains("privacy_visibility", "outsourcing_contract_id")
    def _check_contract_project_private(self):
        for project in self:
            if project.outsourcing_contract_id and project.privacy_visibility != "followers":
                raise ValidationError(
                    self.env._(
                        "The project of an outsourcing contract stays visible to invited internal users only."
                    )
                )

    def action_view_outsourcing_contract(self):
        """Open the contract this project carries out."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": self.outsourcing_contract_id.id,
            "view_mode": "form",
        }
