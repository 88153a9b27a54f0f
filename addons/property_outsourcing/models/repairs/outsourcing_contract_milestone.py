from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..workflow.outsourcing_workflow_mixin import open_gate

ROLLUP = "outsourcing.order.rollup"


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    def _check_acceptable(self, amount, date, source):
        super()._check_acceptable(amount, date, source)
        if source and self.accepted_res_model == ROLLUP:
            raise UserError(
                self.env._("%s is accepted by the orders of its roll-up alone.", self.display_name)
            )
        if source and source._name == ROLLUP and not self._is_rolled_up_by(source):
            raise UserError(
                self.env._(
                    "%(rollup)s is not the roll-up of %(row)s.",
                    rollup=source.display_name,
                    row=self.display_name,
                )
            )

    def _is_rolled_up_by(self, rollup):
        return rollup.milestone_id == self and rollup.community_id == self.community_id

    @api.model
    def _get_accepting_states(self, source=None):
        states = super()._get_accepting_states(source)
        # a framework ended early still owes the orders that were accepted before
        return states | {"terminated"} if source and source._name == ROLLUP else states

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
        self._check_acceptable(0.0, False, None)
        facts = self.env["outsourcing.fact"].search_count([("milestone_id", "=", self.id)], limit=1)
        if self.adjustment_ids or facts:
            raise UserError(
                self.env._("%s: penalties, rewards or facts refer to this payment row; it stays.", self.name)
            )
