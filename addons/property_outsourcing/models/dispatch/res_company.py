from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_sla_risk_percent = fields.Float(
        "At Risk (% of the limit)",
        default=20.0,
        help="An order is at risk when less than this share of its time limit is left.",
    )
    outsourcing_sla_risk_minutes = fields.Integer(
        "At Risk (minutes)", default=0, help="At risk as well when fewer minutes than these are left."
    )
    outsourcing_hold_answer_hours = fields.Integer(
        "Answer to a Hold (hours)",
        default=24,
        help="A contractor's request for a hold not answered by then is granted. 0: it waits for an answer.",
    )
    outsourcing_take_back_minutes = fields.Integer(
        "Take back a Report (minutes)",
        default=5,
        help="How long who reported a step of a work order can take it back. 0: not at all.",
    )
    outsourcing_arrival_minutes = fields.Integer(
        "Put an Arrival right (minutes)",
        default=60,
        help="By how much the contractor may put right when its people arrived, with a reason; both times "
        "are kept. 0: not at all.",
    )
    outsourcing_override_max_days = fields.Integer(
        "Longest Override (days)",
        default=7,
        help="How long a manager may let work be dispatched in spite of missing documents.",
    )

    _outsourcing_sla_risk_range = models.Constraint(
        "CHECK(outsourcing_sla_risk_percent BETWEEN 0 AND 100 AND outsourcing_sla_risk_minutes >= 0)",
        "The margin of risk lies between 0 and 100 percent, and minutes are not negative.",
    )
    _outsourcing_report_minutes_positive = models.Constraint(
        "CHECK(outsourcing_take_back_minutes >= 0 AND outsourcing_arrival_minutes >= 0)",
        "Minutes to take back a report or put an arrival right are not negative.",
    )
    _outsourcing_dispatch_days_positive = models.Constraint(
        "CHECK(outsourcing_hold_answer_hours >= 0 AND outsourcing_override_max_days >= 0)",
        "Hours to answer and days of an override are not negative.",
    )
