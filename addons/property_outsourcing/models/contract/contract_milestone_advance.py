from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.trade_time import trade_today


class OutsourcingContractMilestone(models.Model):
    """An advance that is recovered is not a part of the price: it is lent on later rows."""

    _inherit = "outsourcing.contract.milestone"

    is_prepayment = fields.Boolean(
        "Recovered Advance",
        compute="_compute_is_prepayment",
        store=True,
        help="Paid ahead and taken back from later rows; it does not count to the contract amount.",
    )

    @api.depends("kind", "contract_id.advance_is_recovered")
    def _compute_is_prepayment(self):
        for row in self:
            row.is_prepayment = row.kind == "advance" and row.contract_id.advance_is_recovered

    def action_release_advance(self):
        """Release an advance for payment: there is no work to be accepted yet; a manager decides."""
        self.env["outsourcing.contract"]._require_group("property_outsourcing.group_outsourcing_manager")
        self.check_access("read")
        for row in self:
            contract = row.contract_id
            if row.kind != "advance":
                raise UserError(self.env._("%s is no advance payment.", row.display_name))
            if contract.state != "active":
                raise UserError(self.env._("An advance is released while the contract is running."))
            if row.date_accepted:
                raise UserError(self.env._("%s has been released already.", row.display_name))
            contract._check_bond_received()
        today = trade_today(self)
        self._record_acceptances({row: (row.amount, today, row.contract_id) for row in self})

    def _get_recoverable(self, amount):
        """Return what of ``amount``, settled of this row, may be held back for an open advance."""
        self.ensure_one()
        contract = self.contract_id
        if not self._is_advance_recovered_here():
            return 0.0
        rate = min(contract.advance_recovery_rate, 100 - contract.retention_rate)
        return self.currency_id.round(amount * rate / 100)

    def _is_advance_recovered_here(self):
        self.ensure_one()
        first = self.contract_id.advance_recovery_from_id
        if not self.contract_id.advance_is_recovered or self.kind == "advance":
            return False
        return not first or (self.sequence, self.id) >= (first.sequence, first.id)

    def _prepare_settlement_line(self):
        vals = super()._prepare_settlement_line()
        if self.is_prepayment:
            analytic = self.community_id.analytic_account_id
            vals["analytic_distribution"] = {str(analytic.id): 100} if analytic else False
        return vals
