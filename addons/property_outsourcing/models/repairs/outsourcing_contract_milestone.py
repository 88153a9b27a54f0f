from odoo import models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..workflow.outsourcing_workflow_mixin import open_gate

ROLLUP = "outsourcing.order.rollup"


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    def _record_acceptance(self, amount, date, source):
        if self.accepted_res_model == ROLLUP:
            raise UserError(
                self.env._("%s is accepted by the orders of its roll-up alone.", self.display_name)
            )
        return super()._record_acceptance(amount, date, source)

    def _remove(self):
        """Remove these rows, released before, with their order lines."""
        # core never deletes a line of a confirmed order; what these rows committed is withdrawn
        lines = open_gate(self.purchase_line_ids).with_context(**{MODULE_UNINSTALL_FLAG: True})
        lines.unlink()
        self._gated().unlink()

    def _release_documents(self):
        """Cut the links of dropped documents to this row (in sudo), which is to go. Hook: call super first.

        :raise UserError: something is billed, or another document that counts is about this row
        """
        self.ensure_one()
        self._check_may_withdraw_acceptance()
        facts = self.env["outsourcing.fact"].search_count([("milestone_id", "=", self.id)], limit=1)
        if self.adjustment_ids or facts:
            raise UserError(
                self.env._("%s: penalties, rewards or facts refer to this payment row; it stays.", self.name)
            )
