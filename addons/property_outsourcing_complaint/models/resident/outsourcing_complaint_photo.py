import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.evidence.media import (
    DamagedFile,
    TooManyPixels,
    detect_mimetype,
    is_video,
    read_media,
)

MEGABYTE = 1024 * 1024
PHOTOS_MAX = 6


class OutsourcingComplaintPhoto(models.Model):
    """A photo or short film of a resident; no evidence against anybody, it is erased with the person."""

    _name = "outsourcing.complaint.photo"
    _description = "Resident's Photo"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id"

    complaint_id = fields.Many2one(
        "outsourcing.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    reporter_id = fields.Many2one(
        "outsourcing.complaint.reporter", index="btree_not_null", ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    community_id = fields.Many2one(related="complaint_id.community_id", store=True, index=True)
    name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(readonly=True)
    content = fields.Binary(attachment=True, readonly=True)
    thumbnail = fields.Binary(attachment=True, readonly=True)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "complaint_id", "reporter_id", "name", "mimetype", "content", "thumbnail"
        }  # fmt: skip

    @api.model
    def _read_files(self, files, company):
        """Return the values of photos for ``files``, read by their content.

        :param list files: (name, bytes)
        :raise UserError: too many, too large, empty, damaged, or neither photo nor film
        """
        if len(files) > PHOTOS_MAX:
            raise UserError(self.env._("Send at most %s photos.", PHOTOS_MAX))
        return [
            self._read_file(number, name, data, company) for number, (name, data) in enumerate(files, start=1)
        ]

    @api.model
    def _read_file(self, number, name, data, company):
        kind = detect_mimetype(data) if data else None
        if not kind or kind == "application/pdf":
            raise UserError(self.env._("%s is neither a photo nor a film.", name[:80]))
        setting = "outsourcing_video_max_mb" if is_video(kind) else "outsourcing_photo_max_mb"
        limit = company._get_outsourcing_setting(setting)
        if len(data) > limit * MEGABYTE:
            raise UserError(
                self.env._("%(file)s is too large: at most %(limit)s MB.", file=name[:80], limit=limit)
            )
        try:
            info = read_media(data, kind)
        except (DamagedFile, TooManyPixels) as error:
            raise UserError(self.env._("%s cannot be opened.", name[:80])) from error
        return {
            "name": f"{number}.{kind.partition('/')[2]}",  # names of files tell of people
            "mimetype": kind,
            "content": base64.b64encode(data),
            "thumbnail": info.thumbnail and base64.b64encode(info.thumbnail),
        }


class OutsourcingComplaint(models.Model):
    _inherit = "outsourcing.complaint"

    photo_ids = fields.One2many("outsourcing.complaint.photo", "complaint_id", "Photos", copy=False)

    def _split_off(self, text):
        """Let the second matter have the photos as well: nobody asks which of the two they show."""
        second = super()._split_off(text)
        people = {person.split_from_id: person for person in second.sudo().reporter_ids}  # links only
        photos = self.env["outsourcing.complaint.photo"]._gated()
        photos.create(
            [
                {
                    **{name: photo[name] for name in ("name", "mimetype", "content", "thumbnail")},
                    "complaint_id": second.id,
                    "reporter_id": people.get(photo.reporter_id, photo.reporter_id.browse()).id,
                }
                for photo in self.sudo().photo_ids.with_context(
                    bin_size=False
                )  # staff that may split it was checked
            ]
        )
        return second

    def _erase(self):
        result = super()._erase()
        self.photo_ids._gated().unlink()
        return result
