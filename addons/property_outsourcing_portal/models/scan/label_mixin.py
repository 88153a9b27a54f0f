import base64

from odoo import models

from ..invitation.qr_code import make_qr_code

PATH = "/outsourcing/label/"


class OutsourcingLabelMixin(models.AbstractModel):
    """What hangs on site with a label: the QR code is a plain link, so that any scanner opens it."""

    _name = "outsourcing.label.mixin"
    _description = "Label on site"
    _label_letter = None  # before the id in the code of a label

    def _get_label_code(self):
        """Return the text printed under the code, typed where nothing scans: the barcode, or our own."""
        raise NotImplementedError

    def _get_label_place(self):
        """Return where it is, for the second line of the label."""
        raise NotImplementedError

    def _get_own_code(self):
        self.ensure_one()
        return f"{self._label_letter}-{self.id}"

    def _get_label_link(self):
        """Return the address in the QR code; it names the record: a changed barcode spoils no label."""
        self.ensure_one()
        company = (self.company_id or self.env.company).sudo()  # the address of the site
        return f"{company.get_base_url()}{PATH}{self._get_own_code()}"

    def _get_labels(self):
        """Return what the sheet prints: dicts with ``name``, ``place``, ``code`` and ``qr`` (PNG, base64)."""
        return [
            {
                "name": record.name,
                "place": record._get_label_place(),
                "code": record._get_label_code(),
                "qr": base64.b64encode(make_qr_code(record._get_label_link())),
            }
            for record in self
        ]
