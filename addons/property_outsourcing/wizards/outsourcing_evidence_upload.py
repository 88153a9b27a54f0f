import base64

from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError

from ..models.evidence.outsourcing_evidence import PHASES


class OutsourcingEvidenceUpload(models.TransientModel):
    """The only door through which staff adds files to a document: bytes reach the evidence untouched."""

    _name = "outsourcing.evidence.upload"
    _description = "Add photos, drawings or scans"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    mode = fields.Selection(
        [("evidence", "Add photos"), ("paper", "Record a signed sheet")],
        required=True,
        default="evidence",
        readonly=True,
    )
    firm_id = fields.Many2one("res.partner", compute="_compute_firm_id")
    performer_id = fields.Many2one(
        "res.partner",
        domain="[('id', 'child_of', firm_id), ('is_company', '=', False), ('type', '=', 'contact')]",
        help="The person who did the work or signed the sheet.",
    )
    phase = fields.Selection(PHASES, required=True, default="other")
    file_ids = fields.One2many("outsourcing.evidence.upload.file", "upload_id", "Files")

    @api.depends("res_model", "res_id")
    def _compute_firm_id(self):
        for upload in self:
            upload.firm_id = upload._get_document()._get_upload_firm()

    def action_apply(self):
        """Hand the files to the document, which takes the step the dialogue stands for."""
        self.ensure_one()
        files = [(file.name, base64.b64decode(file.content)) for file in self.file_ids if file.content]
        if not files:
            raise UserError(self.env._("Choose at least one file."))
        document = self._get_document()
        document.check_access("write")
        document._receive_upload(self, files)
        return {"type": "ir.actions.act_window_close"}

    def _get_document(self):
        self.ensure_one()
        return self._find_document(self.res_model, self.res_id, self.mode)

    @api.model
    def _find_document(self, res_model, res_id, mode):
        """Return the document files are added to in ``mode``.

        :raise MissingError: none takes files by this name and number, or none the user may read
        """
        documents = self.pool.descendants(["outsourcing.evidence.mixin"], "_inherit")
        if res_model not in documents or mode not in self.env[res_model]._upload_modes:
            raise MissingError(self.env._("Files cannot be added to this document."))
        document = self.env[res_model].browse(res_id).exists()
        if not document or not document.has_access("read"):
            raise MissingError(self.env._("This document is not there, or not one you may read."))
        return document


class OutsourcingEvidenceUploadFile(models.TransientModel):
    _name = "outsourcing.evidence.upload.file"
    _description = "File to add"

    upload_id = fields.Many2one("outsourcing.evidence.upload", required=True, index=True, ondelete="cascade")
    name = fields.Char("File Name")
    # kept in the column: an attachment would resize the photo and drop what the camera wrote into it
    content = fields.Binary("File", required=True, attachment=False)
