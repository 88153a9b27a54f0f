from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_repairs_warning_percent = fields.Float(
        string="Warn at share of the framework (%)",
        default=80.0,
        help="Once this share of a framework's not-to-exceed amount is called off, its project manager is "
        "told. 0: no warning.",
    )
    outsourcing_repairs_manager_amount = fields.Float(
        string="Manager accepts repair orders above",
        digits=(16, 2),
        default=2000.0,
        help="Quantities of an order above this amount, in the company's currency, also need a manager. "
        "0: never.",
    )
    outsourcing_repairs_photo_required = fields.Boolean(
        string="Photo with the report of a repair order",
        default=True,
        help="The contractor reports quantities only after a photo of the work is on the order.",
    )
    outsourcing_repairs_answer_days = fields.Integer(
        string="Answer to reported quantities (days)",
        default=7,
        help="What happens to a report of quantities that nobody accepted or sent back within these days is "
        "set beside.",
    )
    outsourcing_repairs_silence = fields.Selection(
        [("escalate", "Not accepted; the manager is told"), ("deemed", "Counts as accepted")],
        string="Unanswered report of quantities",
        default="escalate",
        required=True,
    )
    outsourcing_repairs_dispute_days = fields.Integer(
        string="Dispute of cut quantities (days)",
        default=3,
        help="So many days the contractor may dispute that less was accepted than it reported. A dispute is "
        "answered within the days set for reports; without an answer the report counts.",
    )
    outsourcing_rollup_day = fields.Integer(
        string="Day of the monthly roll-up",
        default=1,
        required=True,
        help="From this day on the accepted repair orders of the month before are rolled up for payment.",
    )

    _outsourcing_rollup_day_range = models.Constraint(
        "CHECK (outsourcing_rollup_day BETWEEN 1 AND 28)",
        "The day of the monthly roll-up lies between 1 and 28.",
    )
    _outsourcing_repairs_answer_days_positive = models.Constraint(
        "CHECK (outsourcing_repairs_answer_days > 0)",
        "There is at least one day to answer a report of quantities.",
    )
    _outsourcing_repairs_dispute_days_positive = models.Constraint(
        "CHECK (outsourcing_repairs_dispute_days >= 0)", "The days to dispute a cut cannot be negative."
    )
    _outsourcing_repairs_figures = models.Constraint(
        "CHECK (outsourcing_repairs_manager_amount >= 0"
        " AND outsourcing_repairs_warning_percent BETWEEN 0 AND 100)",
        "The warning of a framework lies between 0 and 100 percent, and amounts are not negative.",
    )
