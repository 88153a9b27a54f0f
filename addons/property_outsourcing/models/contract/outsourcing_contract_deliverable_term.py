from odoo import fields, models


class OutsourcingContractDeliverableTerm(models.Model):
    """What the contractor agreed to hand in; activation creates the single deliverables from it."""

    _name = "outsourcing.contract.deliverable.term"
    _description = "Contract Deliverable Term"
    _inherit = ["outsourcing.deliverable.mixin", "outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    reviewer_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        help="Empty: the manager of the community, else its first supervisor, else the project manager.",
    )
