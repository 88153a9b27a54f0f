import base64
import hashlib

from odoo import api, fields, models

from .enveloped_binary import EnvelopedBinary

FILE_KINDS = [
    ("letter", "Letter of tender"),
    ("technical", "Technical part"),
    ("price", "Price part"),
]


class OutsourcingBidFile(models.Model):
    """A file of a bid. What tells a price opens with the prices, everything else with the bids."""

    _name = "outsourcing.bid.file"
    _description = "File of a Bid"
    _inherit = ["outsourcing.sealed.mixin", "outsourcing.workflow.line.mixin"]
    _order = "bid_id, kind, id"
    _workflow_parent = "bid_id"

    bid_id = fields.Many2one("outsourcing.bid", required=True, index=True, ondelete="cascade")
    contractor_id = fields.Many2one(related="bid_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="bid_id.company_id", store=True, index=True)
    kind = fields.Selection(FILE_KINDS, required=True, default="technical")
    name = fields.Char("File Name", required=True)
    content = EnvelopedBinary("File", required=True, attachment=True)
    is_open = fields.Boolean("Opened", readonly=True, copy=False, index=True)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"is_open"}

    def _hash_content(self):
        """Return the SHA-256 of the file (in sudo), 64 hexadecimal digits."""
        self.ensure_one()
        return hashlib.sha256(base64.b64decode(self.with_context(bin_size=False).content or b"")).hexdigest()
