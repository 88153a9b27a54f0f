from odoo import models
from odoo.exceptions import UserError


class AccountPaymentRegister(models.TransientModel):
    """The bill of a settlement is paid on the account the settlement names."""

    _inherit = "account.payment.register"

    def _get_batch_available_partner_banks(self, batch_result, journal):
        accounts = super()._get_batch_available_partner_banks(batch_result, journal)
        # sudo: which account was agreed; whoever pays reads the bill
        agreed = batch_result["lines"].move_id.sudo().outsourcing_settlement_id.payee_account_id
        return agreed.sudo(False) or accounts

    def _create_payments(self):
        for wizard in self.filtered("can_edit_wizard"):
            account = wizard.partner_bank_id
            if account and account not in wizard.available_partner_bank_ids:
                raise UserError(
                    self.env._(
                        "%(account)s is not the account the settlement names. A contractor's account changes "
                        "by a payee change, for settlements drawn up afterwards.",
                        account=account.display_name,
                    )
                )
        return super()._create_payments()
