from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment, trade_day, trade_today
from odoo.addons.property_outsourcing.tools import join_names

ACTIVITY_NAME_WITNESS = "property_outsourcing_acceptance.activity_type_name_representative"
ACTIVITY_CALL_WITNESS = "property_outsourcing_acceptance.activity_type_call_representatives"
ACTIVITY_WITNESS_ABSENT = "property_outsourcing_acceptance.activity_type_witness_absent"
ACTIVITY_LATE = "property_outsourcing_acceptance.activity_type_acceptance_late"
ACTIVITY_OBJECTION = "property_outsourcing_acceptance.activity_type_score_objection"
EVENTS = [
    ACTIVITY_NAME_WITNESS, ACTIVITY_CALL_WITNESS, ACTIVITY_WITNESS_ABSENT, ACTIVITY_LATE, ACTIVITY_OBJECTION,
]  # fmt: skip


class OutsourcingAcceptance(models.Model):
    """Appointments, invitations and what happens when somebody does not come or does not answer."""

    _inherit = "outsourcing.acceptance"

    # ---- the owners' witness ----------------------------------------------------------------------------

    def action_invite_witness(self):
        """Tell the owners' representatives when and where to attend; the planned time is needed."""
        self._require_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        for acceptance in self:
            if not acceptance.requires_witness:
                raise UserError(self.env._("%s needs no owners' witness.", acceptance.display_name))
            if not acceptance.date_planned:
                raise UserError(self.env._("%s: enter the planned time first.", acceptance.display_name))
            if not acceptance.representative_ids:
                raise UserError(
                    self.env._("%s has no owners' representatives.", acceptance.community_id.name)
                )
        self._invite_witness()

    def _invite_witness(self):
        """Send the notice to attend; representatives without e-mail find it in the portal and get a call."""
        acceptances = self.sudo()  # the caller was checked
        nobody = acceptances.filtered(lambda acceptance: not acceptance.representative_ids)
        name = self.env._("Name an owners' representative of the community")
        nobody._schedule_event(ACTIVITY_NAME_WITNESS, name)
        invited = acceptances - nobody
        for deadline, together in invited.grouped(lambda a: a._get_witness_deadline()).items():
            together._gated().write({"witness_invited": fields.Datetime.now(), "witness_deadline": deadline})
        invited._call_witness()
        for acceptance in invited:  # each has people of its own, who get a letter
            people = acceptance.representative_ids
            acceptance.message_post(
                body=self.env._(
                    "Notice to attend: %(people)s, please come to the acceptance of %(object)s at "
                    "%(community)s, planned for %(date)s. You may sign until %(deadline)s.",
                    object=acceptance.title,
                    community=acceptance.community_id.name,
                    date=acceptance._format_planned(),
                    people=join_names(self.env, people.mapped("name")),
                    deadline=acceptance.witness_deadline,
                ),
                partner_ids=people.ids,
            )

    def _get_witness_day(self):
        """Return the day on which the witness is expected: the planned one, else today."""
        return trade_day(self, self.date_planned or fields.Datetime.now())

    def _get_witness_deadline(self):
        return self._get_witness_day() + timedelta(days=self.company_id.outsourcing_witness_days)

    def _call_witness(self):
        """Ask somebody to call the representatives, who may have no e-mail."""
        self._schedule_events(
            ACTIVITY_CALL_WITNESS,
            {
                acceptance: {
                    "summary": self.env._(
                        "Call the owners' representatives: %s",
                        join_names(self.env, acceptance.representative_ids.mapped("name")),
                    ),
                    "date_deadline": acceptance._get_witness_day(),
                }
                for acceptance in self
            },
        )

    def _format_planned(self):
        self.ensure_one()
        if not self.date_planned:
            return self.env._("a time to be agreed")
        return format_moment(self, self.date_planned)

    def _get_witness_no_shows(self, today):
        """Return the acceptances where only the invited witness is missing and the time to sign is over."""
        candidates = self.search(
            [
                ("state", "in", ("property_check", "third_party_check")),
                ("requires_witness", "=", True),
                ("witness_deadline", "<", today),
            ],
            order="witness_deadline, id",
        )
        return candidates.filtered(
            lambda acceptance: (
                acceptance._get_stages().filtered(lambda stage: not stage._is_passed()).mapped("level")
                == ["witness"]
            )
        )

    def _process_witness_no_shows(self):
        """Record that the witness did not come; what follows is the company's setting."""
        new = self.filtered(lambda acceptance: not acceptance.date_witness_no_show)
        new._gated().write({"date_witness_no_show": trade_today(self)})
        said = self.env._("The invited owners' representatives did not sign in time. Recorded.")
        new._message_log_batch(dict.fromkeys(new.ids, said))
        going = self.filtered(lambda a: a.company_id.outsourcing_witness_no_show == "proceed")
        going._get_stages().filtered(lambda row: row.level == "witness")._gated().write(
            {"result": "absent", "date_signed": fields.Datetime.now(), "signed_by_id": self.env.uid}
        )
        going._advance()
        waiting = self - going
        waiting._schedule_event(ACTIVITY_WITNESS_ABSENT, self.env._("The owners' witness has not signed"))

    def _get_responsible_candidates(self):
        return self.user_id | super()._get_responsible_candidates()

    @api.model
    def _get_duty_fields(self):
        still_open = [("state", "not in", ("accepted", "rejected"))]
        return {**super()._get_duty_fields(), "user_id": still_open}

    # ---- lateness ---------------------------------------------------------------------------------------

    def _get_late(self, today):
        """Return the running acceptances whose present step is overdue."""
        return self.search([("is_late", "=", True), ("state", "!=", "to_confirm")], order="date_deadline, id")

    def _process_late(self):
        """Remind of steps that are overdue, our own ones too; the waiting party sees the deadline."""
        self._schedule_events(
            ACTIVITY_LATE,
            {
                acceptance: {
                    "summary": self.env._("Overdue: waiting for %s", acceptance.waiting_for or ""),
                }
                for acceptance in self
            },
        )

    @api.model
    def _cron_process_deadlines(self):
        """Let silence have its outcome: unanswered scores, absent witnesses, overdue steps."""
        today = trade_today(self)
        return (
            self._get_deemed(today)._run_in_batches("_process_deemed", domain=[("state", "=", "to_confirm")])
            and self._get_witness_no_shows(today)._run_in_batches("_process_witness_no_shows")
            and self._get_late(today)._run_in_batches("_process_late", domain=[("is_late", "=", True)])
        )
