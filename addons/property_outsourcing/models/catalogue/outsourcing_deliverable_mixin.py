from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingDeliverableMixin(models.AbstractModel):
    """A report or plan that is owed again and again, as a preset and as a term of a contract."""

    _name = "outsourcing.deliverable.mixin"
    _description = "Deliverable Term"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    recurrence = fields.Selection(
        [
            ("row", "With each payment row"),
            ("completion", "With the completion"),
            ("once", "Once"),
            ("month", "Monthly"),
            ("quarter", "Quarterly"),
            ("half_year", "Half-yearly"),
            ("year", "Yearly"),
        ],
        required=True,
        default="row",
        help="With each payment row: each period or milestone, an advance excepted. With the completion: its "
        "row, else the last one. Otherwise in step with the paid periods; once is for the whole contract.",
    )
    due_rule = fields.Selection(
        [
            ("after", "Days after the end"),
            ("day", "On a day of the last month"),
            ("day_before", "On a day of the month before"),
        ],
        required=True,
        default="after",
        help="A plan for the coming month is due on a day of the month before.",
    )
    due_days = fields.Integer(
        "Due after (days)",
        default=5,
        help="Days after the end of the period or the planned date of the milestone.",
    )
    due_day = fields.Integer(
        "Due on Day", default=25, help="Day of the month; the last day if it is shorter."
    )
    per_community = fields.Boolean("Each Community", default=True)
    remind_days = fields.Integer(
        "Remind before (days)", default=3, help="Days before it is due on which its reviewer is reminded."
    )
    blocks_payment = fields.Boolean(default=True)

    _due_day_of_month = models.Constraint(
        "CHECK(due_day BETWEEN 1 AND 31)", "The day a deliverable is due on lies between 1 and 31."
    )

    @api.constrains("due_days", "remind_days", "recurrence", "due_rule")
    def _check_due(self):
        for term in self:
            if min(term.due_days, term.remind_days) < 0:
                raise ValidationError(self.env._("%s: days cannot be negative.", term.name))
            if term.due_rule != "after" and term.recurrence in ("row", "completion", "once"):
                raise ValidationError(
                    self.env._("%s: a day of the month needs a monthly or longer rhythm.", term.name)
                )

    def _prepare_term_vals(self):
        """Return the term's values, to copy it from a preset to a contract."""
        self.ensure_one()
        names = (
            "name", "sequence", "recurrence", "due_rule", "due_days", "due_day", "per_community",
            "remind_days", "blocks_payment",
        )  # fmt: skip
        return {name: self[name] for name in names}
