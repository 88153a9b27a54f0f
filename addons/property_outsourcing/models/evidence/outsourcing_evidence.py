from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..workflow.gate import is_gate_open, is_uninstalling
from .gate import EVIDENCE_MODEL

PHASES = [("before", "Before"), ("during", "During"), ("after", "After"), ("other", "Other")]


class OutsourcingEvidence(models.Model):
    """A photo, film or scan as it was received. Written once by ``_add_evidence`` of the evidence mixin."""

    _name = EVIDENCE_MODEL
    _inherit = ["outsourcing.file.owner.mixin"]
    _description = "Evidence"
    _order = "id desc"

    name = fields.Char("File Name", readonly=True, required=True)
    chain_id = fields.Many2one(
        "outsourcing.evidence.chain", readonly=True, required=True, index=True, ondelete="restrict"
    )
    res_model = fields.Char("Document Model", readonly=True, required=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", readonly=True, required=True)
    document_name = fields.Char("Document", compute="_compute_document_name")
    contract_id = fields.Many2one(
        "outsourcing.contract", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    community_id = fields.Many2one(
        "outsourcing.community", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    contractor_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True, ondelete="restrict")

    phase = fields.Selection(PHASES, readonly=True, required=True, default="other")
    caption = fields.Char(readonly=True)
    author_id = fields.Many2one(
        "res.users", "Uploaded by", readonly=True, required=True, index=True, ondelete="restrict"
    )
    performer_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who of the firm did the work; on a shared phone not the one who is logged in.",
    )
    is_paper = fields.Boolean(
        "From paper", readonly=True, help="Scan of a signed sheet, recorded by our staff."
    )

    date_received = fields.Datetime("Received on", readonly=True, required=True, index=True)
    exif_date = fields.Datetime("Taken on", readonly=True, help="Time of the camera, if the file tells it.")
    exif_text = fields.Char("Time in the File", readonly=True, help="The camera's time exactly as written.")
    latitude = fields.Float(readonly=True, digits=(10, 7), aggregator=None)
    longitude = fields.Float(readonly=True, digits=(10, 7), aggregator=None)
    position = fields.Char(compute="_compute_position")

    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, required=True, index=True, ondelete="restrict"
    )
    original = fields.Binary(
        compute="_compute_original",
        compute_sudo=True,
        help="The file as it was received, for whoever may read the evidence.",
    )
    mimetype = fields.Char("File Type", readonly=True, required=True)
    media_type = fields.Selection(
        [("photo", "Photo"), ("video", "Video"), ("document", "Scan")],
        compute="_compute_media_type",
        search="_search_media_type",
    )
    size = fields.Integer("Size (bytes)", readonly=True, required=True)
    sha256 = fields.Char("SHA-256", readonly=True, required=True, index=True)
    thumbnail = fields.Binary(readonly=True, help="Small picture for lists and phones.")
    has_thumbnail = fields.Boolean(compute="_compute_has_thumbnail", export_string_translation=False)
    preview = fields.Html(compute="_compute_preview", sanitize=False, export_string_translation=False)

    duplicate_of_id = fields.Many2one(
        EVIDENCE_MODEL,
        "First Used as",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",  # may be another firm's
        help="The very same file was uploaded before.",
    )
    is_duplicate = fields.Boolean(
        "Used before", compute="_compute_is_duplicate", search="_search_is_duplicate", compute_sudo=True
    )
    lacks_exif = fields.Boolean(
        "No camera data",
        compute="_compute_lacks_exif",
        search="_search_lacks_exif",
        help="A photo that does not say when it was taken: a screenshot, or sent through a messenger.",
    )

    sealed = fields.Boolean(readonly=True)
    seq = fields.Integer("Link", readonly=True, aggregator=None)
    prev_hash = fields.Char("Hash of the Link before", readonly=True)
    hash = fields.Char("Hash of the Link", readonly=True)

    _res_idx = models.Index("(res_model, res_id)")
    _unsealed_idx = models.Index("(chain_id, id) WHERE sealed IS NOT TRUE")
    _chain_seq_uniq = models.UniqueIndex("(chain_id, seq) WHERE sealed", "A link of a chain exists once.")

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("res_model", "res_id")
    def _compute_document_name(self):
        self.document_name = False
        for model, rows in self.grouped("res_model").items():
            if model not in self.env:
                continue
            documents = self.env[model].browse(set(rows.mapped("res_id"))).exists()._filtered_access("read")
            names = {document.id: document.display_name for document in documents}
            for row in rows:
                row.document_name = names.get(row.res_id)

    @api.depends("latitude", "longitude")
    def _compute_position(self):
        for row in self:
            if not row.latitude and not row.longitude:
                row.position = False
                continue
            row.position = (
                f"{abs(row.latitude):.6f}° {'N' if row.latitude >= 0 else 'S'}, "
                f"{abs(row.longitude):.6f}° {'E' if row.longitude >= 0 else 'W'}"
            )

    @api.depends("mimetype")
    def _compute_media_type(self):
        for row in self:
            kind = (row.mimetype or "").partition("/")[0]
            row.media_type = {"image": "photo", "video": "video"}.get(kind, "document")

    def _search_media_type(self, operator, value):
        if operator != "in":
            return NotImplemented
        mimetypes = {"photo": "image/", "video": "video/", "document": "application/"}
        return fields.Domain.OR(
            [("mimetype", "=like", f"{mimetypes[kind]}%")] for kind in value if kind in mimetypes
        )

    @api.depends("duplicate_of_id")
    def _compute_is_duplicate(self):
        for row in self:
            row.is_duplicate = bool(row.duplicate_of_id)

    def _search_is_duplicate(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: tells that the file was used before, not where
        rows = self.sudo()._search([("duplicate_of_id", "!=", False)])
        return [("id", "in" if True in value else "not in", rows)]

    @api.depends("exif_text", "mimetype", "original_sha256", "sealed")
    def _compute_lacks_exif(self):
        for row in self:
            waits = row.original_sha256 and not row.sealed  # a small picture has none, its original may
            row.lacks_exif = row.mimetype.startswith("image/") and not row.exif_text and not waits

    def _search_lacks_exif(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain("exif_text", "=", False) & fields.Domain("mimetype", "=like", "image/%")
        domain &= fields.Domain("original_sha256", "=", False) | fields.Domain("sealed", "=", True)
        return domain if True in value else ~domain

    @api.depends("attachment_id")
    @api.depends_context("bin_size")
    def _compute_original(self):
        for row in self:
            row.original = row.attachment_id.datas

    @api.depends("attachment_id", "mimetype", "name")
    def _compute_has_thumbnail(self):
        small = self.with_context(bin_size=True)
        for row, sized in zip(self, small, strict=True):
            row.has_thumbnail = bool(sized.thumbnail)

    # ---- gates ------------------------------------------------------------------------------------------

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_id": []}

    @api.model
    def _check_files_open(self, files):
        if not is_gate_open(self, "ir.attachment"):
            raise AccessError(
                self.env._("Photos and files kept as evidence are not added by hand, changed or deleted.")
            )

    @api.model
    def _check_files_added(self, files):
        self._check_files_open(files)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_gate()
        return super().create(vals_list)

    def write(self, vals):
        self._check_gate()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_uninstall(self):
        if not is_uninstalling(self.env):
            self._check_gate()

    def _check_gate(self):
        if not is_gate_open(self):
            raise AccessError(self.env._("Evidence is never edited or deleted; it is added on its document."))

    # ---- actions ----------------------------------------------------------------------------------------

    def action_open_document(self):
        """Open the record the evidence was added to."""
        self.ensure_one()
        self.check_access("read")
        if self.res_model not in self.env or not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(self.env._("The document of %s no longer exists.", self.name))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def action_download(self):
        """Download the original file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"{self._get_url()}?download=true",
            "target": "download",
        }
