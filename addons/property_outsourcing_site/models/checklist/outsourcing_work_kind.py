from odoo import fields, models


class OutsourcingWorkKind(models.Model):
    """A kind of work within a job (分项工程): what a payment row is about, and which items check it."""

    _name = "outsourcing.work.kind"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Kind of work"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_concealed = fields.Boolean(
        string="Concealed", help="It cannot be seen once it is covered: it is accepted before."
    )
