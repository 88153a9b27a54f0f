import hashlib
import itertools
import json

from odoo import fields, models

from .gate import EVIDENCE_MODEL

# What a link of the chain covers. The hashes of existing chains depend on names and order: never change this
# tuple, add a new version beside it.
HASHED_FIELDS_V1 = (
    "res_model",
    "res_id",
    "contract_id",
    "community_id",
    "contractor_id",
    "company_id",
    "phase",
    "name",
    "attachment_id",
    "sha256",
    "size",
    "mimetype",
    "author_id",
    "performer_id",
    "date_received",
    "exif_date",
    "exif_text",
    "latitude",
    "longitude",
    "is_paper",
    "caption",
    "duplicate_of_id",
)
# contacts of the same firm or person are merged at times: outsourcing.partner.merge keeps the former numbers
MERGED_FIELDS = ("contractor_id", "performer_id")


class OutsourcingEvidence(models.Model):
    """What a link of the chain says of a file, and whether the file still agrees."""

    _inherit = "outsourcing.evidence"

    def _compute_link_hash(self, prev_hash, seq, **former):
        """Return the hash of this row as link ``seq`` after ``prev_hash``.

        :param former: numbers of contacts by field, where the row was sealed under other ones
        """
        self.ensure_one()
        payload = {"version": 1, "id": self.id, "chain_id": self.chain_id.id, "seq": seq}
        for name in HASHED_FIELDS_V1:
            payload[name] = former[name] if name in former else self._get_canonical(name)
        text = json.dumps(payload, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256((prev_hash + text).encode()).hexdigest()

    def _is_link_intact(self):
        """Return whether the row still says what was sealed, apart from contacts merged on record since."""
        self.ensure_one()
        if self.hash == self._compute_link_hash(self.prev_hash, self.seq):
            return True
        merges = self.env["outsourcing.partner.merge"]
        known = [merges._get_former_ids(self[name]) for name in MERGED_FIELDS]
        return any(
            self.hash
            == self._compute_link_hash(self.prev_hash, self.seq, **dict(zip(MERGED_FIELDS, ids, strict=True)))
            for ids in itertools.product(*known)
        )

    def _get_canonical(self, name):
        """Return a value the same bytes of JSON come from, today and in ten years."""
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.id or None
        if field.type == "datetime":
            return fields.Datetime.to_string(value) or None
        if field.type == "float":
            return f"{value:.7f}"
        if field.type == "boolean":
            return bool(value)
        return value or None

    def _find_file_problem(self):
        """Return what is wrong with the file of this row, as the end of a sentence, or False."""
        self.ensure_one()
        attachment = self.attachment_id
        if (attachment.res_model, attachment.res_id) != (EVIDENCE_MODEL, self.id):
            return self.env._("its file was moved to another record")
        found = attachment._get_sha256()
        if not found:
            return self.env._("its file is gone")
        if found != self.sha256:
            return self.env._("its file was changed")
        return False
