from odoo import models
from odoo.fields import Command

from .outsourcing_contract_amendment_line import EQUIPMENT_KINDS


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
            for line in amendment.line_ids.sorted(lambda line: (line.kind in EQUIPMENT_KINDS, line.id)):
                fees = line._change_fees(fees)
        staying = self._get_staying_communities().ids
        return [fee for fee in fees if fee["community_id"] in staying]


class OutsourcingContractAmendmentLine(models.Model):
    _inherit = "outsourcing.contract.amendment.line"

    def _change_fees(self, fees):
        """Return ``fees``, values of fee rows, as this change leaves them."""
        self.ensure_one()
        if self.kind == "period_fee" and not self.community_id:
            changed = {fee["community_id"] for fee in fees}
        elif self.kind in ("period_fee", "community_add", "community_remove"):
            changed = set(self.community_id.ids)
        elif self.kind in EQUIPMENT_KINDS and self.amount:
            return self._change_equipment_fees(fees)
        else:
            return fees
        kept = [fee for fee in fees if fee["community_id"] not in changed]
        if self.kind == "community_remove":
            return kept
        communities = self.env["outsourcing.community"].browse(sorted(changed))
        return kept + [self.contract_id._prepare_fee_vals(place, self.amount) for place in communities]

    def _change_equipment_fees(self, fees):
        """Return ``fees`` with the equipment of this change added as a row, or taken off one."""
        community = self.equipment_ids.outsourcing_community_id
        if self.kind == "equipment_add":
            name = self._get_equipment_names()
            return [*fees, self.contract_id._prepare_fee_vals(community, self.amount, name)]
        own = [fee for fee in fees if fee["community_id"] == community.id]
        kept = [fee for fee in fees if fee["community_id"] != community.id]
        count, compare = len(self.equipment_ids), self.currency_id.compare_amounts
        for fee in own:
            if fee["quantity"] >= count and not compare(fee["price_unit"] * count, self.amount):
                fee["quantity"] -= count
                return kept + [row for row in own if row["quantity"]]
        total = sum(fee["quantity"] * fee["price_unit"] for fee in own) - self.amount
        return [*kept, self.contract_id._prepare_fee_vals(community, max(total, 0.0))]
