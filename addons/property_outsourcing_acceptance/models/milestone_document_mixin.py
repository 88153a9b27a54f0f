from odoo import api, fields, models
from odoo.exceptions import ValidationError

# what milestone._get_acceptable_domain() says, for the choice in a form
OPEN_ROWS = "[('contract_state', 'in', ('active', 'suspended', 'completed')), ('date_closed', '=', False)]"


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
        domain=OPEN_ROWS,
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

    @api.model
    def _get_contract_of(self, vals):
        row = vals.get("milestone_id") or self.env.context.get("default_milestone_id")
        return self.env["outsourcing.contract.milestone"].browse(row).sudo().contract_id  # whose numbers

    @api.constrains("milestone_id")
    def _check_contract_running(self):
        for document in self.sudo():  # state only
            if reason := document.milestone_id._get_closed_reason():
                raise ValidationError(reason)

    def _get_signed_parties(self):
        return {**super()._get_signed_parties(), "third_party": self.third_party_id}

    def _get_signed_records(self):
        return [*super()._get_signed_records(), self._get_stages().party_id]
