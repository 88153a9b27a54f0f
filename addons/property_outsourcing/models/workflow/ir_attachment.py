from odoo import api, models
from odoo.exceptions import MissingError

from .gate import is_uninstalling, open_gate_as_user

# a link handed out and the words of a search index do not touch the file
FREE_FIELDS = {"access_token", "index_content"}
PLACE_FIELDS = {"res_model", "res_id"}


class IrAttachment(models.Model):
    """Files that records of ours keep: the record is asked before one of them changes, by whatever way."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        # on the result, not on vals: a default_res_model in the context is not in vals
        attachments._ask_file_owners("_check_files_added")
        return attachments

    def write(self, vals):
        if set(vals) - FREE_FIELDS:
            self._ask_file_owners("_check_files_open")
        result = super().write(vals)
        if PLACE_FIELDS & set(vals):
            self._ask_file_owners("_check_files_added")
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_kept(self):
        if not is_uninstalling(self.env):
            self._ask_file_owners("_check_files_open")

    def _migrate(self):
        # moving between filestore and database writes the same bytes again
        return super(IrAttachment, open_gate_as_user(self))._migrate()

    def _ask_file_owners(self, question):
        """Put ``question``, a method of the owner mixin, to the models that own ``self``."""
        files = self.sudo()  # where they belong; the owner decides
        try:
            by_model = files.grouped("res_model")
        except MissingError:
            by_model = files.exists().grouped("res_model")
        mixin = self.pool["outsourcing.file.owner.mixin"]
        for model, owned in by_model.items():
            if model in self.pool and issubclass(self.pool[model], mixin):
                getattr(self.env[model], question)(owned)
