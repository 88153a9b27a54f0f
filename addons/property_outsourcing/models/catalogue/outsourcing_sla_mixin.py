from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import format_limit

PRIORITIES = [
    ("p0", "P0 life safety"),
    ("p1", "P1 urgent"),
    ("p2", "P2 normal"),
    ("p3", "P3 complex"),
]


class OutsourcingSlaMixin(models.AbstractModel):
    """A time limit promised for a priority, as a preset and as a term of a contract."""

    _name = "outsourcing.sla.mixin"
    _description = "SLA Term"
    _order = "priority, metric"

    priority = fields.Selection(PRIORITIES, required=True, default="p2")
    metric = fields.Selection(
        [("response", "Response"), ("arrival", "Arrival on site"), ("completion", "Completion")],
        required=True,
        default="response",
    )
    hours = fields.Float("Limit (hours)", required=True, help="Hours and minutes: 0:03 is three minutes.")
    calendar_id = fields.Many2one(
        "resource.calendar", "Working Hours", help="Empty means around the clock.", ondelete="restrict"
    )

    @api.constrains("hours")
    def _check_hours(self):
        if any(term.hours * 3600 < 1 for term in self):
            raise ValidationError(self.env._("A time limit must be longer than zero."))

    @api.depends("priority", "metric", "hours")
    @api.depends_context("lang")
    def _compute_display_name(self):
        metrics = dict(self._fields["metric"]._description_selection(self.env))
        for term in self:
            limit = format_limit(self.env, term.hours)
            term.display_name = f"{(term.priority or '').upper()} {metrics.get(term.metric, '')} {limit}"

    def _prepare_sla_vals(self):
        """Return the term's values, to copy it from a preset to a contract."""
        self.ensure_one()
        return {
            "priority": self.priority,
            "metric": self.metric,
            "hours": self.hours,
            "calendar_id": self.calendar_id.id,
        }
