from odoo import fields, models


class OutsourcingContractSla(models.Model):
    _name = "outsourcing.contract.sla"
    _description = "Contract SLA Term"
    _inherit = ["outsourcing.sla.mixin", "outsourcing.workflow.line.mixin"]
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")

    _term_uniq = models.Constraint(
        "UNIQUE(contract_id, priority, metric)", "A contract has one time limit per priority and metric."
    )
