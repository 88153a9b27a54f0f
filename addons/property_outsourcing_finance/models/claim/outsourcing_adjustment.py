from odoo import fields, models


class OutsourcingAdjustment(models.Model):
    _inherit = "outsourcing.adjustment"

    claim_line_ids = fields.One2many("outsourcing.claim.line", "adjustment_id", "Claims")
