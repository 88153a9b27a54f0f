import hashlib

from odoo import models

from ..workflow.trade_time import format_moment
from .gate import open_evidence


class OutsourcingEvidenceMixin(models.AbstractModel):
    """A small picture first, its original when the line is better: one file on the document in the end."""

    _inherit = "outsourcing.evidence.mixin"

    def _add_small_evidence(self, files, original_sha256, **kwargs):
        """Keep a small picture that is sent ahead of its original. Who may do so is checked by the caller.

        What names itself as its original is the original, and kept as one.

        :param list files: (file name, bytes), one of them
        :param str original_sha256: hash of the original, by whoever sends it
        :param kwargs: as :meth:`_add_evidence` takes them
        :return: the ``outsourcing.evidence``
        """
        [(_name, data)] = files
        if hashlib.sha256(data).hexdigest() == original_sha256:
            return self._add_evidence(files, **kwargs)
        caption = self.env._("Small picture sent ahead of its original (SHA-256 %s).", original_sha256)
        rows = self._add_evidence(files, **{**kwargs, "caption": caption})
        open_evidence(rows).original_sha256 = original_sha256  # new, of this person
        return rows

    def _find_small_evidence(self):
        """Return the small pictures (in sudo) the acting user sent ahead: dict hash of original -> row."""
        # sudo: the user's own files on a document the caller has checked
        rows = self.env["outsourcing.evidence"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("original_sha256", "!=", False),
                ("author_id", "=", self.env.uid),
            ]
        )  # fmt: skip
        return {row.original_sha256: row for row in rows}

    def _add_originals(self, files, **kwargs):
        """Keep files; one that was announced takes the place of its small picture, as it was recorded then.

        Who may do so is checked by the caller.

        :param list files: (file name, bytes)
        :param kwargs: as :meth:`_add_evidence` takes them
        :return: the ``outsourcing.evidence``
        """
        small = self._find_small_evidence()
        if not small:
            return self._add_evidence(files, **kwargs)
        rows = self.env["outsourcing.evidence"]
        for name, data in files:
            row = small.pop(hashlib.sha256(data).hexdigest(), None)  # its place is taken once
            if row is None:
                rows |= self._add_evidence([(name, data)], **kwargs)
                continue
            moment = format_moment(row, row.date_received)
            own = {
                "phase": row.phase,
                "performer": row.performer_id,
                "caption": self.env._("A small picture of it was here on %s.", moment),
            }
            rows |= self._add_evidence([(name, data)], **{**kwargs, **own})
            row._give_way_to_originals()
        self.invalidate_recordset(["evidence_ids", "evidence_count"])
        return rows
