from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .gate import open_evidence

SMALL_DAYS = 7  # how long a chain waits for the original of a small picture


class OutsourcingEvidence(models.Model):
    """On a bad line a small picture is sent ahead; it names the original, which then takes its place.

    What is final is what is sealed: the original, if it comes before its document is handed in or within some
    days, else the small picture with the hash of the original in its caption, which the chain covers.
    """

    _inherit = "outsourcing.evidence"

    original_sha256 = fields.Char(
        "SHA-256 of the Original",
        readonly=True,
        index="btree_not_null",
        help="This is a small picture sent ahead on a bad line; the hash is that of its original.",
    )

    @api.model
    def _get_sealable_domain(self, documents):
        """Return the domain of what may be sealed now: small pictures of other documents wait a while.

        :param documents: records that are just handed in, or None
        """
        since = fields.Datetime.now() - timedelta(days=SMALL_DAYS)
        domain = Domain("original_sha256", "=", False) | Domain("date_received", "<", since)
        if documents:
            domain |= Domain("res_model", "=", documents._name) & Domain("res_id", "in", documents.ids)
        return domain

    def _give_way_to_originals(self):
        """Remove those of ``self`` (in sudo) whose original is on the same document; return what is left.

        A small picture that is sealed stays, and so does one whose bytes a sealed file was found to repeat.
        What is small itself is nobody's original: two that name each other stay both.
        """
        small = self.filtered(lambda row: row.original_sha256 and not row.sealed)
        if not small:
            return self
        originals = self.search(
            Domain("sha256", "in", small.mapped("original_sha256"))
            & Domain("original_sha256", "=", False)
            & Domain("res_id", "in", small.mapped("res_id"))
        )
        there = {(row.res_model, row.res_id, row.sha256) for row in originals}
        small = small.filtered(lambda row: (row.res_model, row.res_id, row.original_sha256) in there)
        repeated = self.search([("duplicate_of_id", "in", small.ids)])
        small -= repeated.filtered("sealed").duplicate_of_id
        # told again when they are sealed, if they repeat anything else
        open_evidence(repeated.filtered(lambda row: row.duplicate_of_id in small)).duplicate_of_id = False
        left = self - small
        open_evidence(small).unlink()
        return left
