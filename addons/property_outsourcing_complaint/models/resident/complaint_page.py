from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.property_outsourcing.tools import normalise_login

from ..complaint.complaint_answer import EVENT_MESSAGE
from ..complaint.outsourcing_complaint_reporter import PHONE

# what the page may say of a complaint, and how much of it
MOST_MESSAGES = 20  # of one person in a day
TEXTS = {"description": 2000, "wish": 80}


class OutsourcingComplaint(models.Model):
    """What the residents' page does. Nobody is logged in: it writes here alone, and only what is named."""

    _inherit = "outsourcing.complaint"

    @api.model
    def _report_from_page(self, code, form, files):
        """Create a complaint from the page of ``code``.

        :param code: the living ``outsourcing.complaint.code``, in sudo
        :param dict form: ``kind``, ``problem_id``, ``description``, ``wish``, ``name``, ``phone``, ``room``
        :param list files: (name, bytes)
        :return: the ``outsourcing.complaint.reporter``, in sudo
        :raise UserError: in one sentence what is missing or wrong
        """
        photos = self.env["outsourcing.complaint.photo"]._read_files(files, code.company_id)
        kinds = self._fields["kind"].get_values(self.env)
        vals = {name: str(form.get(name) or "")[:most] or False for name, most in TEXTS.items()}
        complaint = self._from_page().create(
            {
                **vals,
                "kind": form.get("kind") if form.get("kind") in kinds else "repair",
                "channel": "page",
                "problem_id": self._get_page_problem(form.get("problem_id")).id,
                "community_id": code.community_id.id,
                "location_id": code.location_id.id,
                "equipment_id": code.equipment_id.id,
                "reporter_ids": [Command.create(self._prepare_page_reporter(code, form))],
            }
        )
        person = complaint.reporter_ids
        self.env["outsourcing.complaint.photo"]._gated().create(
            [{**photo, "complaint_id": complaint.id, "reporter_id": person.id} for photo in photos]
        )
        return person

    @api.model
    def _from_page(self):
        """Return the model in sudo for what the page records; followers and letters are not for visitors."""
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True}
        return self._gated().with_context(**quiet)

    @api.model
    def _get_page_problem(self, problem_id):
        problems = self.env["outsourcing.complaint.problem"].sudo()  # what the page offers
        return problems.search([("id", "=", problem_id or 0), ("category_id.active", "=", True)])

    @api.model
    def _prepare_page_reporter(self, code, form):
        phone = normalise_login(str(form.get("phone") or "").strip())
        needed = code.company_id._get_outsourcing_setting("outsourcing_complaint_phone_required")
        if not phone and needed:
            raise UserError(self.env._("Leave a telephone number, so that the desk can call you."))
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(self.env._("%s is no telephone number.", phone[:20]))
        return {
            "name": str(form.get("name") or "")[:40] or False,
            "phone": phone or False,
            "room": str(form.get("room") or "")[:40] or False,
            "user_id": self.env["outsourcing.complaint.reporter"]._get_page_user().id,
            "channel": "page",
        }

    # ---- the link of a reporter -------------------------------------------------------------------------

    def _hear(self, reporter, text):
        """Record what a reporter of ``self`` (in sudo) writes, and ask the desk to answer."""
        if not text:
            raise UserError(self.env._("Write something first."))
        self._check_page_open()
        own = self.talk_ids.filtered(lambda row: row.reporter_id == reporter).sorted("id")
        if own[-1:].body == text[:2000]:
            return  # a second tap, also of the last one there is room for
        day = fields.Datetime.now() - timedelta(days=1)
        if len(own.filtered(lambda row: row.date > day)) >= MOST_MESSAGES:
            raise UserError(self.env._("You have written a lot today: please call the desk."))
        self.env["outsourcing.complaint.message"]._gated().create(
            {"complaint_id": self.id, "reporter_id": reporter.id, "direction": "in", "body": text[:2000]}
        )
        summary = self.env._("A resident has written: %s", self.title)
        self._schedule_event(EVENT_MESSAGE, summary, users=self.user_id)

    def _check_page_open(self):
        if self.state in ("closed", "rejected", "merged"):
            raise UserError(self.env._("This matter is over: report it anew by the code on site."))

    def _check_page_asked(self):
        """Raise UserError unless residents are asked at present whether it is right."""
        if self.state != "done":
            raise UserError(self.env._("This was answered already: where it stands is said below."))

    def _confirm_from_page(self, stars, comment, reporter=None):
        """Record that ``reporter`` of ``self`` (in sudo) says that it is right.

        :raise UserError: who joined by *me too*, as anybody who scans the code can, also who did the work
        """
        if reporter and not reporter._may_confirm():
            raise UserError(
                self.env._(
                    "Whoever reported it says whether it is right. Is it not right yet? Write what is not."
                )
            )
        if stars not in range(1, 6):
            raise UserError(self.env._("Give one to five stars."))
        self._check_page_asked()
        self._as_system()._confirm("resident", stars, (comment or "")[:1000])

    def _return_from_page(self, reason):
        """Give back what is not right, as a reporter of ``self`` (in sudo) says."""
        if not reason:
            raise UserError(self.env._("Write what is not right yet."))
        self._check_page_asked()
        self._as_system()._return(reason[:1000])
