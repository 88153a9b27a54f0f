from odoo import fields, models

LETTER_TEXTS = (
    "letter_scope",
    "letter_targets",
    "letter_duties",
    "letter_hazards",
    "letter_inspection",
    "letter_penalties",
    "letter_accident",
)


class OutsourcingSafetyLetterMixin(models.AbstractModel):
    """What a safety responsibility letter says, as the preset of its type and in the letter itself."""

    _name = "outsourcing.safety.letter.mixin"
    _description = "Contents of a safety responsibility letter"

    letter_scope = fields.Text("Scope of responsibility")
    letter_targets = fields.Text("Safety targets")
    letter_duties = fields.Text("Duties of the contractor")
    letter_hazards = fields.Text("Hazards disclosed")
    letter_inspection = fields.Text("Inspection and stop-work right")
    letter_penalties = fields.Text("Penalty scale")
    letter_accident = fields.Text("Accidents: report and costs")
    letter_report_minutes = fields.Integer("Accident reported within (minutes)")
