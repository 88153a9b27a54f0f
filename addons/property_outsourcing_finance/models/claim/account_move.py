from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open


class AccountMove(models.Model):
    """The bill of a claim: made by the claim, and given up with it."""

    _inherit = "account.move"

    outsourcing_claim_id = fields.Many2one(
        "outsourcing.claim", "Claim", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if moves.outsourcing_claim_id and not is_gate_open(self):
            raise UserError(self.env._("A claim makes its bill itself."))
        return moves

    def write(self, vals):
        if "outsourcing_claim_id" in vals and not is_gate_open(self):
            raise UserError(self.env._("A claim makes its bill itself."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_claimed(self):
        for move in self.filtered("outsourcing_claim_id"):
            # sudo: its number only
            raise UserError(
                self.env._(
                    "%(bill)s claims %(claim)s: cancel the claim instead of deleting its bill.",
                    bill=move.display_name,
                    claim=move.outsourcing_claim_id.sudo().display_name,
                )
            )
