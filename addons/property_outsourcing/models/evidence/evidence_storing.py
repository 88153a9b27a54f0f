from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .gate import EVIDENCE_MODEL, open_evidence


class OutsourcingEvidence(models.Model):
    """From the bytes that came in to rows with their files; used bytes are told."""

    _inherit = "outsourcing.evidence"

    @api.model
    def _store(self, media, common_vals):
        """Store checked files; return the evidence in sudo. For the evidence mixin only.

        :param media: list of dicts with the keys ``vals`` (of this model), ``raw`` (the bytes)
        :param common_vals: values all of them share
        """
        attachments = open_evidence(self.env["ir.attachment"]).create(
            [
                {
                    "name": item["vals"]["name"],
                    "raw": item["raw"],
                    "mimetype": item["vals"]["mimetype"],
                    "res_model": EVIDENCE_MODEL,
                    "company_id": common_vals["company_id"],
                    "public": False,  # not even by a default in the context
                    "type": "binary",
                    "url": False,
                    "res_field": False,
                    "res_id": False,
                    "access_token": False,
                }
                for item in media
            ]
        )
        rows = open_evidence(self).create(
            [
                {**common_vals, **item["vals"], "attachment_id": attachment.id}
                for item, attachment in zip(media, attachments, strict=True)
            ]
        )
        rows._claim_attachments()
        rows._check_stored()
        rows._mark_duplicates()
        # sudo: back to the sudo and context of the caller, who has checked the author
        return rows.sudo().with_env(self.sudo().env)

    def _claim_attachments(self):
        """Point the attachments of ``self`` at their rows, in one query for all of them."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE ir_attachment
                   SET res_id = evidence.id
                  FROM outsourcing_evidence evidence
                 WHERE evidence.attachment_id = ir_attachment.id AND evidence.id IN %s
                """,
                tuple(self.ids),
            )
        )
        self.attachment_id.invalidate_recordset(["res_id"])

    def _check_stored(self):
        """Raise UserError unless the bytes that lie in the store are those that came in."""
        for row in self:
            if row.attachment_id._get_sha256() != row.sha256:
                raise UserError(self.env._("%s was not stored as it was received; try again.", row.name))

    def _mark_duplicates(self):
        """Flag those of ``self`` (in sudo, of one group) whose bytes were used before; tell it."""
        company = self.company_id
        first_ids = dict(
            self._read_group(
                [
                    ("sha256", "in", list(set(self.mapped("sha256")))),
                    ("company_id", "child_of", company.root_id.ids),
                ],
                ["sha256"],
                ["id:min"],
            )
        )
        found = open_evidence(self).filtered(
            lambda row: not row.duplicate_of_id and first_ids[row.sha256] < row.id
        )
        for row in found:
            row.duplicate_of_id = first_ids[row.sha256]
        for (model, res_id), rows in found.grouped(lambda row: (row.res_model, row.res_id)).items():
            # sudo: a line in the chatter of the documents, whoever uploaded
            self.env[model].sudo().browse(res_id)._post_duplicates(rows)
