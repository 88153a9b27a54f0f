import base64
import hashlib
import os
from datetime import UTC

from markupsafe import Markup
from pytz import timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, human_size

from ...tools import join_names
from ..workflow.trade_time import get_zone, trade_day
from .media import EXTENSIONS, DamagedFile, TooManyPixels, detect_mimetype, is_video, read_media
from .outsourcing_evidence import PHASES

MEGABYTE = 1024 * 1024
NAME_LENGTH = 120


class OutsourcingEvidenceMixin(models.AbstractModel):
    """Documents that carry photos, films and scans which nobody can change afterwards."""

    _name = "outsourcing.evidence.mixin"
    _inherit = ["outsourcing.event.mixin"]
    _description = "Document with evidence"

    evidence_ids = fields.One2many(
        "outsourcing.evidence",
        "res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )
    evidence_count = fields.Integer("Files of evidence", compute="_compute_evidence_count")

    @api.depends("evidence_ids")
    def _compute_evidence_count(self):
        counts = dict(
            self.env["outsourcing.evidence"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]
            )
        )
        for document in self:
            document.evidence_count = counts.get(document._origin.id, 0)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_evidence(self):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        # sudo: evidence counts, whether or not the user may see it
        if row := self.env["outsourcing.evidence"].sudo().search(domain, limit=1):
            document = self.browse(row.res_id)
            raise UserError(
                self.env._(
                    "%s has evidence and is no longer deleted; cancel it instead.", document.display_name
                )
            )

    # ---- hooks ------------------------------------------------------------------------------------------

    def _get_evidence_vals(self):
        """Return where evidence of this document belongs. Hook: extend super's dict.

        :return: dict with ``contract_id``, ``community_id``, ``contractor_id``, ``company_id`` (ids or False)
            and ``owner``: the record whose chain takes it; without one the contract, else the document
        """
        self.ensure_one()
        ids = dict.fromkeys(("contract_id", "community_id", "contractor_id", "company_id"), False)
        return {**ids, "owner": None}

    def _takes_evidence(self):
        """Return whether the document (in sudo) still takes evidence, by its state. Hook."""
        self.ensure_one()
        return True

    def _get_evidence_document(self):
        """Return the record whose state decides and whose chatter is told, for lines their document. Hook."""
        self.ensure_one()
        return self

    def _get_evidence_firms(self):
        """Return the partners whose people may be named as performers (in sudo). Hook: add to super's."""
        self.ensure_one()
        partners = self.env["res.partner"]
        return partners.browse(self._get_evidence_vals()["contractor_id"] or ()) | self.env.user.partner_id

    @api.model
    def _get_portal_evidence_domain(self):
        """Return the domain of the documents whose evidence a portal user reads. Hook: narrow super's.

        The record rules of the document decide first; the hook leaves out what is still being written.
        """
        return []

    # ---- adding -----------------------------------------------------------------------------------------

    def _add_evidence(self, files, phase="other", performer=None, caption=None, is_paper=False):
        """Keep files as evidence of this document, all of them or none.

        Who may do so is checked by the caller; here it is checked that a known person acts, who may read the
        document, and that the files are what they should be.

        :param files: list of (file name, bytes)
        :param phase: before, during, after or other
        :param performer: contact of the firm who did the work
        :param bool is_paper: scan of a signed sheet, recorded by internal staff on behalf of the firm
        :return: the ``outsourcing.evidence`` records
        """
        self.ensure_one()
        self._check_evidence_actor(is_paper)
        document = self.sudo()  # sudo keeps env.user, the author
        document._check_takes_evidence()
        document._check_performer(performer)
        common_vals = document._prepare_evidence_vals(phase, performer, caption, is_paper)
        # sudo: its settings for photos only
        company = self.env["res.company"].sudo().browse(common_vals["company_id"])
        media = [document._read_evidence_file(name, data, company) for name, data in files]
        if not media:
            return self.env["outsourcing.evidence"]
        rows = self.env["outsourcing.evidence"]._store(media, common_vals)
        return self.env["outsourcing.evidence"].browse(rows.ids)

    def _check_evidence_actor(self, is_paper):
        user = self.env.user
        if user._is_superuser() or user._is_public():
            raise AccessError(self.env._("Evidence needs a person who is logged in."))
        self.check_access("read")
        if is_paper and not user._is_internal():
            raise AccessError(self.env._("Only staff of the property company record from paper."))

    def _check_takes_evidence(self):
        document = self._get_evidence_document()
        # Waits for whoever is just submitting the document; if that was done, the request is run again.
        # Uploads of two people do not wait for each other.
        document.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT id FROM %s WHERE id = %s FOR SHARE", SQL.identifier(document._table), document.id)
        )
        if not self._takes_evidence():
            raise UserError(self.env._("%s no longer takes photos or files.", document.display_name))

    def _check_performer(self, performer):
        if not performer:
            return
        performer = performer.sudo()  # firm and kind only
        firms = self._get_evidence_firms().commercial_partner_id
        if performer.is_company or performer.commercial_partner_id not in firms:
            raise UserError(
                self.env._(
                    "%(person)s is not one of the people of %(firm)s.",
                    person=performer.name,
                    firm=join_names(self.env, firms.mapped("name")),
                )
            )

    def _prepare_evidence_vals(self, phase, performer, caption, is_paper):
        """Return what all files of one call share."""
        if phase not in dict(PHASES):
            raise UserError(self.env._("A photo shows the work before, during or after, or something else."))
        vals = self._get_evidence_vals()
        owner = vals.pop("owner", None)
        contract = self.env["outsourcing.contract"].browse(vals.get("contract_id") or ())
        community = self.env["outsourcing.community"].browse(vals.get("community_id") or ())
        owner = owner or contract or self
        company_id = vals.get("company_id") or (contract or community).company_id.id or self.env.company.id
        company = self.env["res.company"].browse(company_id)
        return {
            **vals,
            "company_id": company.id,
            "chain_id": self.env["outsourcing.evidence.chain"]._get_or_create(owner, company).id,
            "res_model": self._name,
            "res_id": self.id,
            "phase": phase,
            "performer_id": performer.id if performer else False,
            "caption": caption,
            "is_paper": is_paper,
            "author_id": self.env.user.id,
            "date_received": fields.Datetime.now(),
            "duplicate_of_id": False,
            "sealed": False,
            "seq": 0,
            "prev_hash": False,
            "hash": False,
        }

    # ---- one file ---------------------------------------------------------------------------------------

    def _read_evidence_file(self, name, data, company):
        """Check one file and return what ``outsourcing.evidence._store`` needs of it."""
        name = self._clean_file_name(name)
        if not data:
            raise UserError(self.env._("%s is empty.", name))
        sha256 = hashlib.sha256(data).hexdigest()
        mimetype = detect_mimetype(data)
        if not mimetype:
            raise UserError(
                self.env._(
                    "%s is neither a photo (JPEG, PNG, WebP, HEIC) nor a video (MP4, MOV) nor a PDF.", name
                )
            )
        self._check_file_size(name, len(data), mimetype, company)
        try:
            info = read_media(data, mimetype)
        except DamagedFile as error:
            raise UserError(self.env._("%s is damaged or was not sent completely.", name)) from error
        except TooManyPixels as error:
            raise UserError(self.env._("%s has too many pixels to be shown.", name)) from error
        if not name.lower().endswith(EXTENSIONS[mimetype]):
            name += EXTENSIONS[mimetype][0]
        vals = {
            "name": name,
            "sha256": sha256,
            "size": len(data),
            "mimetype": mimetype,
            "exif_date": self._to_server_time(info.taken, company),
            "exif_text": info.taken_text,
            "latitude": info.latitude,
            "longitude": info.longitude,
            "thumbnail": info.thumbnail and base64.b64encode(info.thumbnail),
        }
        return {"vals": vals, "raw": data}

    def _clean_file_name(self, name):
        name = os.path.basename((name or "").replace("\\", "/"))
        name = "".join(char for char in name if char.isprintable()).strip(" .")
        stem, extension = os.path.splitext(name)
        return (stem[:NAME_LENGTH] + extension[:10]) or self.env._("file")

    def _check_file_size(self, name, size, mimetype, company):
        limit = company.outsourcing_video_max_mb if is_video(mimetype) else company.outsourcing_photo_max_mb
        if size > limit * MEGABYTE:
            raise UserError(
                self.env._(
                    "%(file)s is too large: %(size)s, at most %(limit)s MB are allowed.",
                    file=name,
                    size=human_size(size),
                    limit=limit,
                )
            )

    def _to_server_time(self, taken, company):
        """Return the camera's time in UTC; without a zone it is taken for that of the company."""
        if not taken:
            return False
        if not taken.tzinfo:
            taken = timezone(get_zone(company)).localize(taken, is_dst=False)
        return taken.astimezone(UTC).replace(tzinfo=None)

    # ---- afterwards -------------------------------------------------------------------------------------

    def _seal_evidence(self):
        """Append the evidence of ``self`` to its chains. Called when a document is handed in."""
        domain = Domain("evidence_ids", "any", [("res_model", "=", self._name), ("res_id", "in", self.ids)])
        # sudo: sealing computes hashes of what is there; whoever hands in the document may cause it
        self.env["outsourcing.evidence.chain"].sudo().search(domain)._seal(self)

    def _post_duplicates(self, rows):
        """Tell on the document that files were used before, as an internal note. Hook."""
        self.ensure_one()
        document = self._get_evidence_document()
        if not isinstance(document, self.pool["mail.thread"]):
            return
        lines = Markup().join(
            Markup("<li>%s</li>")
            % self.env._(
                "%(file)s: first used on %(date)s as %(first)s (%(document)s)",
                file=row.name,
                date=fields.Date.to_string(trade_day(row, row.duplicate_of_id.date_received)),
                first=row.duplicate_of_id.name,
                document=row.duplicate_of_id.document_name or "-",
            )
            for row in rows.sudo()  # internal note: staff must see where else the photo was used
        )
        document.message_post(
            body=Markup("<p>%s</p><ul>%s</ul>")
            % (self.env._("Files used before were added as evidence:"), lines),
            author_id=self.env.ref("base.partner_root").id,
            subtype_xmlid="mail.mt_note",
        )

    def action_view_evidence(self):
        """Open the evidence of the document."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing.outsourcing_evidence_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return {**action, "domain": domain, "context": {}}
