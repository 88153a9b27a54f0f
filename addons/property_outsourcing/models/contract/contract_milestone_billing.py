from odoo import api, fields, models

from ...tools import assign_alike, paper_months


class OutsourcingContractMilestone(models.Model):
    """What bills charge of a payment row, by their documents: posted ones less posted credit notes."""

    _inherit = "outsourcing.contract.milestone"

    amount_billed = fields.Monetary(
        compute="_compute_amount_billed", store=True, help="Posted bills less posted credit notes."
    )
    amount_to_bill = fields.Monetary(
        compute="_compute_amount_billed", store=True, help="Accepted, and not on a bill yet, drafts included."
    )

    @api.depends(
        "amount_accepted",
        "purchase_line_ids.qty_invoiced",
        "purchase_line_ids.invoice_lines.quantity",
        "purchase_line_ids.invoice_lines.parent_state",
        "purchase_line_ids.invoice_lines.move_id.payment_state",
    )
    def _compute_amount_billed(self):
        assign_alike(self, "amount_billed", {row: row._get_amount_billed() for row in self})
        rest = {row: max(row.amount_accepted - row._get_amount_on_bills(), 0.0) for row in self}
        assign_alike(self, "amount_to_bill", rest)

    def _get_bill_label(self):
        """Return what bills and statements call the work of this row: 2026年10月保洁费. Hook."""
        self.ensure_one()
        return self._get_fee_label(self.name) if self.kind == "period" else self.display_name

    def _get_fee_label(self, period):
        """Return the service's fee for ``period``, the name of a row such as 2026-10."""
        return self.env._(
            "%(service)s fee, %(period)s",
            service=self.contract_id.service_type_id.name,
            period=paper_months(self.env, period),
        )

    def _get_amount_billed(self):
        """Return what posted bills, less credit notes, charge of this row."""
        self.ensure_one()
        # a contract's order line has the price 1: its quantities are amounts
        return sum(line._get_posted_quantity() for line in self.sudo().purchase_line_ids)

    def _get_amount_on_bills(self):
        """Return what bills charge of this row, those still in draft included."""
        self.ensure_one()
        return sum(self.sudo().purchase_line_ids.mapped("qty_invoiced"))  # sums of the order's bills only
