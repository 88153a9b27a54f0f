from odoo import fields, models


class OutsourcingComplaintCategory(models.Model):
    """What a complaint is about in the words of residents: the lift, the drains, the guards."""

    _name = "outsourcing.complaint.category"
    _description = "Category of Complaints"
    _inherit = ["outsourcing.complaint.offered.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_type_id = fields.Many2one(
        "outsourcing.service.type",
        "Service",
        index="btree_not_null",
        ondelete="set null",
        help="The outsourced service that looks after it; it finds the contract. Empty: own staff.",
    )
    problem_ids = fields.One2many("outsourcing.complaint.problem", "category_id", "Problems")
