import base64

from markupsafe import Markup

from odoo import models

from .media import is_video


class OutsourcingEvidence(models.Model):
    """How a file is shown: galleries, previews, the small picture, its address."""

    _inherit = "outsourcing.evidence"

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
