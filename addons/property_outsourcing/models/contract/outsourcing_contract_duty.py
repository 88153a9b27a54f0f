from odoo import fields, models


class OutsourcingContractDuty(models.Model):
    _name = "outsourcing.contract.duty"
    _description = "Contract Duty"
    _inherit = ["outsourcing.duty.mixin", "outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    clause = fields.Char(copy=False)
