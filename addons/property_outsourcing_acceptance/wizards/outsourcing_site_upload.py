from odoo import models

_MODELS = ("outsourcing.acceptance", "outsourcing.concealed.work")


class OutsourcingSiteUpload(models.TransientModel):
    _inherit = "outsourcing.site.upload"

    def _get_record(self):
        if self.res_model not in _MODELS:
            return super()._get_record()
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return record
