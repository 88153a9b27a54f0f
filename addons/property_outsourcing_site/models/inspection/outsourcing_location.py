from odoo import models


class OutsourcingLocation(models.Model):
    _name = "outsourcing.location"
    _inherit = ["outsourcing.location", "outsourcing.plan.target.mixin"]
    _plan_field = "location_ids"
