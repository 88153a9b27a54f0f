from odoo import fields, models

DUTY_CATEGORIES = [
    ("safety", "Safety"),
    ("accident", "Accident liability"),
    ("environment", "Environment"),
    ("subcontracting", "Subcontracting"),
    ("key_persons", "Key persons"),
    ("real_name", "Real-name system"),
    ("wages", "Wages"),
    ("other", "Other"),
]


class OutsourcingDutyMixin(models.AbstractModel):
    """Who answers for what: one duty of one party, as a preset and as a term of a contract."""

    _name = "outsourcing.duty.mixin"
    _description = "Duty of a Party"

    name = fields.Char(required=True, translate=True)
    category = fields.Selection(DUTY_CATEGORIES, required=True, default="safety", index=True)
    party = fields.Selection(
        [("contractor", "Contractor"), ("client", "Property company"), ("both", "Both parties")],
        "Party Responsible",
        required=True,
        default="contractor",
    )
    text = fields.Text("Wording", required=True, translate=True)
    clause = fields.Char("Clause Number")
    sequence = fields.Integer(default=10)

    def _prepare_duty_vals(self):
        """Return the duty's values, to copy it from a preset to a contract."""
        self.ensure_one()
        names = ("name", "category", "party", "text", "sequence")
        return {name: self[name] for name in names}
