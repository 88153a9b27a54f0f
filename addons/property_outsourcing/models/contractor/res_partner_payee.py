from odoo import models


class ResPartner(models.Model):
    """What papers and bills say of a firm: its data, and the account it is paid on."""

    _inherit = "res.partner"

    def _get_payee_accounts(self):
        """Return the account each of these partners is paid on. Hook: what was agreed comes first.

        By default the one entered first: another one entered later, by a bank statement for example, changes
        nothing.

        :return: dict partner -> ``res.partner.bank``, without those that have none; one query for all
        """
        # sudo: whoever draws up a paper of the firm prints its account
        accounts = self.env["res.partner.bank"].sudo().search([("partner_id", "in", self.ids)], order="id")
        firms = {partner.id: partner for partner in self}
        return {firms[partner.id]: rows[0] for partner, rows in accounts.grouped("partner_id").items()}

    def _get_party_data(self, account):
        """Return what a paper prints of the firm, as a dict that can be stored.

        :param account: the ``res.partner.bank`` it is paid on, if any
        """
        self.ensure_one()
        party = self.sudo()  # see above
        return {
            "name": party.name or "",
            "vat": party.vat or "",
            "address": "".join(filter(None, (party.city, party.street, party.street2))),
            "phone": party.phone or "",
            "bank": account.bank_id.name or "" if account else "",
            "account": account.acc_number or "" if account else "",
            "holder": account.acc_holder_name or "" if account else "",
        }
