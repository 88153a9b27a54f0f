from odoo import models


class OutsourcingContractAmendmentLine(models.Model):
    """A change in words, as both parties read and sign it: what, old, new."""

    _inherit = "outsourcing.contract.amendment.line"

    def _get_kind_label(self):
        self.ensure_one()
        return dict(self._get_kind_selection()).get(self.kind, "")

    def _snapshot(self):
        """Keep term, old and new as both parties are to sign them (in sudo), in the contract's language."""
        for line in self:
            change = line.with_context(lang=line.contract_id._get_print_lang())._get_change()
            old, new = change.describe()
            line._gated().write({"what_value": change.get_what(), "old_value": old, "new_value": new})

    def _forget_snapshot(self):
        """Follow the contract again (in sudo): the amendment went back to its author."""
        self._gated().write(dict.fromkeys(("what_value", "old_value", "new_value"), False))
