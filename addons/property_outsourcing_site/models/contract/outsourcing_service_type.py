from odoo import fields, models


class OutsourcingServiceType(models.Model):
    _inherit = "outsourcing.service.type"

    plan_ids = fields.One2many(
        "outsourcing.service.type.plan", "service_type_id", string="Inspection plans", copy=True
    )
    checklist_ids = fields.One2many("outsourcing.checklist", "service_type_id", string="Checklists")
