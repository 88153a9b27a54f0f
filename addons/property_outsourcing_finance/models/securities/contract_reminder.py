from odoo import api, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.tools import format_money

EVENT_RETENTION_DUE = "property_outsourcing_finance.activity_type_retention_due"
EVENT_BOND_DUE = "property_outsourcing_finance.activity_type_bond_due"


class OutsourcingContract(models.Model):
    """Somebody is told in good time what falls due to the contractor."""

    _inherit = "outsourcing.contract"

    @api.model
    def _cron_announce_retention(self):
        """Tell who looks after the contracts which retention falls due within the days of notice."""
        lines = self.env["outsourcing.settlement.line"].search(self._get_retention_due_domain())
        due = lines.filtered(lambda line: line.date_noticed != line.date_due)
        due.contract_id._run_in_batches("_announce_retention")

    @api.model
    def _get_retention_due_domain(self):
        """Return the domain of the settlement lines whose retention falls due within the days of notice."""
        companies = self.env["res.company"].sudo().search([])  # days of notice only
        return (
            Domain("kind", "=", "retention")
            & Domain("amount_withheld", ">", 0)
            & Domain.OR(
                Domain("company_id", "=", company.id)
                & Domain("date_due", "<=", company._outsourcing_get_retention_notice_limit())
                for company in companies
            )
        )

    def _announce_retention(self):
        domain = self._get_retention_due_domain() & Domain("contract_id", "in", self.ids)
        lines = self.env["outsourcing.settlement.line"].search(domain)
        asked = {
            contract: {
                "summary": self.env._(
                    "Retention of %(amount)s falls due to %(contractor)s",
                    amount=format_money(contract, sum(due.mapped("amount_withheld"))),
                    contractor=contract.contractor_id.name,
                ),
                "date_deadline": min(due.mapped("date_due")),
            }
            for contract, due in lines.grouped("contract_id").items()
        }
        self._schedule_events(EVENT_RETENTION_DUE, asked)
        for line in lines:
            line._gated().write({"date_noticed": line.date_due})

    def _close_return_events(self):
        """Take the reminders off the list where a return has been handed in and nothing else is due."""
        due = self.env["outsourcing.settlement.line"].search(
            self._get_retention_due_domain() & Domain("contract_id", "in", self.ids)
        )
        (self - due.contract_id).activity_unlink([EVENT_RETENTION_DUE])
        self.filtered(lambda contract: not contract.amount_bond_kept).activity_unlink([EVENT_BOND_DUE])

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("completed", "terminated"):
            for contract in self.filtered(lambda c: c.bond_state in ("held", "expiring", "expired")):
                contract._schedule_event(
                    EVENT_BOND_DUE,
                    self.env._("The contract has ended: return the performance bond or say what keeps it"),
                )
