from odoo import fields, models


class OutsourcingContractStandard(models.Model):
    _name = "outsourcing.contract.standard"
    _description = "Contract Quality Standard"
    _inherit = ["outsourcing.standard.mixin", "outsourcing.workflow.line.mixin"]
    _order = "sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
