from odoo import api, models
from odoo.exceptions import UserError

from ..workflow.gate import is_gate_open

# compared by identity, as the gate of the workflow is
RENAME_KEY = "outsourcing_partner_renamed"
RENAME = object()
# what says nothing about where the money goes
FREE_FIELDS = {"allow_out_payment", "color", "note", "sequence"}
# a candidate has signed nothing yet
BOUND_STATES = ("qualified", "suspended", "blacklisted")


class ResPartnerBank(models.Model):
    """Accounts of contractors are not edited: a payee change with the bank's proof replaces them."""

    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        if not is_gate_open(self) and not self.env.su:  # core enters what a bank statement names
            known = accounts._search_others()
            for account in accounts.filtered("partner_id.outsourcing_state"):
                if account.partner_id in known.partner_id:
                    account._check_payee_untouched()
        return accounts

    def write(self, vals):
        renamed = self._get_renamed(vals)
        (self - renamed)._check_payee_untouched(vals)
        # sudo: whoever may rename the firm was checked by core; the holder follows
        return super(ResPartnerBank, self.sudo() if renamed else self).write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_payee(self):
        self._check_payee_untouched()

    def _get_renamed(self, vals):
        """Return the accounts whose holder core renames along with the contractor."""
        renaming = self.env.context.get(RENAME_KEY) is RENAME and set(vals) == {"acc_holder_name"}
        return self.filtered("partner_id.outsourcing_state") if renaming else self.browse()

    def _search_others(self):
        domain = [("partner_id", "in", self.partner_id.ids), ("id", "not in", self.ids)]
        return self.sudo().search(domain)  # whether there is one, no more

    def _check_payee_untouched(self, vals=None):
        """Raise UserError if a client changes where a contractor is paid.

        :param dict vals: what would be written; None where the account is entered or deleted
        """
        if is_gate_open(self):
            return
        for account in self.sudo():  # compares only; who may write at all is core's question
            if account.partner_id.commercial_partner_id.outsourcing_state not in BOUND_STATES:
                continue
            if vals is None or account._get_changed_names(vals) - FREE_FIELDS:
                raise UserError(
                    self.env._(
                        "The bank account of the contractor %s is changed by a payee change alone: open the "
                        "contractor, press Change the Bank Account, attach the bank's proof; two other "
                        "people approve it.",
                        account.partner_id.name,
                    )
                )

    def _get_changed_names(self, vals):
        """Return the names in ``vals`` that say something else than is there."""
        self.ensure_one()
        changed = set()
        for name in vals.keys() & self._fields.keys():
            field = self._fields[name]
            new = field.convert_to_record(field.convert_to_cache(vals[name], self, validate=False), self)
            if (self[name] or False) != (new or False):
                changed.add(name)
        return changed

    def _get_payee_label(self):
        """Return holder, bank and number in one line, as papers name an account."""
        self.ensure_one()
        return " ".join(filter(None, (self.acc_holder_name, self.bank_id.name, self.acc_number)))
