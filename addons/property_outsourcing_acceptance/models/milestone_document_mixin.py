from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingMilestoneDocumentMixin(models.AbstractModel):
    """What is checked for one payment row, which says contract and community."""

    _name = "outsourcing.milestone.document.mixin"
    _inherit = ["outsourcing.signing.mixin", "outsourcing.site.document.mixin"]
    _description = "Document of a payment row"

    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        string="Payment row",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('contract_state', 'not in', ('draft', 'to_approve', 'cancelled', 'closed'))]",
    )
    contract_id = fields.Many2one(
        related="milestone_id.contract_id",
        store=True,
        required=False,
        index=True,
        precompute=True,
        tracking=False,
    )
    community_id = fields.Many2one(
        related="milestone_id.community_id",
        store=True,
        readonly=True,
        required=False,
        index=True,
        precompute=True,
        tracking=False,
        domain=[],
    )

    @api.constrains("milestone_id")
    def _check_contract_running(self):
        for document in self.sudo():  # state only
            if document.contract_id.state in ("draft", "to_approve", "cancelled", "closed"):
                raise ValidationError(
                    self.env._("The contract %s is not running.", document.contract_id.display_name)
                )
