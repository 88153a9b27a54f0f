"""Core's records that the code of the suite names, with the fields it needs of them."""

from odoo import models


class MailActivityType(models.Model):
    _name = "mail.activity.type"
    _inherit = ["mail.activity.type", "outsourcing.kept.mixin"]
    _kept_fields = ("active", "res_model")


class ProjectTaskType(models.Model):
    _name = "project.task.type"
    _inherit = ["project.task.type", "outsourcing.kept.mixin"]


class IrSequence(models.Model):
    _name = "ir.sequence"
    _inherit = ["ir.sequence", "outsourcing.kept.mixin"]
    _kept_fields = ("active", "code")


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "outsourcing.kept.mixin"]


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "outsourcing.kept.mixin"]


class UomUom(models.Model):
    _name = "uom.uom"
    _inherit = ["uom.uom", "outsourcing.kept.mixin"]
