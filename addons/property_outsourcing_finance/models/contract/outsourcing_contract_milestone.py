from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import assign_alike, format_money


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    settlement_line_ids = fields.One2many("outsourcing.settlement.line", "milestone_id", "Settlement Lines")
    settlement_count = fields.Integer(compute="_compute_settlement_count")
    amount_in_settlement = fields.Monetary(
        "In Settlement",
        compute="_compute_amount_to_settle",
        store=True,
        compute_sudo=True,
        help="Accepted amounts that settlements on their way will bill.",
    )
    amount_to_settle = fields.Monetary(
        "To Settle",
        compute="_compute_amount_to_settle",
        store=True,
        compute_sudo=True,
        help="Accepted, not billed, and not in any settlement yet.",
    )
    amount_paid = fields.Monetary("Paid", compute="_compute_amount_paid", store=True, compute_sudo=True)

    @api.depends(
        "amount_to_bill",
        "settlement_line_ids.quantity",
        "settlement_line_ids.kind",
        "settlement_line_ids.settlement_id.state",
    )
    def _compute_amount_to_settle(self):
        pending = {
            row: sum(
                row.settlement_line_ids.filtered(lambda line: line._is_waiting_for_bill()).mapped("quantity")
            )
            for row in self
        }
        assign_alike(self, "amount_in_settlement", pending)
        rest = {row: max(row.amount_to_bill - pending[row], 0.0) for row in self}
        assign_alike(self, "amount_to_settle", rest)

    @api.depends("settlement_line_ids")
    def _compute_settlement_count(self):
        counts = self.env["outsourcing.settlement.line"]._read_group(
            [("milestone_id", "in", self.ids), ("kind", "=", "milestone")],
            ["milestone_id"],
            ["settlement_id:count_distinct"],
        )
        counts = {milestone.id: count for milestone, count in counts}
        for row in self:
            row.settlement_count = counts.get(row._origin.id, 0)

    @api.depends(
        "amount_billed",
        "settlement_line_ids.kind",
        "settlement_line_ids.amount_billed",
        "settlement_line_ids.amount_billed_untaxed",
        "settlement_line_ids.settlement_id.amount_paid",
    )
    def _compute_amount_paid(self):
        """What has been paid for the row, in its contract's tax basis: paid <= billed."""
        assign_alike(self, "amount_paid", {row: row._get_amount_paid() for row in self})

    def _get_amount_paid(self):
        amount = "amount_billed" if self.contract_id.tax_included else "amount_billed_untaxed"
        kinds = self._get_paid_kinds()
        lines = self.settlement_line_ids.filtered(lambda line: line.kind in kinds and line.amount_billed)
        paid = sum(line[amount] * line.settlement_id._get_paid_ratio() for line in lines)
        return min(max(self.currency_id.round(paid), 0.0), self.amount_billed)

    def _get_paid_kinds(self):
        """Return the kinds of settlement lines that make up what is paid for a row. Hook: add to super's."""
        return ("milestone", "deduction", "retention")

    def _check_acceptable(self, amount, date, source):
        super()._check_acceptable(amount, date, source)
        # sudo: whoever takes back learns which settlement stands in the way, not more
        lines = self.sudo().settlement_line_ids.filtered(lambda line: line._is_handed_in())
        held = sum(lines.mapped("quantity"))
        if lines and self.currency_id.compare_amounts(self.amount_billed + held, amount) > 0:
            settlement = lines[0].settlement_id
            raise UserError(
                self.env._(
                    "%(row)s: %(amount)s is in the settlement %(settlement)s, which is %(state)s. Have it "
                    "returned or cancelled before less is accepted.",
                    row=self.display_name,
                    amount=format_money(self, held),
                    settlement=settlement.name,
                    state=settlement._get_state_label(),
                )
            )

    def _release_documents(self):
        result = super()._release_documents()
        lines = self.settlement_line_ids
        standing = lines.settlement_id.filtered(lambda settlement: settlement.state != "cancelled")
        if standing:
            raise UserError(
                self.env._(
                    "%(row)s is in the settlement %(settlement)s, which is %(state)s. Cancel or delete it "
                    "first.",
                    row=self.display_name,
                    settlement=standing[0].name,
                    state=standing[0]._get_state_label(),
                )
            )
        # a cancelled settlement keeps its figures and names; it holds nothing back
        lines._gated().write({"milestone_id": False, "purchase_line_id": False})
        return result

    def _get_amount_to_take(self):
        # what settlements on their way have taken is theirs
        return min(super()._get_amount_to_take(), self.amount_to_settle)

    def _get_quantity_in_settlement(self):
        """Return a dict milestone -> quantity that settlements on their way have taken already."""
        quantities = defaultdict(float)
        domain = [
            ("milestone_id", "in", self.ids),
            ("kind", "=", "milestone"),
            ("settlement_id.state", "not in", ("billed", "cancelled")),
        ]
        groups = self.env["outsourcing.settlement.line"]._read_group(
            domain, ["milestone_id"], ["quantity:sum"]
        )
        quantities.update(groups)
        return quantities

    def _get_next_slice_numbers(self):
        """Return a dict milestone -> number of its next partial settlement.

        Two people who settle the same milestone at once get the same number; the unique key lets one pass.
        """
        domain = [("milestone_id", "in", self.ids), ("kind", "=", "milestone")]
        groups = self.env["outsourcing.settlement.line"]._read_group(
            domain, ["milestone_id"], ["slice_no:max"]
        )
        return {milestone: number + 1 for milestone, number in groups}

    def action_create_settlements(self):
        """Create one draft settlement per contract for the chosen accepted rows, and open them."""
        settlements = self.env["outsourcing.settlement"]._create_for_milestones(self)
        return settlements._get_open_action()

    def action_view_settlements(self):
        """Open the settlements that took amounts of this row."""
        return self.settlement_line_ids.settlement_id._get_open_action()

    def action_open_bill(self):
        """Open the vendor bills of this row."""
        return self.settlement_line_ids.settlement_id.action_open_bill()
