from odoo import api, fields, models


class OutsourcingContract(models.Model):
    """What the contractor holds already, whatever contract it was paid for."""

    _inherit = "outsourcing.contract"

    amount_held = fields.Monetary(
        "Paid in Advance",
        compute="_compute_amount_held",
        compute_sudo=True,
        groups="base.group_user",
        help="Payments and credit notes that no posted bill has used up: the next payment uses them first.",
    )

    @api.depends("contractor_id", "company_id", "currency_id")
    def _compute_amount_held(self):
        for (company, currency), contracts in self.grouped(lambda s: (s.company_id, s.currency_id)).items():
            firms = contracts.contractor_id
            amounts = firms._get_outsourcing_amounts_held(company, currency) if firms else {}
            for contract in contracts:
                contract.amount_held = amounts.get(contract.contractor_id, 0.0)

    def action_view_held(self):
        """Open the payments and credit notes of the contractor that no posted bill has used up."""
        self.ensure_one()
        return self.contractor_id.with_company(self.company_id).action_outsourcing_view_held()
