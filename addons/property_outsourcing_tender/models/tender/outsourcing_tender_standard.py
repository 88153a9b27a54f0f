from odoo import fields, models


class OutsourcingTenderStandard(models.Model):
    _name = "outsourcing.tender.standard"
    _description = "Quality Standard of a Tender"
    _inherit = ["outsourcing.standard.mixin", "outsourcing.workflow.line.mixin"]
    _order = "sequence, id"
    _workflow_parent = "tender_id"

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
