from odoo import api, models


class AccountPaymentMethodLine(models.Model):
    """A journal keeps the name of its way to pay in the language of whoever set it up, mostly English."""

    _inherit = "account.payment.method.line"

    @api.depends_context("lang")
    @api.depends("name", "payment_method_id.name")
    def _compute_display_name(self):
        """Show a name that nobody changed as core translates it for the reader."""
        super()._compute_display_name()
        for line in self:
            method = line.sudo().payment_method_id  # only its name, of a line that the reader may read
            english = method.with_context(lang="en_US").name
            if line.name == english != method.name:
                line.display_name = line.display_name.replace(english, method.name, 1)
