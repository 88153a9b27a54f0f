from odoo import fields, models
from odoo.exceptions import UserError


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    settlement_ids = fields.One2many("outsourcing.settlement", "contract_id", "Settlements")
    settlement_count = fields.Integer(compute="_compute_settlement_count")

    def _compute_settlement_count(self):
        self._count_linked("settlement_count", "outsourcing.settlement")

    def action_view_settlements(self):
        """Open the settlements of the contract."""
        return self._get_contract_action("property_outsourcing_finance.outsourcing_settlement_action")

    def action_settle(self):
        """Open the settlement that waits for its bill, else draw up one of everything accepted by now."""
        self.ensure_one()
        self.check_access("read")
        waiting = self.settlement_ids.filtered(
            lambda s: s.state in ("draft", "submitted", "checked", "approved")
        )
        if waiting:
            return waiting._get_open_action()
        milestones = self.milestone_ids.filtered(lambda row: row.amount_to_settle > 0)
        return milestones.action_create_settlements()

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "closed":
            self._check_all_settled()

    def _check_all_settled(self):
        for contract in self:
            if any(contract.milestone_ids.mapped("amount_to_bill")):
                raise UserError(self.env._("%s: accepted amounts are not billed yet.", contract.display_name))
