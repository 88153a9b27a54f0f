import base64

from odoo import fields, models
from odoo.exceptions import UserError

_MODELS = (
    "outsourcing.inspection",
    "outsourcing.inspection.line",
    "outsourcing.defect",
    "outsourcing.site.log",
)


class OutsourcingSiteUpload(models.TransientModel):
    """The only door through which internal staff adds files: bytes reach the evidence untouched."""

    _name = "outsourcing.site.upload"
    _description = "Add photos or scans"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    mode = fields.Selection(
        [
            ("evidence", "Add photos"),
            ("paper", "Record a signed sheet"),
            ("rectify", "Record a rectification"),
        ],
        required=True,
        default="evidence",
        readonly=True,
    )
    firm_id = fields.Many2one("res.partner", compute="_compute_firm_id")
    performer_id = fields.Many2one(
        "res.partner",
        domain="['|', ('id', '=', firm_id), ('parent_id', '=', firm_id)]",
        help="The person who did the work and signed the sheet.",
    )
    phase = fields.Selection(
        [("before", "Before"), ("during", "During"), ("after", "After"), ("other", "Other")],
        default="other",
        required=True,
    )
    note = fields.Text(string="What was done")
    file_ids = fields.One2many("outsourcing.site.upload.file", "upload_id", string="Files")

    def _compute_firm_id(self):
        for upload in self:
            record = upload._get_record()
            if record._name == "outsourcing.inspection.line":
                record = record.inspection_id
            is_inspection = record._name == "outsourcing.inspection"
            upload.firm_id = record.party_partner_id if is_inspection else record.contractor_id

    def action_apply(self):
        """Store the files as evidence and take the step the dialogue stands for."""
        self.ensure_one()
        files = [(file.name, base64.b64decode(file.content)) for file in self.file_ids if file.content]
        if not files:
            raise UserError(self.env._("Choose at least one file."))
        record = self._get_record()
        record.check_access("write")
        getattr(self, f"_apply_{self.mode}")(record, files)
        return {"type": "ir.actions.act_window_close"}

    def _get_record(self):
        self.ensure_one()
        if self.res_model not in _MODELS:
            raise UserError(self.env._("Files cannot be added to this document."))
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return record

    def _apply_evidence(self, record, files):
        record._check_may_add_evidence()
        record._add_evidence(files, phase=self.phase, performer=self.performer_id)

    def _apply_paper(self, record, files):
        record._record_paper(files, self.performer_id)

    def _apply_rectify(self, record, files):
        record._record_rectification(files, self.note, self.performer_id)
