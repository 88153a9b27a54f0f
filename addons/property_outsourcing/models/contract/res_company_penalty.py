from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_hold_back = fields.Selection(
        [("each", "From the next payment"), ("last", "Only from what later payments do not cover")],
        "Undecided penalties are held back",
        default="each",
        required=True,
        help="A penalty that nobody has decided yet, or that is under appeal, never stops a payment; its own "
        "amount is held back and settled once it is decided.",
    )
    outsourcing_proposal_days = fields.Integer(
        "Proposals lapse after (days)",
        default=30,
        help="A proposed penalty or reward that nobody decides within these days is dropped. 0: it stays "
        "open.",
    )

    _outsourcing_proposal_days_positive = models.Constraint(
        "CHECK (outsourcing_proposal_days >= 0)", "The days to decide a proposal cannot be negative."
    )
