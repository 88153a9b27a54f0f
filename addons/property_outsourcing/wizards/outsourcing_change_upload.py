import base64

from odoo import fields, models
from odoo.exceptions import UserError

_MODELS = ("outsourcing.variation", "outsourcing.contract.amendment")


class OutsourcingChangeUpload(models.TransientModel):
    """How staff adds photos, drawings and signed sheets: the bytes reach the evidence untouched."""

    _name = "outsourcing.change.upload"
    _description = "Add files to a change of a contract"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    mode = fields.Selection(
        [("evidence", "Add photos"), ("sign", "Signed on paper")],
        required=True,
        default="evidence",
        readonly=True,
    )
    contractor_id = fields.Many2one("res.partner", compute="_compute_contractor_id")
    signer_id = fields.Many2one(
        "res.partner",
        "Signed by",
        domain="['|', ('id', '=', contractor_id), ('parent_id', '=', contractor_id)]",
        help="The person of the contractor who signed the sheet.",
    )
    phase = fields.Selection(
        [("before", "Before"), ("during", "During"), ("after", "After"), ("other", "Drawing or other")],
        default="before",
        required=True,
    )
    file_ids = fields.One2many("outsourcing.change.upload.file", "upload_id", "Files")

    def _compute_contractor_id(self):
        for upload in self:
            upload.contractor_id = upload._get_record().contractor_id

    def action_apply(self):
        """Keep the files as evidence; a signed sheet is the contractor's signature."""
        self.ensure_one()
        files = [(file.name, base64.b64decode(file.content)) for file in self.file_ids if file.content]
        if not files:
            raise UserError(self.env._("Choose at least one file."))
        record = self._get_record()
        record.check_access("write")
        record._require_group("property_outsourcing.group_outsourcing_user")
        if self.mode == "sign":
            record._record_paper(self.signer_id, files)
        else:
            record._add_evidence(files, phase=self.phase)
        return {"type": "ir.actions.act_window_close"}

    def _get_record(self):
        self.ensure_one()
        if self.res_model not in _MODELS:
            raise UserError(self.env._("Files cannot be added to this document."))
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return record


class OutsourcingChangeUploadFile(models.TransientModel):
    _name = "outsourcing.change.upload.file"
    _description = "File for a change of a contract"

    upload_id = fields.Many2one("outsourcing.change.upload", required=True, index=True, ondelete="cascade")
    name = fields.Char("File Name")
    # kept in the column: an attachment would resize the photo and drop what the camera wrote into it
    content = fields.Binary("File", required=True, attachment=False)
