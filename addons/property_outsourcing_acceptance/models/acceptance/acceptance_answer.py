from datetime import time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.property_outsourcing.models.workflow.act_time import act_time
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day, trade_today, utc_moment

from .acceptance_deadlines import ACTIVITY_OBJECTION

SUPERVISOR = "property_outsourcing.group_outsourcing_user"


class OutsourcingAcceptance(models.Model):
    """The contractor's answer to a monthly score: in the portal, on paper, or by silence."""

    _inherit = "outsourcing.acceptance"

    # ---- in the portal ----------------------------------------------------------------------------------

    def _portal_confirm_score(self):
        """Confirm the monthly score as the contractor; the month is accepted."""
        self._require_waiting_score()
        self._transition_to("accepted")

    @api.model
    def _get_kept_files_domains(self):
        objected = Domain("date_disputed", "!=", False)
        return {**super()._get_kept_files_domains(), "dispute_file_ids": objected}

    def _portal_dispute_score(self, reason, files=()):
        """Object to the monthly score as the contractor.

        :param str reason: what the contractor objects, not empty
        :param files: ``ir.attachment`` (in sudo) that the caller has taken in for this sheet
        """
        self._require_waiting_score()
        self._object(reason)
        if files:  # the party was checked
            self._gated().write({"dispute_file_ids": [Command.link(file.id) for file in files]})

    def _require_waiting_score(self):
        self.check_access("read")
        self._require_contractor()
        self._take_back_deemed()
        for sheet in self.sudo():  # the party was checked; state only
            if sheet.method != "score" or sheet.state != "to_confirm":
                raise UserError(self.env._("%s is not waiting for you.", sheet.display_name))

    def _object(self, reason):
        """Put the scores under objection; who objects was checked, the deadline of the answer begins."""
        self._check_objection(reason)
        self._transition_to("disputed")
        sheets = self.sudo()  # the transition has checked the party
        sheets._gated().write(
            {
                "dispute_reason": reason.strip(),
                "date_disputed": act_time(sheets, *sheets.mapped("date_scored")),
            }
        )
        for sheet in sheets:
            sheet.message_post(body=self.env._("The contractor objects: %s", reason.strip()))
        summary = self.env._("Answer the contractor's objection")
        sheets._schedule_events(
            ACTIVITY_OBJECTION,
            {sheet: {"summary": summary, "date_deadline": sheet.date_deadline} for sheet in sheets},
        )

    def _check_objection(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Please write why you object."))

    def _set_answer_deadlines(self):
        today = trade_today(self)
        for days, sheets in self.grouped(lambda sheet: sheet.contract_id.answer_days).items():
            sheets._gated().write({"date_deadline": today + timedelta(days=days)})

    # ---- on paper ---------------------------------------------------------------------------------------

    def action_enter_score_sheet(self):
        """Open the dialogue that takes over the sheet the contractor signed on paper."""
        self.ensure_one()
        self._check_may_enter_sheet()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter the signed score sheet"),
            "res_model": "outsourcing.score.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_acceptance_id": self.id},
        }

    def _check_may_enter_sheet(self):
        """Raise unless the acting person may enter what the contractor signed: not the one who scored."""
        self.check_access("read")
        self._require_group(SUPERVISOR)
        self._check_member(self.env.user)
        if self.method != "score" or self.state != "to_confirm":
            raise UserError(self.env._("%s does not wait for the contractor's answer.", self.display_name))
        self._require_other_person("scored_by_id")

    def _record_score_paper(self, signer, files, date=None, objection=None):
        """Enter the answer the contractor gave on the printed sheet (代录). The scan of it is the proof.

        :param signer: the person of the contractor who signed (res.partner)
        :param list files: scan of the signed sheet, (file name, bytes); at least one
        :param date: day of the signature, by default today; it is printed
        :param str objection: what is objected to on the sheet; without one the score is confirmed
        """
        self.ensure_one()
        self._check_may_enter_sheet()
        self._check_paper_signer(signer)
        day = self._check_paper_day(date)
        if objection is not None:
            self._check_objection(objection)
        if not files:
            raise UserError(self.env._("Attach the scan of the sheet the party signed."))
        self._add_evidence(files, phase="other", caption=self.env._("Signed score sheet"), is_paper=True)
        # who acts was checked; the answer is the contractor's, not that of whoever enters it
        self._gated().write(
            {
                "is_paper": True,
                "confirm_signer_name": signer.sudo().name,
                "confirm_entered_by_id": self.env.uid,
                "date_confirmed": False if objection is not None else day,
            }
        )
        answered = self._as_system()
        if objection is not None:
            answered._object(objection)
        else:
            answered._transition_to("accepted")

    def _check_paper_signer(self, signer):
        person, document = signer.sudo(), self.sudo()  # names and kind of the parties only
        if not person or not self._is_signer("self_check", signer) or person.is_company:
            raise UserError(
                self.env._(
                    "%(person)s is not one of the people of %(firm)s.",
                    person=person.name or self.env._("Nobody"),
                    firm=document.contractor_id.name,
                )
            )

    def _check_paper_day(self, date):
        """Return the time of the signature; it lies between the hand-over of the score and now."""
        today = trade_today(self)
        day = date or today
        scored = trade_day(self, self.date_scored)
        if not scored <= day <= today:
            raise UserError(
                self.env._(
                    "The sheet was signed between %(first)s, when it was handed over, and today.",
                    first=scored,
                )
            )
        return fields.Datetime.now() if day == today else utc_moment(self, day, time(12))

    # ---- by silence -------------------------------------------------------------------------------------

    @api.model
    def _get_deemed(self, today, limit=None):
        """Return the scores whose time to object has passed without an answer."""
        return self.search(
            [("state", "=", "to_confirm"), ("confirm_deadline", "<", today)],
            order="confirm_deadline, id",
            limit=limit,
        )

    def _process_deemed(self):
        """Accept scores nobody objected to in time: silence has an outcome."""
        self._as_system()._transition_to("accepted")

    # ---- stamps -----------------------------------------------------------------------------------------

    def _stamp_confirmation(self):
        sheets = self.filtered(lambda sheet: sheet.method == "score" and not sheet.confirm_signer_name)
        vals = {"date_confirmed": fields.Datetime.now()}
        if self._is_system_actor():
            vals["is_deemed"] = True
        elif self.env.user.share:
            vals["confirmed_by_id"] = self.env.uid
        sheets._gated().write(vals)
