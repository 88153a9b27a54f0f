from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tools import in_brackets

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

    def _get_bill_label(self):
        if self.accepted_res_model != ROLLUP:
            return super()._get_bill_label()
        month, _space, number = self.name.rpartition(" ")
        return self._get_fee_label(month) + in_brackets(self.env, number)

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
