from odoo import fields, models


class OutsourcingPaymentSchemeLine(models.Model):
    """One payment row of a scheme: its share, and how far into the term it is planned."""

    _name = "outsourcing.payment.scheme.line"
    _description = "Payment Row of a Scheme"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one("outsourcing.payment.scheme", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("milestone", "Milestone"), ("advance", "Advance payment"), ("completion", "Completion")],
        required=True,
        default="milestone",
    )
    percent = fields.Float("Share (%)", digits=(16, 4), required=True)
    term_share = fields.Float("Planned at (% of the Term)", digits=(16, 2), default=100.0)
    requires_third_party = fields.Boolean("Third-Party Level")
    requires_witness = fields.Boolean("Owners' Witness")

    _shares_within_whole = models.Constraint(
        "CHECK(percent > 0 AND percent <= 100 AND term_share >= 0 AND term_share <= 100)",
        "A share lies above 0 and up to 100 percent, its day within the term.",
    )

    def _prepare_row_vals(self):
        """Return the values of the payment row this line becomes."""
        self.ensure_one()
        names = ("name", "kind", "percent", "term_share", "requires_third_party", "requires_witness")
        return {**{name: self[name] for name in names}, "sequence": self.sequence, "follows_term": True}
