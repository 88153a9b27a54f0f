from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    outsourcing_photo_max_mb = fields.Integer(
        string="Largest photo or scan (MB)", default=25, required=True, help="A larger one is refused."
    )
    outsourcing_video_max_mb = fields.Integer(
        string="Largest video (MB)", default=200, required=True, help="A larger one is refused."
    )

    _outsourcing_photo_max_mb_positive = models.Constraint(
        "CHECK (outsourcing_photo_max_mb > 0)", "The largest photo is at least 1 MB."
    )
    _outsourcing_video_max_mb_positive = models.Constraint(
        "CHECK (outsourcing_video_max_mb > 0)", "The largest video is at least 1 MB."
    )
