from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingContract(models.Model):
    """What of the contractor's money we keep under the contract, and its way back."""

    _inherit = "outsourcing.contract"

    amount_withheld = fields.Monetary(
        "Retention Withheld",
        compute="_compute_amount_withheld",
        compute_sudo=True,
        groups="base.group_user",
        help="Withheld by posted bills, less what went back and what is on its way back.",
    )
    amount_bond_kept = fields.Monetary(
        "Cash Bond Kept",
        compute="_compute_amount_bond_kept",
        compute_sudo=True,
        groups="base.group_user",
        help="Deposited in cash, less what went back and what is on its way back.",
    )

    def _compute_amount_withheld(self):
        groups = self.env["outsourcing.settlement.line"]._read_group(
            [("contract_id", "in", self.ids), ("kind", "=", "retention")],
            ["contract_id"],
            ["amount_withheld:sum"],
        )
        amounts = dict(groups)
        for contract in self:
            contract.amount_withheld = amounts.get(contract._origin, 0.0)

    @api.depends("bond_kind", "bond_amount", "bond_date_received", "bond_date_returned")
    def _compute_amount_bond_kept(self):
        deposited = self.filtered(lambda c: c.bond_kind == "cash" and c.bond_date_received)
        gone = deposited._origin._get_gone_of_bonds() if deposited else {}
        self.amount_bond_kept = 0.0
        for contract in deposited:
            amount = gone.get(contract._origin, 0.0)
            if amount or not contract.bond_date_returned:  # returned by hand, all of it is gone
                contract.amount_bond_kept = contract.bond_amount - amount

    def _get_gone_of_bonds(self):
        """Return a dict contract -> what of its cash bond has gone, or is on its way. Hook: add to it."""
        gone = dict.fromkeys(self, 0.0)
        for line in self._get_bond_return_lines():
            gone[line.contract_id] += line._get_standing_amount()
        return gone

    def _get_bond_return_lines(self):
        """Return the lines of settlements, none cancelled, that return the bonds of these contracts."""
        return self.env["outsourcing.settlement.line"].search(
            [("contract_id", "in", self.ids), ("kind", "=", "bond_return"), ("is_active", "=", True)]
        )

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "closed":
            # sudo: sentences on what is still kept, for whoever closes the file
            points += [MissingPoint(text, record=self) for text in self.sudo()._get_kept_sentences()]
        return points

    def _get_kept_sentences(self):
        """Return what of the contractor's money is still kept under the contract (in sudo): its sums only."""
        sentences = []
        if self.currency_id.compare_amounts(self.amount_withheld, 0.0) > 0:
            sentences.append(
                self.env._(
                    "%(contract)s: %(amount)s of retention is still withheld. Return it before the file "
                    "closes.",
                    contract=self.display_name,
                    amount=format_money(self, self.amount_withheld),
                )
            )
        if self.currency_id.compare_amounts(self.amount_bond_kept, 0.0) > 0:
            sentences.append(
                self.env._(
                    "%(contract)s: %(amount)s of the cash bond is still kept. Return it before the file "
                    "closes.",
                    contract=self.display_name,
                    amount=format_money(self, self.amount_bond_kept),
                )
            )
        return sentences

    def action_return_securities(self):
        """Ask what of the retention and of the cash bond goes back to the contractor."""
        self.check_access("read")
        return self._open_return(self._name, self.ids)

    @api.model
    def _open_return(self, model, ids):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return Retention and Bond"),
            "res_model": "outsourcing.security.return",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": model, "active_ids": ids},
        }

    def _follow_bond_return(self):
        """Write down when what was left of a cash bond had gone back by posted bills, until one is undone."""
        gone = self._get_gone_of_bonds()
        for contract in self.filtered(lambda contract: contract.bond_kind == "cash"):
            lines = contract._get_bond_return_lines()
            compare = contract.currency_id.compare_amounts
            is_billed = all(compare(line.amount_billed, line.amount) == 0 for line in lines)
            is_returned = is_billed and compare(gone[contract], contract.bond_amount) >= 0
            day = bool(lines) and is_returned and max(lines.settlement_id.bill_id.mapped("date"))
            if lines and contract.bond_date_returned != day:
                contract._gated().write({"bond_date_returned": day})
