from odoo import models


class OutsourcingInspectionLine(models.Model):
    _inherit = "outsourcing.inspection.line"

    def _portal_add_evidence(self, files, phase="other", original_sha256=None):
        self.inspection_id._take_back_missed()
        return super()._portal_add_evidence(files, phase, original_sha256)

    def _portal_check_may_add_evidence(self):
        self.inspection_id._check_may_edit()

    def _portal_get_performer(self):
        return self.sudo().inspection_id.performer_id  # who was named when it was opened
