from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """What a contractor holds: money of ours that no posted bill has used up."""

    _inherit = "res.partner"

    outsourcing_amount_held = fields.Monetary(
        "Paid in Advance",
        compute="_compute_outsourcing_amount_held",
        currency_field="currency_id",
        groups="account.group_account_invoice,account.group_account_readonly,"
        "property_outsourcing.group_outsourcing_manager,property_outsourcing.group_outsourcing_finance",
        help="Payments and credit notes that no posted bill has used up: the next payment uses them first.",
    )

    def _compute_outsourcing_amount_held(self):
        company = self.env.company
        amounts = self._get_outsourcing_amounts_held(company, company.currency_id)
        for partner in self:
            partner.outsourcing_amount_held = amounts.get(partner.commercial_partner_id, 0.0)

    def _get_outsourcing_amounts_held(self, company, currency):
        """Return a dict firm -> what the contractors ``self`` hold in ``currency`` of ``company``.

        Payments nobody has matched, those matched with a bill that went back to draft, and what was paid
        for settlements beyond what is billed of them.
        """
        firms = self.sudo()  # sums of the accounts; who may see them is said by the groups of the fields
        items = firms.env["account.move.line"]
        domain = self._get_outsourcing_held_domain(company, currency)
        strange = domain & Domain("move_id.outsourcing_settlement_id", "=", False)
        amounts = defaultdict(float)
        amounts.update(items._read_group(strange, ["partner_id"], ["amount_residual_currency:sum"]))
        partials = firms.env["account.partial.reconcile"].search(
            [("debit_move_id", "any", strange), ("credit_move_id.parent_state", "!=", "posted")]
        )
        for partial in partials:
            amounts[partial.debit_move_id.partner_id] += partial.debit_amount_currency
        excesses = firms.env["outsourcing.settlement"]._read_group(
            Domain("contractor_id", "in", self.commercial_partner_id.ids)
            & Domain("company_id", "child_of", company.ids)
            & Domain("currency_id", "=", currency.id)
            & Domain("amount_excess", ">", 0),
            ["contractor_id"],
            ["amount_excess:sum"],
        )
        for partner, excess in excesses:
            amounts[partner] += excess
        return {partner.sudo(False): currency.round(amount) for partner, amount in amounts.items()}

    def _get_outsourcing_held_domain(self, company, currency):
        return (
            Domain("partner_id", "in", self.commercial_partner_id.ids)
            & Domain("company_id", "child_of", company.ids)
            & Domain("currency_id", "=", currency.id)
            & Domain("account_type", "=", "liability_payable")
            & Domain("parent_state", "=", "posted")
            & Domain("amount_currency", ">", 0)
        )

    def _get_outsourcing_held_items(self, company, currency):
        """Return the open debits of the contractors ``self``, the oldest first: what a payment uses first."""
        domain = self._get_outsourcing_held_domain(company, currency) & Domain("reconciled", "=", False)
        items = self.env["account.move.line"].search(domain, order="date, id")
        # a credit note that nobody has matched with its own bill is not held: it stands against that
        return items.filtered(lambda item: item._is_outsourcing_held())

    def action_outsourcing_view_held(self):
        """Open the payments and credit notes that no posted bill has used up."""
        self.ensure_one()
        company = self.env.company
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Paid in Advance"),
            "res_model": "account.move.line",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                *self._get_outsourcing_held_domain(company, company.currency_id),
                ("reconciled", "=", False),
            ],
            "context": {"create": False},
        }
