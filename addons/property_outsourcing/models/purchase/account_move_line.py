from odoo import models
from odoo.exceptions import UserError

from ..workflow.outsourcing_workflow_mixin import is_gate_open


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        if "purchase_line_id" in vals and not is_gate_open(self.env):
            # links only; who may write the line is checked by super
            lines = self.sudo().purchase_line_id
            lines |= lines.browse(vals["purchase_line_id"] or [])
            changed = any(line.purchase_line_id.id != vals["purchase_line_id"] for line in self.sudo())
            if changed and lines.outsourcing_milestone_id:
                raise UserError(self.env._("What a bill line charges of a contract is not linked by hand."))
        return super().write(vals)
