import base64
import hashlib
import itertools
import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..workflow.gate import is_gate_open, is_uninstalling
from .gate import EVIDENCE_MODEL, open_evidence
from .media import is_video

PHASES = [("before", "Before"), ("during", "During"), ("after", "After"), ("other", "Other")]

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

    is_portal_readable = fields.Boolean(
        compute="_compute_is_portal_readable",
        search="_search_is_portal_readable",
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

    @api.depends("exif_text", "mimetype")
    def _compute_lacks_exif(self):
        for row in self:
            row.lacks_exif = row.mimetype.startswith("image/") and not row.exif_text

    def _search_lacks_exif(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain("exif_text", "=", False) & fields.Domain("mimetype", "=like", "image/%")
        return domain if True in value else ~domain

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_is_portal_readable(self):
        self.is_portal_readable = False
        domains = self._get_portal_domains()
        for model, rows in self.grouped("res_model").items():
            if model not in domains:
                continue
            documents = self._get_documents(model).search(
                fields.Domain("id", "in", rows.mapped("res_id")) & domains[model]
            )
            for row in rows:
                row.is_portal_readable = row.res_id in documents._ids

    def _search_is_portal_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        # one sub-query per kind of document, however much evidence there is
        readable = fields.Domain.OR(
            fields.Domain("res_model", "=", model)
            & fields.Domain("res_id", "in", self._get_documents(model)._search(domain))
            for model, domain in self._get_portal_domains().items()
        )
        return readable if True in value else ~readable

    @api.model
    def _get_portal_domains(self):
        """Return which documents the user reads with their evidence: dict model name -> domain."""
        names = self.pool.descendants(["outsourcing.evidence.mixin"], "_inherit")
        models = [self._get_documents(name) for name in names if not self.pool[name]._abstract]
        return {
            model._name: fields.Domain(model._get_portal_evidence_domain())
            for model in models
            if model.has_access("read")
        }

    @api.model
    def _get_documents(self, model):
        # record rules are evaluated in sudo: the documents are asked for as the user, under their own rules
        return self.env[model].with_user(self.env.user).with_context(active_test=False)

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

    def _describe_for_gallery(self):
        """Return what a gallery shows of these files, as dicts."""
        names = ("name", "caption", "mimetype", "media_type", "has_thumbnail", "is_duplicate", "lacks_exif")
        return [{"id": row.id, **{name: row[name] for name in names}} for row in self]

    def _compute_preview(self):
        for row in self:
            url = row._get_url()
            if is_video(row.mimetype):
                html = Markup('<video class="mw-100" controls="controls" src="%s"></video>') % url
            elif row._is_heic():
                html = row._get_heic_preview(url)
            elif row.mimetype.startswith("image/"):
                image = Markup('<img class="mw-100" style="max-height: 60vh" src="%s" alt="%s"/>')
                image %= (url, row.name)
                html = Markup('<a href="%s" target="_blank">%s</a>') % (url, image)
            else:
                html = Markup('<a href="%s" target="_blank">%s</a>') % (url, row.name)
            row.preview = html

    def _get_heic_preview(self, url):
        """Return what stands for a photo no browser shows: the small picture if there is one, to download."""
        if self.thumbnail:
            image = Markup('<img class="mw-100" src="%s" alt=""/>') % self._get_url("thumbnail")
        else:
            image = Markup('<i class="fa fa-picture-o fa-4x text-muted"></i>')
        link = Markup('<a href="%s?download=true">%s<div><i class="fa fa-download me-1"></i>%s</div></a>')
        return link % (url, image, self.name)

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

    # ---- storing ----------------------------------------------------------------------------------------

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
        """Flag those of ``self`` (in sudo, of one company) whose bytes were used before; tell it."""
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

    # ---- sealing ----------------------------------------------------------------------------------------

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

    # ---- helpers ----------------------------------------------------------------------------------------

    def _is_heic(self):
        """Return whether this is a photo as iPhones take it, which browsers do not show."""
        self.ensure_one()
        return self.mimetype == "image/heic"

    def _get_url(self, field_name="original"):
        """Return the address of the original or thumbnail, under the access rights of the evidence."""
        self.ensure_one()
        return f"/web/content/{self._name}/{self.id}/{field_name}"

    def _get_thumbnail(self):
        """Return the bytes of the small picture (JPEG); False for films, scans and some HEIC."""
        self.ensure_one()
        thumbnail = self.with_context(bin_size=False).thumbnail
        return base64.b64decode(thumbnail) if thumbnail else False
