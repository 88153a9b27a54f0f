from odoo import fields, models


class MailActivity(models.Model):
    """Which record a scheduled job could not deal with, so that it is told once and closed by success."""

    _inherit = "mail.activity"

    outsourcing_job_key = fields.Char(index="btree_not_null", readonly=True, copy=False)
