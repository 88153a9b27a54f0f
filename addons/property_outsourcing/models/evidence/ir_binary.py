from odoo import models

from .gate import EVIDENCE_MODEL


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        if record._name == EVIDENCE_MODEL and field_name == "original":
            # The caller has checked that the evidence may be read; portal users read no attachments.
            # A film is streamed from the store and does not pass through memory.
            return record.sudo().attachment_id._to_http_stream()
        return super()._record_to_stream(record, field_name)
