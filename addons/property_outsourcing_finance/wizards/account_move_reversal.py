from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import join_names


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    outsourcing_is_settled = fields.Boolean(compute="_compute_outsourcing_is_settled")

    @api.depends("move_ids")
    def _compute_outsourcing_is_settled(self):
        for wizard in self:
            wizard.outsourcing_is_settled = bool(wizard.move_ids.outsourcing_settlement_id)

    def reverse_moves(self, is_modify=False):
        """Make credit notes as core does; a contract's new bill comes from its settlement, not from here."""
        settled = self.move_ids.filtered("outsourcing_settlement_id")
        if settled and is_modify:
            raise UserError(
                self.env._(
                    "%(bill)s is the bill of a settlement: reverse it, post the credit note, and create the "
                    "new bill from the settlement %(settlement)s, which is then free again.",
                    bill=join_names(self.env, settled.mapped("display_name")),
                    # sudo: names only
                    settlement=join_names(self.env, settled.outsourcing_settlement_id.sudo().mapped("name")),
                )
            )
        return super().reverse_moves(is_modify)
