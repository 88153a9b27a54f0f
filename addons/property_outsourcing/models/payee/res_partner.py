from odoo import fields, models

from .res_partner_bank import RENAME, RENAME_KEY


class ResPartner(models.Model):
    """The account a contractor is paid on is the one agreed last; it changes by a payee change alone."""

    _inherit = "res.partner"

    outsourcing_payee_account_id = fields.Many2one(
        "res.partner.bank",
        "Payee Account",
        compute="_compute_outsourcing_payee_account_id",
        compute_sudo=True,
        groups="base.group_user",
        help="The account of the last payee change in force, else the one entered first.",
    )

    def _compute_outsourcing_payee_account_id(self):
        accounts = self._get_payee_accounts()
        for partner in self:
            partner.outsourcing_payee_account_id = accounts.get(partner._origin)

    def _get_payee_accounts(self):
        accounts = super()._get_payee_accounts()
        # sudo: whoever draws up a paper of the firm prints its account
        changes = self.env["outsourcing.payee.change"].sudo()
        changes = changes.search(
            [("partner_id", "in", self.ids), ("state", "=", "approved")], order="date_approved, id"
        )
        firms = {partner.id: partner for partner in self}
        agreed = {firms[change.partner_id.id]: change.account_id for change in changes}
        return accounts | {firm: account for firm, account in agreed.items() if account.active}

    def write(self, vals):
        # core renames the holder of the accounts along with the firm, which asks for rights on accounts
        renaming = {RENAME_KEY: RENAME} if "name" in vals else {}
        return super(ResPartner, self.with_context(**renaming) if renaming else self).write(vals)

    def action_change_payee(self):
        """Begin a change of the account the contractor is paid on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change of the Bank Account"),
            "res_model": "outsourcing.payee.change",
            "view_mode": "form",
            "context": {"default_partner_id": self.id},
        }
