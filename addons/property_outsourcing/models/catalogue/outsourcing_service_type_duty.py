from odoo import fields, models


class OutsourcingServiceTypeDuty(models.Model):
    """A duty that contracts start from. Most hold for many service types, so one line may serve several."""

    _name = "outsourcing.service.type.duty"
    _description = "Preset Duty"
    _inherit = ["outsourcing.duty.mixin"]
    _order = "sequence, id"

    active = fields.Boolean(default=True)
    service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        "outsourcing_service_type_duty_rel",
        "duty_id",
        "service_type_id",
        string="Service Types",
    )


class OutsourcingServiceType(models.Model):
    _inherit = "outsourcing.service.type"

    duty_ids = fields.Many2many(
        "outsourcing.service.type.duty",
        "outsourcing_service_type_duty_rel",
        "service_type_id",
        "duty_id",
        string="Duties",
    )
