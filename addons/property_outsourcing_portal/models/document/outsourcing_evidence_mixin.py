import hashlib

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class OutsourcingEvidenceMixin(models.AbstractModel):
    _inherit = "outsourcing.evidence.mixin"
    _portal_takes_photos = False  # whether the pages of its section offer to add photos

    def _portal_add_evidence(self, files, phase="other", original_sha256=None):
        """Add photos from the portal to this document.

        :param list files: (file name, bytes)
        :param str phase: before, during, after or other
        :param str original_sha256: of a small picture sent ahead, the hash of its original
        :return: the new ``outsourcing.evidence``, as the portal user
        """
        self.ensure_one()
        self.check_access("read")
        self._portal_check_may_add_evidence()
        vals = {"phase": phase, "performer": self._portal_get_performer()}
        if original_sha256:
            return self._add_small_evidence(files, original_sha256, **vals)
        return self._add_originals(files, **vals)

    def _portal_sort_out_known(self, files, original_sha256=None):
        """Return what of ``files`` this document does not have yet, and the evidence it has of the rest.

        :param list files: (file name, bytes)
        :param str original_sha256: of a small picture; it is known, too, where its original is
        :return: tuple (list like ``files``, ``outsourcing.evidence`` in sudo)
        """
        hashes = {hashlib.sha256(data).hexdigest(): (name, data) for name, data in files}
        same = Domain("sha256", "in", list(hashes))
        if original_sha256:
            same |= Domain("sha256", "=", original_sha256) | Domain("original_sha256", "=", original_sha256)
        own = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        known = (
            self.env["outsourcing.evidence"].search(own & same).sudo()
        )  # found under the user's own access
        there = set(hashes) if known and original_sha256 else set(known.mapped("sha256"))
        return [file for sha256, file in hashes.items() if sha256 not in there], known

    def _portal_may_remove_evidence(self, row):
        """Return whether the portal user may still take back ``row`` (in sudo), a photo of this document."""
        return not row.sealed and row.author_id == self.env.user

    def _portal_remove_evidence(self, row):
        """Take back a photo that is not sealed yet; name and fingerprint stay on the document's record.

        :param row: ``outsourcing.evidence`` of this document, in sudo
        :raise UserError: it is sealed, somebody else's, or the document is handed in
        """
        self.ensure_one()
        self.check_access("read")
        self._portal_check_may_add_evidence()
        if not self._portal_may_remove_evidence(row):
            raise UserError(
                self.env._(
                    "%s stays: only who sent a photo removes it, and only until it is sealed.", row.name
                )
            )
        self._remove_draft_evidence(row)

    def _portal_check_may_add_evidence(self):
        """Raise unless the portal user may add photos now. Hook: a document that takes them says who."""
        raise AccessError(self.env._("This document takes no photos from you."))

    def _portal_get_evidence_lines(self):
        """Return the items of the document that take photos of their own, as the user. Hook.

        :return: records of a model that inherits ``outsourcing.evidence.mixin`` as well; none by default
        """
        return self.browse()

    def _portal_get_performer(self):
        """Return the person named as the one who took the photo. Hook."""
        return self.env.user._get_outsourcing_performer()

    def _portal_get_evidence(self):
        """Return the photos of ``self`` the user may see, in sudo for the names beside them."""
        rows = self.env["outsourcing.evidence"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], order="id"
        )
        rows = rows.sudo()  # found under the user's own access
        # a sealed small picture stays beside an original that came later
        originals = set(rows.filtered(lambda row: not row.original_sha256).mapped("sha256"))
        return rows.filtered(lambda row: row.original_sha256 not in originals)
