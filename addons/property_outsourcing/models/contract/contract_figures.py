from odoo import api, models
from odoo.exceptions import ValidationError


class OutsourcingContract(models.Model):
    """What the figures and terms of a contract may be, and who may be its contractor."""

    _inherit = "outsourcing.contract"

    @api.constrains(
        "amount_total", "period_amount", "penalty_cap", "penalty_cap_rate", "period_penalty_cap_rate",
        "tax_rate", "retention_rate",
    )  # fmt: skip
    def _check_figures(self):
        for contract in self:
            if (
                min(contract.amount_total, contract.period_amount, contract.penalty_cap, contract.tax_rate)
                < 0
            ):
                raise ValidationError(
                    self.env._("Amounts and the tax rate of a contract cannot be negative.")
                )
            if not 0 <= contract.penalty_cap_rate <= 100:
                raise ValidationError(
                    self.env._("The cap on all penalties must lie between 0 and 100 percent.")
                )
            if not 0 <= contract.period_penalty_cap_rate <= 100:
                raise ValidationError(
                    self.env._("The cap on the penalties of a period must lie between 0 and 100 percent.")
                )
            if not 0 <= contract.retention_rate < 100:
                raise ValidationError(self.env._("The retention rate must lie between 0 and 100 percent."))
            if contract.kind == "service" and contract.retention_rate:
                raise ValidationError(
                    self.env._("A service contract has no retention: a month gone is not repaired.")
                )

    @api.constrains("retention_months", "warranty_months", "appeal_days", "answer_days", "consent_days")
    def _check_terms(self):
        for contract in self:
            if min(contract.retention_months, contract.warranty_months) < 0:
                raise ValidationError(self.env._("Months of liability and warranty cannot be negative."))
            if min(contract.appeal_days, contract.answer_days, contract.consent_days) < 1:
                raise ValidationError(self.env._("Appeal, answer and consent need at least one day each."))

    @api.constrains("currency_id")
    def _check_currency_digits(self):
        # a purchase line's quantity is its amount: quantities must be able to hold amounts
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for contract in self:
            if contract.currency_id.decimal_places > digits:
                raise ValidationError(
                    self.env._(
                        "%(currency)s has more decimals than the Product Unit precision (%(digits)s).",
                        currency=contract.currency_id.name,
                        digits=digits,
                    )
                )

    @api.constrains("contractor_id")
    def _check_contractor_is_company(self):
        for contract in self:
            if contract.contractor_id != contract.contractor_id.commercial_partner_id:
                raise ValidationError(
                    self.env._("Choose the firm itself, not one of its contacts, as contractor.")
                )
