from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_sla_mixin import PRIORITIES

KINDS = [
    ("repair", "Repair Request"),
    ("complaint", "Resident's Complaint"),
    ("question", "Question"),
    ("praise", "Praise"),
]


class OutsourcingComplaintLimit(models.Model):
    """By when a complaint of a kind and priority is accepted, first answered and finished."""

    _name = "outsourcing.complaint.limit"
    _description = "Time Limit of Complaints"
    _order = "kind, priority"

    kind = fields.Selection(KINDS, required=True, default="repair")
    priority = fields.Selection(PRIORITIES, required=True, default="p2")
    accept_hours = fields.Float("Accepted within (hours)", required=True)
    answer_hours = fields.Float("First Answer within (hours)", required=True)
    finish_hours = fields.Float("Finished within (hours)", required=True)
    is_around_the_clock = fields.Boolean(
        "Around the Clock",
        help="The hours run day and night; else in the working hours of the community's desk.",
    )

    _kind_priority_uniq = models.Constraint(
        "UNIQUE (kind, priority)", "This kind and priority has its limits already."
    )

    @api.constrains("accept_hours", "answer_hours", "finish_hours")
    def _check_hours(self):
        for limit in self:
            if not 0 < limit.accept_hours <= limit.answer_hours <= limit.finish_hours:
                raise ValidationError(
                    self.env._("First it is accepted, then answered, then finished; each takes some time.")
                )

    @api.depends("kind", "priority")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for limit in self:
            limit.display_name = f"{kinds.get(limit.kind, '')} {(limit.priority or '').upper()}"

    @api.model
    def _get_limits(self):
        """Return the limits: dict (kind, priority) -> ``outsourcing.complaint.limit``."""
        limits = self.sudo().search([])  # time limits are no secret
        return {(limit.kind, limit.priority): limit for limit in limits}
