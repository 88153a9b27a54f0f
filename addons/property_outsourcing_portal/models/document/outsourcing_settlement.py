from odoo import models


class OutsourcingSettlement(models.Model):
    """Which steps the people of the firm are told of."""

    _inherit = "outsourcing.settlement"
    _told_states = {"submitted": ("contractor_id", "statement_deadline"), "approved": ("contractor_id", None)}
