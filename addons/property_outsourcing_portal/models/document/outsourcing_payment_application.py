from odoo import models


class OutsourcingPaymentApplication(models.Model):
    """Which steps the people of the firm are told of."""

    _inherit = "outsourcing.payment.application"
    _told_states = {"refused": ("contractor_id", None), "settled": ("contractor_id", None)}
