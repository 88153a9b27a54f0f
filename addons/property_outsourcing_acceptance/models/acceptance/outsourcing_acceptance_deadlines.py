from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

BATCH = 100


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
        for acceptance in self.sudo():  # the caller was checked
            people = acceptance.representative_ids
            if not people:
                acceptance._schedule_todo(self.env._("Name an owners' representative of the community"))
                continue
            when = acceptance.date_planned or fields.Datetime.now()
            day = fields.Datetime.context_timestamp(acceptance, when).date()
            days = acceptance.company_id.outsourcing_witness_days
            acceptance._gated().write(
                {"witness_invited": fields.Datetime.now(), "witness_deadline": day + timedelta(days=days)}
            )
            acceptance.message_post(
                body=self.env._(
                    "Notice to attend the acceptance of %(object)s at %(community)s, planned for "
                    "%(date)s: %(people)s. "
                    "You may sign until %(deadline)s.",
                    object=acceptance.title,
                    community=acceptance.community_id.name,
                    date=acceptance._format_planned(),
                    people=", ".join(people.mapped("name")),
                    deadline=acceptance.witness_deadline,
                ),
                partner_ids=people.ids,
            )
            acceptance._schedule_todo(
                self.env._("Call the owners' representatives: %s", ", ".join(people.mapped("name"))), day
            )

    def _format_planned(self):
        self.ensure_one()
        if not self.date_planned:
            return self.env._("a time to be agreed")
        return fields.Datetime.context_timestamp(self, self.date_planned).strftime("%Y-%m-%d %H:%M")

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
        today = fields.Date.context_today(self)
        for acceptance in self:
            if not acceptance.date_witness_no_show:
                acceptance._gated().write({"date_witness_no_show": today})
                acceptance.message_post(
                    body=self.env._("The invited owners' representatives did not sign in time. Recorded.")
                )
            if acceptance.company_id.outsourcing_witness_no_show == "proceed":
                stage = acceptance._get_stages().filtered(lambda row: row.level == "witness")
                stage._gated().write(
                    {"result": "absent", "date_signed": fields.Datetime.now(), "signed_by_id": self.env.uid}
                )
                acceptance._advance()
            else:
                acceptance._schedule_todo(self.env._("The owners' witness has not signed"))

    def _get_responsible_candidates(self):
        return self.user_id | super()._get_responsible_candidates()

    # ---- lateness ---------------------------------------------------------------------------------------

    def _schedule_todo(self, summary, date=None):
        """Give the responsible person one activity with this ``summary``, not a second while it is open."""
        for acceptance in self.sudo():  # reminds; grants nothing
            user = (
                acceptance.user_id or acceptance.contract_id.manager_id or acceptance.community_id.manager_id
            )
            if not user or summary in acceptance.activity_ids.mapped("summary"):
                continue
            acceptance.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=date or fields.Date.context_today(self),
                summary=summary,
                user_id=user.id,
            )

    def _get_late(self, today):
        """Return the running acceptances whose present step is overdue."""
        return self.search([("is_late", "=", True), ("state", "!=", "to_confirm")], order="date_deadline, id")

    def _process_late(self):
        """Remind of steps that are overdue, our own ones too; the waiting party sees the deadline."""
        for acceptance in self:
            acceptance._schedule_todo(self.env._("Overdue: waiting for %s", acceptance.waiting_for or ""))

    @api.model
    def _cron_process_deadlines(self):
        """Let silence have its outcome: unanswered scores, absent witnesses, overdue steps."""
        today = fields.Date.context_today(self)
        steps = (
            (self._get_deemed(today), "_process_deemed"),
            (self._get_witness_no_shows(today), "_process_witness_no_shows"),
            (self._get_late(today), "_process_late"),
        )
        remaining = sum(len(records) for records, _method in steps)
        for records, method in steps:
            for start in range(0, len(records), BATCH):
                batch = records[start : start + BATCH].try_lock_for_update()
                getattr(batch, method)()
                remaining -= len(records[start : start + BATCH])
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                    return
