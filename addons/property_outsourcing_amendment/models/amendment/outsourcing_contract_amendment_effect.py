from odoo import api, fields, models


class OutsourcingContractAmendmentEffect(models.Model):
    """What an amendment makes of one payment row: the old values stay on record here."""

    _name = "outsourcing.contract.amendment.effect"
    _description = "Effect of an Amendment on a Payment Row"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "amendment_id, sequence, id"
    _workflow_parent = "amendment_id"
    _line_open_states = ()  # computed, never typed in

    amendment_id = fields.Many2one(
        "outsourcing.contract.amendment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone", "Payment Row", readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char(readonly=True, required=True)
    kind = fields.Selection(
        [("new", "New row"), ("changed", "Changed"), ("dropped", "Dropped")], readonly=True, required=True
    )
    community_id = fields.Many2one("outsourcing.community", readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="amendment_id.currency_id")
    amount_before = fields.Monetary("Amount before", readonly=True)
    amount_after = fields.Monetary("Amount after", readonly=True)
    amount_delta = fields.Monetary("Difference", compute="_compute_amount_delta", store=True)
    date_end_before = fields.Date("Last Day before", readonly=True)
    date_end_after = fields.Date("Last Day after", readonly=True)
    date_due_before = fields.Date("Planned Date before", readonly=True)
    date_due_after = fields.Date("Planned Date after", readonly=True)

    @api.depends("amount_before", "amount_after")
    def _compute_amount_delta(self):
        for effect in self:
            effect.amount_delta = effect.amount_after - effect.amount_before

    def _is_as_planned(self, row):
        """Return whether ``row`` of a plan made today changes as both parties have agreed."""
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        return (
            not compare(self.amount_before, row.old.get("amount", 0.0))
            and not compare(self.amount_after, row.get("amount"))
            and self.date_end_after == row.get("date_end")
        )

    @api.model
    def _prepare_effect_vals(self, amendment, row):
        """Return the values that keep what ``amendment`` makes of the planned ``row``."""
        kind = "new" if row.is_new else "changed" if row.get("active") else "dropped"
        return {
            "amendment_id": amendment.id,
            "sequence": row.get("sequence"),
            "milestone_id": row.record.id if row.record else False,
            "name": row.get("name"),
            "kind": kind,
            "community_id": row.get("community_id").id,
            "amount_before": row.old.get("amount", 0.0),
            "amount_after": row.get("amount"),
            "date_end_before": row.old.get("date_end"),
            "date_end_after": row.get("date_end"),
            "date_due_before": row.old.get("date_due"),
            "date_due_after": row.get("date_due"),
        }
