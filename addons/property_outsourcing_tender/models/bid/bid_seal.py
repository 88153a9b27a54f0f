import hashlib
import hmac
import json
import secrets

from odoo import models


class OutsourcingBid(models.Model):
    """The receipt: a salted SHA-256 of everything the envelope holds, compared again at the opening.

    The salt goes to the bidder with the receipt: without one the hash of a short price is guessed in seconds.
    """

    _inherit = "outsourcing.bid"

    def _prepare_seal_vals(self):
        """Return the values of the receipt of ``self`` (in sudo), drawn up now."""
        self.ensure_one()
        salt = secrets.token_hex(16)
        return {"receipt_salt": salt, "receipt": self._compute_receipt(salt)}

    def _compute_receipt(self, salt):
        """Return the hash of ``self`` (in sudo) with ``salt``, 64 hexadecimal digits."""
        content = json.dumps(self._get_sealed_content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()

    def _get_sealed_content(self):
        """Return what the receipt vouches for: texts, prices, and names and hashes of all files."""
        self.ensure_one()
        names = ("validity_days", "tax_rate", "plan", "staffing", "emergency", "references")
        stated = {"stated": repr(self.stated_total)} if self.stated_total else {}
        return {
            **stated,
            "lot": self.lot_id.id,
            "bidder": self.contractor_id.id,
            "texts": {name: self[name] or "" for name in names},
            "prices": [[line.item_id.id, repr(line.price_unit)] for line in self.line_ids.sorted("id")],
            "files": [[file.kind, file.name, file._hash_content()] for file in self.file_ids.sorted("id")],
        }

    def _is_as_submitted(self):
        """Return whether ``self`` (in sudo) still holds what its receipt was drawn up for."""
        self.ensure_one()
        found = self._compute_receipt(self.receipt_salt or "")
        return hmac.compare_digest(found, self.receipt or "")
