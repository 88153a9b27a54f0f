from odoo import models


class OutsourcingEvidence(models.Model):
    _inherit = "outsourcing.evidence"

    def _portal_is_visible(self):
        """Return whether the user may see the file: by the evidence itself, or by reading its document."""
        self.ensure_one()
        if not self.env.user or self.env.user._is_public():
            return False
        if self.has_access("read"):
            return True
        row = self.sudo()  # where it belongs; the document's own access decides
        document = row.res_model in self.env and self.env[row.res_model].browse(row.res_id).exists()
        return bool(document) and document.has_access("read")
