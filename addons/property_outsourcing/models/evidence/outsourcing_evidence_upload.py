from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class OutsourcingEvidenceMixin(models.AbstractModel):
    """How staff adds files to a document, through one dialogue for all of them."""

    _inherit = "outsourcing.evidence.mixin"

    _upload_modes = ()  # what the dialogue may do with the document

    may_add_evidence = fields.Boolean(compute="_compute_may_add_evidence", export_string_translation=False)

    def _compute_may_add_evidence(self):
        for document in self:
            document.may_add_evidence = document.ids and document._may_add_evidence()

    def _may_add_evidence(self):
        """Return whether the acting member of staff may add files to this document as it stands."""
        if "evidence" not in self._upload_modes or not self.env.user._is_internal():
            return False
        try:
            self._check_may_add_evidence()
        except UserError:  # an access error is one, too
            return False
        return self.sudo()._takes_evidence()  # the state only

    def _upload_evidence(self, files, phase):
        """Keep files a member of staff chose or dropped on the gallery of this document.

        :param list files: (file name, bytes)
        :param str phase: before, during, after or other
        :return: the ``outsourcing.evidence`` records
        """
        self.ensure_one()
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only staff of the property company adds files here."))
        if not files:
            raise UserError(self.env._("Choose at least one file."))
        self._check_may_add_evidence()
        return self._add_evidence(files, phase=phase, performer=self._get_upload_performer())

    def _get_upload_performer(self):
        """Return whose work the added photos show, as far as the document knows. Hook."""
        return None

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
