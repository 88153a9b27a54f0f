from odoo import fields, models


class OutsourcingSettlement(models.Model):
    """On which account a settlement is paid: the contractor's on the day it is drawn up."""

    _inherit = "outsourcing.settlement"

    payee_account_id = fields.Many2one(
        "res.partner.bank",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        help="The contractor's account when the lines were drawn up. A payee change in force later holds for "
        "later settlements; taking over the lines of a draft again takes over the account as well.",
    )

    def _generate_lines(self):
        result = super()._generate_lines()
        drafts = self.filtered(
            lambda settlement: settlement.state == "draft"
        ).sudo()  # super has checked access
        accounts = drafts.contractor_id._get_payee_accounts()
        for settlement in drafts:
            account = accounts.get(settlement.contractor_id, self.env["res.partner.bank"])
            if account != settlement.payee_account_id:
                settlement._gated().write({"payee_account_id": account.id})
        return result

    def _map_present_parties(self):
        parties = super()._map_present_parties()
        for settlement, roles in parties.items():
            account = settlement.payee_account_id
            roles["contractor"] = settlement.contractor_id._get_party_data(account)
        return parties

    def _prepare_bill_vals(self, settlement):
        vals = super()._prepare_bill_vals(settlement)
        if settlement.payee_account_id:
            vals["partner_bank_id"] = settlement.payee_account_id.id
        return vals
