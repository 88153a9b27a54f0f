from odoo import api, models
from odoo.exceptions import UserError

from ..contractor.ir_attachment import GUARDED_FIELDS
from ..evidence.gate import is_uninstalling
from ..workflow.outsourcing_workflow_mixin import is_gate_open

# model of the document -> domain under which its files are agreed or proven and stay as they are
KEPT_FILES = {
    "outsourcing.contract": ("scope_attachment_ids", [("state", "!=", "draft")]),
    "outsourcing.contract.fund.gate": ("attachment_ids", [("is_done", "=", True)]),
}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if GUARDED_FIELDS & set(vals):
            self._check_contract_file_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_contract_file(self):
        if not is_uninstalling(self.env):
            self._check_contract_file_open()

    def _check_contract_file_open(self):
        """Raise UserError if a file of ``self`` is part of a contract that is past its draft."""
        if is_gate_open(self.env):
            return
        # whoever asks: only whether the document is agreed is looked at
        for model, files in self.sudo().exists().grouped("res_model").items():
            if model not in KEPT_FILES:
                continue
            field_name, domain = KEPT_FILES[model]
            if self.env[model].sudo().search_count([*domain, (field_name, "in", files.ids)], limit=1):
                raise UserError(self.env._("The file is part of a contract and can no longer be changed."))
