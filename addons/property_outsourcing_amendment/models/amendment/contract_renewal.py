from odoo import models
from odoo.fields import Command

from .changes.service_changes import EquipmentChange


class OutsourcingContract(models.Model):
    """A renewal starts from what the amendments have made of the contract."""

    _inherit = "outsourcing.contract"

    def _get_signed_term(self):
        first, last = super()._get_signed_term()
        moved = self._get_amendments_in_force().filtered(lambda a: a.date_end_before != a.date_end_after)
        return first, moved[:1].date_end_before or last

    def _get_staying_communities(self):
        return super()._get_staying_communities() - self.env["outsourcing.community"].union(
            *self._get_service_ends()
        )

    def _prepare_renewal_vals(self, date_start, date_end):
        vals = super()._prepare_renewal_vals(date_start, date_end)
        staying = self.scope_ids.filtered(lambda line: not line.date_end)
        if staying != self.scope_ids:
            vals["scope_ids"] = [Command.create(line) for line in staying.copy_data()]
        return vals

    def _prepare_fees_in_force(self):
        """Work the amendments in force into the fees, in their order, as each was worked into the rows."""
        fees = super()._prepare_fees_in_force()
        for amendment in self._get_amendments_in_force():
            changes = [line._get_change() for line in amendment.line_ids.sorted("id")]
            # equipment comes on top of the fees that other changes set
            for change in sorted(changes, key=lambda change: isinstance(change, EquipmentChange)):
                fees = change.change_fees(fees)
        staying = self._get_staying_communities().ids
        return [fee for fee in fees if fee["community_id"] in staying]
