from odoo import models


class OutsourcingContractAmendment(models.Model):
    """Which steps the people of the firm are told of."""

    _inherit = "outsourcing.contract.amendment"
    _told_states = {"to_sign": ("contractor_id", "date_sign_due")}
