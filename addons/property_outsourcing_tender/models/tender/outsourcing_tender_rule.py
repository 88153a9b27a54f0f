from odoo import fields, models


class OutsourcingTenderRule(models.Model):
    _name = "outsourcing.tender.rule"
    _description = "Clause of a Tender"
    _inherit = ["outsourcing.rule.mixin", "outsourcing.workflow.line.mixin"]
    _order = "sequence, id"
    _workflow_parent = "tender_id"

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
