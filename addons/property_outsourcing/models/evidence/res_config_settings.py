from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_photo_max_mb = fields.Integer(related="company_id.outsourcing_photo_max_mb", readonly=False)
    outsourcing_video_max_mb = fields.Integer(related="company_id.outsourcing_video_max_mb", readonly=False)
