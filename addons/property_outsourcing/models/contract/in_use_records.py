"""Core's records that contracts and their terms name."""

from odoo import models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "outsourcing.in.use.mixin"]


class ResCurrency(models.Model):
    _name = "res.currency"
    _inherit = ["res.currency", "outsourcing.in.use.mixin"]


class UomUom(models.Model):
    _name = "uom.uom"
    _inherit = ["uom.uom", "outsourcing.in.use.mixin"]


class AccountPaymentTerm(models.Model):
    _name = "account.payment.term"
    _inherit = ["account.payment.term", "outsourcing.in.use.mixin"]
