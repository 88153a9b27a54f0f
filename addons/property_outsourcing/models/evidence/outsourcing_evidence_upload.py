from odoo import models


class OutsourcingEvidenceMixin(models.AbstractModel):
    """How staff adds files to a document, through one dialogue for all of them."""

    _inherit = "outsourcing.evidence.mixin"

    _upload_modes = ()  # what the dialogue may do with the document

    def action_add_evidence(self):
        """Open the dialogue that adds photos, drawings or scans."""
        return self._get_upload_action("evidence", self.env._("Add photos"))

    def _get_upload_action(self, mode, title, **defaults):
        self.ensure_one()
        self.check_access("write")
        defaults.update(res_model=self._name, res_id=self.id, mode=mode)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "outsourcing.evidence.upload",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }

    def _get_upload_firm(self):
        """Return the firm among whose people the dialogue lets choose. Hook."""
        return self.contractor_id

    def _check_may_add_evidence(self):
        """Raise AccessError unless the acting member of staff may add files. Hook: call super first."""
        self.check_access("write")

    def _receive_upload(self, upload, files):
        """Keep ``files`` of the dialogue ``upload``; a mode of one's own takes its own step. Hook.

        :param list files: (file name, bytes)
        """
        self._check_may_add_evidence()
        self._add_evidence(files, phase=upload.phase, performer=upload.performer_id)
