from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """May money go to this firm, and how much is due to it?"""

    _inherit = "res.partner"

    def _get_outsourcing_contracted(self, companies):
        """Return the set of (firm, company) that a contract binds, whatever its state."""
        # whether there is a contract, not which
        groups = (
            self.env["outsourcing.contract"]
            .sudo()
            ._read_group(
                [("contractor_id", "in", self.ids), ("company_id", "in", companies.ids)],
                ["contractor_id", "company_id"],
            )
        )
        return {(partner.sudo(False), company.sudo(False)) for partner, company in groups}

    def _get_outsourcing_payout_blockers(self):
        """Return the sentences that keep money of the present company from going to the firm ``self``."""
        self.ensure_one()
        sentences = self._get_contractor_blockers("pay") + self._get_contractor_blockers("payout")
        return list(dict.fromkeys(sentences))

    def _get_outsourcing_due(self, company, currency, date, account_types):
        """Return what ``company`` owes the firm ``self`` on posted documents, less what it holds already.

        :param currency: the currency to tell it in
        :param date: day of the rates
        :param account_types: those of the accounts to be paid; other accounts are not set off unasked
        """
        self.ensure_one()
        items = self.env[
            "account.move.line"
        ].sudo()  # sums of the accounts; the caller asks about one payment
        groups = items._read_group(
            Domain("partner_id", "=", self.id)
            & Domain("company_id", "child_of", company.ids)
            & Domain("account_type", "in", account_types)
            & Domain("account_id.reconcile", "=", True)
            & Domain("parent_state", "=", "posted")
            & Domain("reconciled", "=", False),
            ["currency_id"],
            ["amount_residual:sum", "amount_residual_currency:sum"],
        )
        due = 0.0
        for item_currency, residual, residual_currency in groups:
            if item_currency == currency:
                due -= residual_currency
            else:
                due -= company.currency_id._convert(residual, currency, company, date)
        return currency.round(due)
