from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_sla_mixin import PRIORITIES

PLACES = [
    ("any", "Anywhere"),
    ("home", "At home"),
    ("building", "In the Building"),
    ("outdoor", "Outdoors"),
]


class OutsourcingComplaintProblem(models.Model):
    """A problem people choose instead of describing it: where it occurs, what it is, how urgent it is."""

    _name = "outsourcing.complaint.problem"
    _description = "Problem of Complaints"
    _inherit = ["outsourcing.complaint.offered.mixin"]
    _order = "category_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_id = fields.Many2one(
        "outsourcing.complaint.category", required=True, index=True, ondelete="restrict"
    )
    place = fields.Selection(PLACES, required=True, default="any")
    priority = fields.Selection(PRIORITIES, required=True, default="p2")
    service_type_id = fields.Many2one(
        "outsourcing.service.type",
        "Service",
        compute="_compute_service_type_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.depends("category_id")
    def _compute_service_type_id(self):
        for problem in self:
            problem.service_type_id = problem.category_id.service_type_id or problem.service_type_id

    @api.depends("name", "category_id.name")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = " · ".join(filter(None, (problem.category_id.name, problem.name)))
