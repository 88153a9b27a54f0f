from odoo import models


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "outsourcing.plan.target.mixin"]
    _plan_field = "equipment_ids"
