from odoo import api, models

from ..complaint.outsourcing_complaint import TO_DO_STATES


class OutsourcingComplaint(models.Model):
    """Whoever leaves hands over the complaints that are still open."""

    _inherit = "outsourcing.complaint"

    @api.model
    def _get_duty_fields(self):
        still_open = [("state", "in", TO_DO_STATES)]
        return {**super()._get_duty_fields(), "user_id": still_open, "own_user_id": still_open}
