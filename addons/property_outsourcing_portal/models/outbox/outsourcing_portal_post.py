import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.act_time import Act
from odoo.addons.property_outsourcing.models.workflow.trade_time import get_zone

KEY = re.compile(r"[0-9A-Za-z-]{16,64}")
AT_ONCE = timedelta(minutes=1)  # what took longer waited for a signal
CLOCK_WRONG = timedelta(minutes=10)


class OutsourcingPortalPost(models.Model):
    """A form or photo handed in from the portal: its key, the answer it got, and when it was done.

    The key is made where the form is filled in. Sent again, on a broken line or by a second tap, it finds
    its row and gets the same answer; nothing is recorded twice. Only module code writes rows, and reads them:
    they tell who has bid or asked before anybody may know.
    """

    _name = "outsourcing.portal.post"
    _description = "Form handed in from a phone"
    _order = "id desc"
    _rec_name = "client_key"

    user_id = fields.Many2one("res.users", readonly=True, required=True, ondelete="cascade")
    performer_id = fields.Many2one(
        "res.partner",
        "Worked",
        readonly=True,
        ondelete="restrict",
        help="Who worked on the phone, where people of the firm have PINs.",
    )
    client_key = fields.Char("Key of the Form", readonly=True, required=True)
    digest = fields.Char("Fingerprint of the Content", readonly=True)
    path = fields.Char(readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", readonly=True)
    answer = fields.Json(readonly=True)
    date_received = fields.Datetime("Received on", readonly=True, required=True)
    date_acted = fields.Datetime(
        "Done on",
        readonly=True,
        help="When the person pressed the button or took the photo: how long ago that was by "
        "the phone's clock, counted back from the receipt.",
    )
    date_phone = fields.Datetime(
        "Clock of the Phone", readonly=True, help="What the phone's clock showed then."
    )
    is_act_counted = fields.Boolean("Time of the act counts", readonly=True)
    doubt = fields.Selection(
        [
            ("future", "lies in the future"),
            ("old", "is too long ago"),
            ("before", "lies before the step ahead of it"),
        ],
        string="Why it does not count",
        readonly=True,
    )

    _user_key_uniq = models.UniqueIndex("(user_id, client_key)", "This form was handed in before.")
    _key_idx = models.Index("(client_key)")
    _document_idx = models.Index("(res_model, res_id)")

    # ---- exactly once -----------------------------------------------------------------------------------

    @api.model
    def _claim(self, key, digest, path, acted=None, sent=None):
        """Take the key of a form for the acting user, before anything is recorded.

        Whoever comes at the same moment with the same key waits here; once the first is done, PostgreSQL
        makes Odoo run the second request again, which finds the row with its answer.

        :param str key: the key of the form
        :param str digest: fingerprint of what is sent
        :param str path: address of the form
        :param acted: when the person acted, by the clock of the phone (naive UTC, or None if it was not told)
        :param sent: what the same clock showed when the form was sent
        :return: tuple (row in sudo, whether it is new); no row if the key is somebody else's
        """
        posts = self.sudo()  # rows are written by module code alone, for the acting user
        received = fields.Datetime.now()
        moment = received - (sent - acted) if acted and sent else None
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO outsourcing_portal_post
                    (user_id, client_key, digest, path, date_received, date_acted, date_phone, create_uid,
                    create_date)
                VALUES (%(user)s, %(key)s, %(digest)s, %(path)s, %(now)s, %(acted)s, %(phone)s, %(user)s,
                %(now)s)
                ON CONFLICT (user_id, client_key) DO NOTHING
                RETURNING id
                """,
                user=self.env.uid,
                key=key,
                digest=digest,
                path=path,
                now=received,
                acted=moment,
                phone=acted,
            )
        )
        known = posts.search([("client_key", "=", key)])
        if known.user_id - self.env.user:
            posts.browse(row[0] for row in rows).unlink()
            return posts, False
        return known, bool(rows)

    @api.model
    def _forgo(self, key, path):
        """Take the key of what the acting user no longer wants: still on its way, it is not recorded.

        What is recorded already stays as it is.

        :param str key: the key it was sent with; nothing happens to what is none
        :param str path: address of the form that takes it back
        """
        if not KEY.fullmatch(key):
            return
        post, is_new = self._claim(key, False, path)
        if is_new:
            post._finish(self.browse(), {"url": path}, None)

    def _prepare_act(self):
        """Return what the clocks are told of when it was done (``Act``), None if it came at once."""
        self.ensure_one()
        if not self.date_acted or timedelta(0) <= self.date_received - self.date_acted < AT_ONCE:
            return None
        hours = self.env.company._get_outsourcing_setting("outsourcing_act_hours")
        return Act(self.date_acted, self.date_received, hours)

    def _finish(self, record, answer, act):
        """Keep what the form led to: the document and the answer, which is given again if it comes again.

        :param record: the document, or an empty recordset
        :param dict answer: what the script of the page is told
        :param act: what :meth:`_prepare_act` returned, after the clocks have judged it
        """
        self.ensure_one()
        self.write(
            {
                "res_model": record._name if record else False,
                "res_id": record.id if record else False,
                "answer": answer,
                "performer_id": self.user_id._get_bound_performer().id,
                "is_act_counted": bool(act and act.counts),
                "doubt": act.doubt if act and act.doubt else False,
            }
        )

    # ---- in words ---------------------------------------------------------------------------------------

    @api.model
    def _get_late(self, record):
        """Return the rows (in sudo) that reached ``record`` later than they were done, oldest first."""
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id), ("date_acted", "!=", False)]
        # sudo: whoever reads the document reads when it was recorded
        rows = self.sudo().search(domain, order="id")
        return rows.filtered(lambda row: row._prepare_act() is not None)

    @api.model
    def _get_recorders(self, record):
        """Return who worked on ``record``, each person with the login: a list of sentences.

        :param record: a document the reader has opened
        """
        # sudo: whoever reads the document reads by whom it was recorded
        groups = self.sudo()._read_group(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("performer_id", "!=", False)],
            ["performer_id", "user_id"],
            ["date_received:max"],
            order="date_received:max",
        )
        return [self._describe_recorder(performer, user) for performer, user, _date in groups]

    @api.model
    def _describe_recorder(self, performer, user):
        return self.env._(
            "Recorded by %(person)s with the login %(login)s.",
            person=performer.name,
            login=user.login if performer == user.partner_id else f"{user.login} ({user.name})",
        )

    def _describe_act(self):
        """Return in a sentence when it was done and received, and which of the two counts."""
        self.ensure_one()
        values = {"acted": self._format(self.date_acted), "received": self._format(self.date_received)}
        if self.is_act_counted:
            text = self.env._(
                "Done at %(acted)s without signal, received at %(received)s: the time on site counts.",
                **values,
            )
        elif self.doubt:
            reasons = dict(self._fields["doubt"]._description_selection(self.env))
            text = self.env._(
                "Done at %(acted)s by the phone, received at %(received)s: the receipt counts, because the "
                "time of "
                "the phone %(reason)s.",
                reason=reasons[self.doubt],
                **values,
            )
        else:
            text = self.env._("Done at %(acted)s without signal, received at %(received)s.", **values)
        if self._is_clock_wrong():
            clock = self.env._("The clock of the phone showed %s.", self._format(self.date_phone))
            text = f"{text} {clock}"
        return text

    def _is_clock_wrong(self):
        return bool(self.date_phone) and abs(self.date_phone - self.date_acted) > CLOCK_WRONG

    def _format(self, moment):
        # as the pages write every other moment
        options = {"hide_seconds": True, "tz_name": get_zone(self.env.user)}
        return self.env["ir.qweb.field.datetime"].value_to_html(moment, options)

    def _check_answered(self, digest):
        """Raise UserError if the form comes again with other content than what was recorded."""
        self.ensure_one()
        if self.digest != digest:
            raise UserError(
                self.env._(
                    "This form was already recorded on %s; what was changed since then is not. Open the "
                    "page again "
                    "to record more.",
                    self._format(self.date_received),
                )
            )
