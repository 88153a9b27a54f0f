from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import format_money

from .contract_rollup import PERFORMED_STATES


class OutsourcingOrderRollup(models.Model):
    """A roll-up that nothing was settled of is taken back; its orders wait for another one."""

    _inherit = "outsourcing.order.rollup"

    def action_take_back(self):
        """Ask why the roll-ups are taken back."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Back"),
            "res_model": "outsourcing.rollup.take.back",
            "view_mode": "form",
            "target": "new",
            "context": {"default_rollup_ids": self.ids},
        }

    def _take_back(self, reason):
        """Set the orders of these roll-ups free and remove their payment rows, as the acting manager.

        :raise AccessError: not a manager who may write the contracts
        :raise UserError: something of a roll-up is in a settlement, billed or otherwise relied upon
        """
        self.check_access("read")
        self.contract_id._require_group("property_outsourcing.group_outsourcing_manager")
        self.contract_id.check_access("write")
        for rollup in self._gated():  # the actor was checked
            rollup._check_may_take_back()
            row, orders = rollup.milestone_id, rollup.order_ids
            row._release_documents()
            rollup._announce_taken_back(reason)
            orders._gated().write({"outsourcing_rollup_id": False, "outsourcing_measure_state": "accepted"})
            rollup.milestone_id = False
            row._remove()
            rollup.unlink()

    def _check_may_take_back(self):
        self.ensure_one()
        contract = self.contract_id
        if contract.state not in PERFORMED_STATES:
            raise UserError(
                self.env._(
                    "%(contract)s is %(state)s: its roll-ups stay.",
                    contract=contract.display_name,
                    state=contract._get_state_label(),
                )
            )

    def _announce_taken_back(self, reason):
        self.contract_id.message_post(
            body=self.env._(
                "%(user)s has taken back the roll-up %(rollup)s of %(orders)s order(s), %(amount)s: "
                "%(reason)s",
                user=self.env.user.name,
                rollup=self.display_name,
                orders=self.order_count,
                amount=format_money(self, self.amount_total),
                reason=reason,
            )
        )
