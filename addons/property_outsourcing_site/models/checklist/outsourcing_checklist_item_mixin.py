from odoo import api, fields, models
from odoo.tools import float_compare

from odoo.addons.property_outsourcing.tools import ExactFloat, plain_number


class OutsourcingChecklistItemMixin(models.AbstractModel):
    """What an item asks. A checklist item holds it; an inspection line keeps the copy of that day."""

    _name = "outsourcing.checklist.item.mixin"
    _description = "Requirement of a checklist item"

    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    requirement = fields.Char(translate=True)
    judge = fields.Selection(
        [
            ("Q", "By eye and ear"),
            ("S", "Standard value"),
            ("M", "Manufacturer's value"),
            ("N", "Measured value"),
            ("T", "Test"),
        ],
        string="Judged by",
        default="Q",
        required=True,
        help="A measured value must be entered; a test needs its value or a photo.",
    )
    item_class = fields.Selection(
        [("main", "Main"), ("general", "General")],
        string="Class",
        default="general",
        required=True,
        help="A main item that fails rejects the work; a general one counts in the score.",
    )
    is_concealed = fields.Boolean(string="Concealed work")
    has_value_min = fields.Boolean(string="Has lower limit")
    value_min = ExactFloat(string="Lower limit", digits=(16, 3))
    has_value_max = fields.Boolean(string="Has upper limit")
    value_max = ExactFloat(string="Upper limit", digits=(16, 3))
    value_uom = fields.Char(string="Unit")
    requires_value = fields.Boolean(string="Value required")
    requires_photo = fields.Boolean(string="Photo required")
    clause_id = fields.Many2one(
        "outsourcing.standard.clause",
        string="Clause of the standard",
        index="btree_not_null",
        ondelete="restrict",
        help="The clause of the library the requirement comes from.",
    )
    limits = fields.Char(compute="_compute_limits")

    @api.depends("has_value_min", "value_min", "has_value_max", "value_max", "value_uom")
    def _compute_limits(self):
        for item in self:
            low = plain_number(item.value_min) if item.has_value_min else ""
            high = plain_number(item.value_max) if item.has_value_max else ""
            if low and high:
                text = f"{low} – {high}"
            elif low:
                text = f"≥ {low}"
            else:
                text = high and f"≤ {high}"
            item.limits = text and f"{text} {item.value_uom or ''}".strip()

    def _format_value(self, value):
        """Return a measured value with its unit, all digits shown."""
        self.ensure_one()
        return f"{plain_number(value)} {self.value_uom or ''}".strip()

    def _is_within_limits(self, value):
        """Return whether ``value`` respects the limits, compared at three digits."""
        self.ensure_one()
        too_low = self.has_value_min and float_compare(value, self.value_min, precision_digits=3) < 0
        too_high = self.has_value_max and float_compare(value, self.value_max, precision_digits=3) > 0
        return not (too_low or too_high)

    def _may_pass_in_bulk(self):
        """Return whether the item may be judged together with others: by eye, without value or proof.

        Tests, measured and standard values, and main items with a photo are judged one by one.
        """
        self.ensure_one()
        measured = self.judge != "Q" or self.requires_value or self.has_value_min or self.has_value_max
        return not measured and not (self.item_class == "main" and self.requires_photo)
