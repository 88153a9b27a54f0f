from odoo import fields, models


class OutsourcingContractRequirement(models.Model):
    _name = "outsourcing.contract.requirement"
    _description = "Contract document requirement"
    _inherit = ["outsourcing.document.requirement.mixin", "outsourcing.workflow.line.mixin"]
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
