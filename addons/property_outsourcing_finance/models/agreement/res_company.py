from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_statement_days = fields.Integer(
        "Working Days to Answer a Statement",
        default=3,
        required=True,
        help="Working days the contractor has to confirm or dispute a settlement that was handed in, and the "
        "property company to answer a dispute.",
    )
    outsourcing_statement_silence = fields.Selection(
        [
            ("open", "Finance need not wait for an answer"),
            ("confirmed", "No answer counts as confirmed"),
            ("manager", "Without an answer a manager decides"),
        ],
        "If the Contractor does not Answer a Statement",
        default="open",
        required=True,
        help="A dispute always keeps finance from approving until a manager has answered it.",
    )

    _outsourcing_statement_days_positive = models.Constraint(
        "CHECK (outsourcing_statement_days BETWEEN 1 AND 60)",
        "A statement is answered within 1 to 60 working days.",
    )
