from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .complaint_answer import EVENT_MESSAGE
from .outsourcing_complaint import ENDS

TRACKED = ("return_reason", "end_reason")  # words on record in the conversation


class OutsourcingComplaint(models.Model):
    """What happens when nobody does anything: silence closes, and people are forgotten."""

    _inherit = "outsourcing.complaint"

    is_erased = fields.Boolean("Personal Data Erased", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"is_erased"}

    @api.model
    def _cron_close_silent(self):
        """Close what residents have neither confirmed nor returned in time, and file what they confirmed."""
        due = [("state", "in", ("done", "confirmed")), ("date_silence_due", "<", fields.Datetime.now())]
        self.search(due)._run_in_batches("_process_silence", domain=due)

    def _process_silence(self):
        silent = self.filtered(lambda complaint: complaint.state == "done")
        self._as_system()._transition_to("closed")
        silent._gated().write({"confirmed_by": "silence"})

    @api.model
    def _cron_erase(self):
        """Erase who reported, what they wrote and where they live, some months after the closing."""
        companies = self.env["res.company"].sudo().search([])  # a setting of each
        latest = companies.mapped("outsourcing_complaint_keep_months")
        known = [("state", "in", ENDS), ("is_erased", "=", False)]
        oldest = fields.Datetime.now() - relativedelta(months=min(latest))
        due = self.search([*known, ("date_closed", "<", oldest)])
        due.filtered(lambda complaint: complaint._is_to_erase())._run_in_batches("_erase", domain=known)

    def _is_to_erase(self):
        months = self.company_id.outsourcing_complaint_keep_months
        return self.date_closed < fields.Datetime.now() - relativedelta(months=months)

    def _erase(self):
        """Erase the personal data of the complaints ``self``; kind, place, times and figures stay."""
        erased = self.env._("Erased")
        self._close_events(EVENT_MESSAGE)  # quotes what was written
        self.reporter_ids._erase()
        self.talk_ids._gated().write({"body": erased})
        for complaint in self.with_context(tracking_disable=True):
            complaint._gated().write(
                {
                    "description": False if complaint.problem_id else erased,
                    "wish": False,
                    "internal_note": False,
                    "done_note": False,
                    "return_reason": False,
                    "end_reason": complaint.end_reason and erased,
                    "resident_comment": False,
                    "is_erased": True,
                }
            )
        self._erase_quotes()

    def _erase_quotes(self):
        """Erase what the conversation quotes of the residents: tracked reasons, letters to colleagues."""
        # sudo: the job forgets for everybody
        messages = (
            self.env["mail.message"].sudo().search([("model", "=", self._name), ("res_id", "in", self.ids)])
        )
        messages.tracking_value_ids.filtered(lambda row: row.field_id.name in TRACKED).unlink()
        messages.filtered(lambda message: message.message_type == "user_notification").unlink()
        self._erase_notices()

    def _erase_notices(self):
        """Erase what people of the portal were told of the complaints and of their orders."""
        notices = self.env["outsourcing.notice"].sudo()  # the job forgets for everybody
        about = fields.Domain("res_model", "=", self._name) & fields.Domain("res_id", "in", self.ids)
        orders = fields.Domain("res_id", "in", self.task_id.ids)
        about |= fields.Domain("res_model", "=", "project.task") & orders
        notices.search(about)._gated().unlink()
