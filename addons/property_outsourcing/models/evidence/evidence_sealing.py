import hashlib
import itertools
import json

from odoo import fields, models
from odoo.tools import SQL

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


def _to_plain(value):
    return value or None


# the same bytes of JSON today and in ten years, by the type of the field
_CANONICAL = {
    "datetime": lambda moment: fields.Datetime.to_string(moment) or None,
    "float": lambda number: f"{number or 0.0:.7f}",
    "boolean": bool,
}


class OutsourcingEvidence(models.Model):
    """What a link of the chain says of a file, and whether the file still agrees."""

    _inherit = "outsourcing.evidence"

    def _get_link_values(self):
        """Return what a link says of each row, as it stands in the database: dict id -> values for JSON."""
        self.flush_recordset(HASHED_FIELDS_V1)
        names = ("chain_id", *HASHED_FIELDS_V1)
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL.identifier(self._table),
                list(self.ids),
            )
        )
        convert = [_CANONICAL.get(self._fields[name].type, _to_plain) for name in names]
        return {
            row_id: {name: to_json(value) for name, to_json, value in zip(names, convert, row, strict=True)}
            for row_id, *row in rows
        }

    def _compute_link_hash(self, prev_hash, seq, values=None):
        """Return the hash of this row as link ``seq`` after ``prev_hash``.

        :param dict values: those of :meth:`_get_link_values`, where many rows are looked at
        """
        self.ensure_one()
        values = values or self._get_link_values()[self.id]
        payload = {"version": 1, "id": self.id, "seq": seq, **values}
        text = json.dumps(payload, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256((prev_hash + text).encode()).hexdigest()

    def _is_link_intact(self, values):
        """Return whether the row still says what was sealed, apart from contacts merged on record since.

        :param dict values: those of :meth:`_get_link_values`
        """
        self.ensure_one()
        if self.hash == self._compute_link_hash(self.prev_hash, self.seq, values):
            return True
        merges = self.env["outsourcing.partner.merge"]
        known = [merges._get_former_ids(self[name]) for name in MERGED_FIELDS]
        return any(
            self.hash
            == self._compute_link_hash(
                self.prev_hash, self.seq, {**values, **dict(zip(MERGED_FIELDS, ids, strict=True))}
            )
            for ids in itertools.product(*known)
        )

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
