from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_inspection_horizon_days = fields.Integer(
        string="Plan inspections ahead (days)",
        default=15,
        help="Inspections are created from their plans this many days before they are due.",
    )
    outsourcing_log_review_days = fields.Integer(
        string="Review of a site log (days)",
        default=3,
        help="A submitted log nobody reviewed within these days counts as reviewed, and says so.",
    )
    outsourcing_log_grace_days = fields.Integer(
        string="Hand in a site log within (days)",
        default=1,
        help="A log that is due has to be handed in at most this many days after its day; then it is "
        "missing.",
    )
    outsourcing_repeat_days = fields.Integer(
        string="A defect repeats within (days)",
        default=90,
        help="The same defect at the same place, found again within these days after it was rectified, "
        "counts as repeated.",
    )
    outsourcing_defect_days_minor = fields.Integer(string="Rectify a minor defect (days)", default=7)
    outsourcing_defect_days_major = fields.Integer(string="Rectify a major defect (days)", default=3)
    outsourcing_defect_days_critical = fields.Integer(string="Rectify a critical defect (days)", default=1)

    def _get_outsourcing_defect_deadline(self, severity, date):
        """Return the day by which a defect of ``severity`` found on ``date`` has to be rectified."""
        self.ensure_one()
        days = self._get_outsourcing_setting(f"outsourcing_defect_days_{severity}")
        return date + timedelta(days=days)
