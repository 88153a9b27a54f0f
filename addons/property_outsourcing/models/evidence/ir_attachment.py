import hashlib

from odoo import api, models
from odoo.exceptions import AccessError, MissingError

from .gate import EVIDENCE_MODEL, is_gate_open, is_uninstalling, open_gate

# a link handed out does not touch the file
FREE_FIELDS = {"access_token"}
BLOCK_SIZE = 1024 * 1024


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        # on the result, not on vals: a default_res_model in the context is not in vals
        attachments._check_not_evidence()
        return attachments

    def write(self, vals):
        if set(vals) - FREE_FIELDS:
            self._check_not_evidence()
        result = super().write(vals)
        if "res_model" in vals:
            self._check_not_evidence()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_evidence(self):
        if not is_uninstalling(self.env):
            self._check_not_evidence()

    def _migrate(self):
        # moving between filestore and database writes the same bytes, but core shrinks photos on the way
        evidence = self._filter_evidence()
        super(IrAttachment, open_gate(evidence))._migrate()
        return super(IrAttachment, self - evidence)._migrate()

    def _check_not_evidence(self):
        """Raise AccessError if one of ``self`` is a file of evidence and it is not our own code that acts."""
        if not is_gate_open(self.env) and self._filter_evidence():
            raise AccessError(
                self.env._("Photos and files kept as evidence are not added by hand, changed or deleted.")
            )

    def _filter_evidence(self):
        attachments = self.sudo()  # reads where the file belongs, nothing is handed out
        try:
            evidence = attachments.filtered(lambda file: file.res_model == EVIDENCE_MODEL)
        except MissingError:
            evidence = attachments.exists().filtered(lambda file: file.res_model == EVIDENCE_MODEL)
        return self.browse(evidence.ids)

    def _get_sha256(self):
        """Return the hash of the bytes as they lie in the store, '' if they are gone."""
        self.ensure_one()
        if not self.store_fname:
            return hashlib.sha256(self.db_datas).hexdigest() if self.db_datas else ""
        digest = hashlib.sha256()
        try:
            with open(self._full_path(self.store_fname), "rb") as file:
                while block := file.read(BLOCK_SIZE):
                    digest.update(block)
        except OSError:
            return ""
        return digest.hexdigest()
