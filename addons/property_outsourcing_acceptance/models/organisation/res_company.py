from odoo import api, fields, models
from odoo.exceptions import ValidationError

_DAYS = (
    "outsourcing_concealed_notice_hours",
    "outsourcing_concealed_no_show_hours",
    "outsourcing_witness_days",
    "outsourcing_self_check_days",
    "outsourcing_property_check_days",
    "outsourcing_third_party_check_days",
    "outsourcing_rework_days",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_concealed_notice_hours = fields.Integer(
        string="Notice of concealed work (hours)",
        default=48,
        help="The inspection of a concealed work is planned at least this long after the notice.",
    )
    outsourcing_concealed_no_show = fields.Selection(
        [("wait", "Wait and remind"), ("deemed", "Deemed accepted, recorded")],
        string="Nobody comes to a concealed work",
        default="wait",
        required=True,
        help="What follows when the property side neither inspects nor postpones. Deemed acceptance still "
        "needs the contractor's signed self-check and its photos.",
    )
    outsourcing_concealed_no_show_hours = fields.Integer(string="No-show after (hours)", default=24)
    outsourcing_witness_no_show = fields.Selection(
        [("wait", "Wait and remind"), ("proceed", "Proceed, absence recorded")],
        string="The owners' witness does not come",
        default="wait",
        required=True,
    )
    outsourcing_witness_days = fields.Integer(
        string="Time for the witness (days)",
        default=3,
        help="Days after the planned acceptance in which an invited owners' representative may sign.",
    )
    outsourcing_self_check_days = fields.Integer(string="Contractor's self-check (days)", default=7)
    outsourcing_property_check_days = fields.Integer(string="Property company's check (days)", default=3)
    outsourcing_third_party_check_days = fields.Integer(string="Third party's check (days)", default=7)
    outsourcing_rework_days = fields.Integer(string="Rework (days)", default=7)

    @api.constrains(*_DAYS)
    def _check_outsourcing_acceptance_days(self):
        for company in self:
            if min(company[name] for name in _DAYS) < 0:
                raise ValidationError(self.env._("Hours and days of acceptance cannot be negative."))

    def _get_outsourcing_check_days(self, state):
        """Return the days a step of acceptance may take, or None for a step without a time limit."""
        self.ensure_one()
        name = f"outsourcing_{state}_days"
        return self[name] if name in _DAYS else None
