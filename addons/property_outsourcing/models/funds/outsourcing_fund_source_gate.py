from odoo import fields, models


class OutsourcingFundSourceGate(models.Model):
    _name = "outsourcing.fund.source.gate"
    _description = "Step of a Source of Funds"
    _inherit = ["outsourcing.fund.gate.mixin"]
    _order = "fund_source_id, sequence, id"

    fund_source_id = fields.Many2one("outsourcing.fund.source", required=True, index=True, ondelete="cascade")
    is_unverified = fields.Boolean(
        "Verify before Use", help="Compare with the local rules of the fund before you rely on it."
    )
