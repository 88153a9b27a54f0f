from odoo import fields, models


class OutsourcingDocumentType(models.Model):
    """The preset text of safety responsibility letters."""

    _name = "outsourcing.document.type"
    _inherit = ["outsourcing.document.type", "outsourcing.safety.letter.mixin"]

    letter_scope = fields.Text(translate=True)
    letter_targets = fields.Text(translate=True)
    letter_duties = fields.Text(translate=True)
    letter_hazards = fields.Text(translate=True)
    letter_inspection = fields.Text(translate=True)
    letter_penalties = fields.Text(translate=True)
    letter_accident = fields.Text(translate=True)
    letter_deposit_rate = fields.Float(
        "Safety deposit (%)", digits=(5, 2), help="Share of the contract amount held as safety deposit."
    )

    _letter_deposit_rate_range = models.Constraint(
        "CHECK (letter_deposit_rate >= 0 AND letter_deposit_rate <= 100)",
        "The rate of the safety deposit must lie between 0 and 100 percent.",
    )
