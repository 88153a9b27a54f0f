import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, consteq, hmac

from ..complaint.outsourcing_complaint_reporter import STAFF


class OutsourcingComplaintForm(models.Model):
    """A form of the residents' page that was sent: once each, and not too many from one code or telephone."""

    _name = "outsourcing.complaint.form"
    _description = "Form of the Residents' Page"
    _order = "id desc"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    code_id = fields.Many2one("outsourcing.complaint.code", required=True, readonly=True, ondelete="cascade")
    phone_hash = fields.Char("Digest of the Telephone", readonly=True, groups=STAFF)
    date = fields.Datetime(required=True, readonly=True)
    reporter_id = fields.Many2one("outsourcing.complaint.reporter", readonly=True, ondelete="cascade")

    _key_uniq = models.Constraint("UNIQUE (key)", "This form was sent already.")
    _code_idx = models.Index("(code_id, date)")
    _phone_idx = models.Index("(phone_hash, date)")

    # ---- the stamp of a form ----------------------------------------------------------------------------

    @api.model
    def _make_stamp(self, code):
        """Return what a form of the page of ``code`` carries: a key, a question, and our signature of both.

        It needs no session and does not age: a page that lay open for a week is still recorded, once.
        """
        key = secrets.token_hex(12)
        first, second = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
        return f"{key}-{first}-{second}-{self._sign(code, key, first, second)}"

    @api.model
    def _read_stamp(self, code, stamp):
        """Return (key, first, second) of a stamp that we gave to the page of ``code``, else None."""
        parts = str(stamp or "").split("-")
        if len(parts) != 4 or not all(part.isascii() for part in parts):
            return None
        key, first, second, signature = parts
        if not consteq(signature, self._sign(code, key, first, second)):
            return None
        return key, int(first), int(second)

    @api.model
    def _sign(self, code, key, first, second):
        # sudo: the secret of the database
        return hmac(self.env(su=True), "outsourcing.complaint.form", (code, key, str(first), str(second)))

    # ---- exactly once, and not too often ----------------------------------------------------------------

    @api.model
    def _claim(self, code, key):
        """Take the key of a form before anything is recorded; who comes twice is answered alike.

        :param code: ``outsourcing.complaint.code``
        :return: tuple (row in sudo, whether it is new)
        """
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO outsourcing_complaint_form (key, code_id, date, create_date)
                VALUES (%(key)s, %(code)s, %(now)s, %(now)s)
                ON CONFLICT (key) DO NOTHING RETURNING id
                """,
                key=key,
                code=code.id,
                now=fields.Datetime.now(),
            )
        )
        forms = self.sudo()  # rows of module code alone
        return forms.search([("key", "=", key)]), bool(rows)

    def _is_too_often(self, phone_hash):
        """Return whether the code, or the telephone, has sent more forms than the company allows."""
        self.ensure_one()
        company, now = self.code_id.company_id, fields.Datetime.now()
        by_code = [("code_id", "=", self.code_id.id), ("date", ">", now - timedelta(hours=1))]
        limit = company._get_outsourcing_setting("outsourcing_complaint_hour_limit")
        if self.search_count(by_code, limit=limit + 1) > limit:
            return True
        limit = company._get_outsourcing_setting("outsourcing_complaint_day_limit")
        by_phone = [("phone_hash", "=", phone_hash), ("date", ">", now - timedelta(days=1))]
        return bool(phone_hash) and self.search_count(by_phone, limit=limit) >= limit

    @api.autovacuum
    def _gc_forms(self):
        """Forget whose telephone sent a form once no limit counts it any more; the key stays for ever."""
        old = [("phone_hash", "!=", False), ("date", "<", fields.Datetime.now() - timedelta(days=2))]
        self.search(old).write({"phone_hash": False})
