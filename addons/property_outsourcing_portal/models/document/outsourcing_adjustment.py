from odoo import models


class OutsourcingAdjustment(models.Model):
    """Which steps the people of the firm are told of."""

    _inherit = "outsourcing.adjustment"
    _told_states = {"confirmed": ("contractor_id", "appeal_deadline"), "waived": ("contractor_id", None)}
