from odoo import api, models
from odoo.exceptions import UserError

from ..evidence.gate import is_uninstalling
from ..workflow.outsourcing_workflow_mixin import GATE, GATE_KEY

# descriptions and access tokens of a file may change, what it says and where it belongs may not
GUARDED_FIELDS = {
    "name",
    "type",
    "url",
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "checksum",
    "mimetype",
    "public",
    "res_model",
    "res_field",
    "res_id",
}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if GUARDED_FIELDS & set(vals):
            self._check_outsourcing_document_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_verified_outsourcing_document(self):
        if not is_uninstalling(self.env):
            self._check_outsourcing_document_open()

    def _migrate(self):
        # moving between filestore and database writes the same bytes again
        return super(IrAttachment, self.with_context(**{GATE_KEY: GATE}))._migrate()

    def _check_outsourcing_document_open(self):
        """Raise UserError if a file of ``self`` belongs to a verified compliance document."""
        if self.env.context.get(GATE_KEY) is GATE:
            return
        # whoever asks: only whether the document is verified is looked at
        owned = (
            self.sudo().exists().filtered(lambda attachment: attachment.res_model == "outsourcing.document")
        )
        if not owned:
            return
        documents = self.env["outsourcing.document"].sudo().browse(set(owned.mapped("res_id"))).exists()
        if any(document.date_verified for document in documents):
            raise UserError(
                self.env._("The file belongs to a verified document and can no longer be changed.")
            )
