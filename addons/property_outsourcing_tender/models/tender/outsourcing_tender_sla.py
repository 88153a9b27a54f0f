from odoo import fields, models


class OutsourcingTenderSla(models.Model):
    _name = "outsourcing.tender.sla"
    _description = "SLA Term of a Tender"
    _inherit = ["outsourcing.sla.mixin", "outsourcing.workflow.line.mixin"]
    _order = "priority, metric"
    _workflow_parent = "tender_id"

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
