from odoo import models


class OutsourcingContractDeliverable(models.Model):
    """Which steps the people of the firm are told of."""

    _inherit = "outsourcing.contract.deliverable"
    _told_states = {"returned": ("contractor_id", "date_due")}
