from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_amendment_second_amount = fields.Monetary(
        "Amendment: second approver above",
        currency_field="currency_id",
        help="An amendment that changes the contract amount by more needs a second manager. 0 means never.",
    )
    outsourcing_amendment_sign_days = fields.Integer(
        "Signature of an amendment (days)",
        default=7,
        help="After these days without the contractor's signature the project manager is told.",
    )
    outsourcing_variation_late_days = fields.Integer(
        "Latest record of a site variation (days)",
        default=3,
        help="A later record is refused unless a manager allows it with a reason.",
    )
    outsourcing_variation_answer_days = fields.Integer(
        "Answer to a site variation (days)",
        default=7,
        help="What happens to a variation that nobody answered within these days is set beside.",
    )
    outsourcing_variation_second_amount = fields.Monetary(
        "Site variation: second approver above",
        currency_field="currency_id",
        help="A variation of a larger amount needs a second manager. 0 means never.",
    )
    outsourcing_variation_silence = fields.Selection(
        [("escalate", "Not accepted; the manager is told"), ("deemed", "Counts as accepted")],
        "Unanswered site variation",
        default="escalate",
        required=True,
    )

    _outsourcing_change_days_positive = models.Constraint(
        "CHECK (outsourcing_amendment_sign_days > 0 AND outsourcing_variation_answer_days > 0"
        " AND outsourcing_variation_late_days >= 0)",
        "Days to sign and to answer are at least one.",
    )
