from odoo import models
from odoo.exceptions import UserError

from .gate import open_evidence


class OutsourcingEvidenceMixin(models.AbstractModel):
    """A wrong photo is taken back as long as nothing rests on it; that it was there stays on record."""

    _inherit = "outsourcing.evidence.mixin"

    def _remove_draft_evidence(self, rows):
        """Remove photos of this document that are not sealed. Who may do so is checked by the caller.

        Name and SHA-256 of what is removed are noted on the document.

        :param rows: ``outsourcing.evidence`` of this document, in sudo
        :raise UserError: a row is sealed or of another document, or later files refer to it
        """
        self.ensure_one()
        rows = rows.sudo()  # the actor was checked by the caller, see above
        for row in rows:
            if row.sealed or (row.res_model, row.res_id) != (self._name, self.id):
                raise UserError(self.env._("%s is sealed and stays.", row.name))
        if rows.search_count([("duplicate_of_id", "in", rows.ids)], limit=1):
            raise UserError(self.env._("The same file was used again since; it stays."))
        document = self.sudo()._get_evidence_document()  # a note on it
        for row in rows:
            if isinstance(document, self.pool["mail.thread"]):
                document.message_post(
                    body=self.env._(
                        "%(person)s removed %(file)s before it was handed in (SHA-256 %(sha256)s).",
                        person=self.env.user.name,
                        file=row.name,
                        sha256=row.sha256,
                    ),
                    subtype_xmlid="mail.mt_note",
                )
        open_evidence(rows).unlink()
        self.invalidate_recordset(["evidence_ids"])
