from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment, trade_day
from odoo.addons.property_outsourcing.tools import join_names

from .outsourcing_concealed_work import PHASES_TO_ACCEPT, PHASES_TO_COVER, STATES

MANAGER = "property_outsourcing.group_outsourcing_manager"
SUPERVISOR = "property_outsourcing.group_outsourcing_user"
ACTIVITY_INSPECT = "property_outsourcing_acceptance.activity_type_inspect_concealed"
ACTIVITY_NO_SHOW = "property_outsourcing_acceptance.activity_type_concealed_no_show"


class OutsourcingConcealedWork(models.Model):
    _inherit = "outsourcing.concealed.work"

    _unsigned_states = ("draft", "rejected")
    _frozen_fields = {state: ("*",) for state, _label in STATES if state != "draft"}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "notified": ("draft", "rejected"),
            "accepted": ("notified",),
            "rejected": ("notified",),
            "covered": ("accepted",),
            "unaccepted": ("draft", "notified", "rejected"),
            "draft": ("unaccepted",),
        }

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {"user_id"}

    @api.model
    def _get_open_states(self):
        agreed = dict.fromkeys(("planned_date", "third_party_id"), ("draft", "notified", "rejected"))
        return {**super()._get_open_states(), **agreed, "finding": ("draft", "rejected")}

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_notify(self):
        """Give the notice: from now on the property side is expected at the planned time."""
        self._transition_to("notified")

    def action_cover(self):
        """Record that the accepted work is covered; photos from before, during and after are needed."""
        self._transition_to("covered")

    def action_report_unaccepted(self):
        """Ask why, then record that the work was covered without acceptance."""
        return self._ask_reason("unaccepted", "unaccepted")

    def _report_unaccepted(self, reason):
        self._transition_to("unaccepted")
        self._gated().write({"decision": reason})  # the transition has checked who acts

    def action_strip(self):
        """Ask why, then order the work to be laid open again: the notice starts anew."""
        return self._ask_reason("strip", "draft")

    def _strip(self, reason):
        self._transition_to("draft")
        self._gated().write({"decision": reason})  # the transition has checked who acts

    @api.model
    def _get_reasoned_steps(self):
        steps = {
            "unaccepted": (self.env._("Covered without acceptance"), "_report_unaccepted"),
            "strip": (self.env._("Lay open"), "_strip"),
        }
        return {**super()._get_reasoned_steps(), **steps}

    # ---- who and what -----------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target in ("notified", "covered") and self.env.user.share:
            self._require_contractor()
        elif target in ("notified", "covered", "unaccepted"):
            self._require_group(SUPERVISOR)
        elif target == "draft":
            self._require_group(MANAGER)
        elif not self._is_system_actor():
            raise UserError(
                self.env._("A concealed work is passed or failed by the signatures of its parties.")
            )

    def _check_transition(self, target):
        super()._check_transition(target)
        for work in self:
            if target == "notified":
                work._check_notice()
            elif target == "accepted":
                work._check_photos(PHASES_TO_ACCEPT)
            elif target == "covered":
                work._check_photos(PHASES_TO_COVER)

    def _check_notice(self):
        self.ensure_one()
        earliest = self._get_earliest_inspection()
        # the minute in which it is sent does not count against the sender
        if not self.planned_date or self.planned_date < earliest - timedelta(minutes=1):
            raise UserError(
                self.env._(
                    "Notice is given %(hours)s h ahead: plan the inspection for %(date)s or later.",
                    hours=self.company_id.outsourcing_concealed_notice_hours,
                    date=format_moment(self, earliest),
                )
            )

    def _get_photo_phases(self):
        """Return the phases proven by photos of their own, of the laying that is to be covered."""
        self.ensure_one()
        rows = self.evidence_ids.filtered(lambda row: not row.is_duplicate and self._is_of_this_laying(row))
        return set(rows.mapped("phase"))

    def _is_of_this_laying(self, row):
        """Return whether the photo shows the work as it lies now, not one laid open or rejected before."""
        since = [self.date_laid_open]
        if row.phase == "during":
            since.append(self.date_rejected)
        elif row.phase == "after":
            if not self.date_inspected:
                return False  # "after" means after the inspection
            since.append(self.date_inspected)
        return all(row.date_received >= moment for moment in since if moment)

    def _check_photos(self, phases):
        self.ensure_one()
        present = self._get_photo_phases()
        labels = dict(self.env["outsourcing.evidence"]._fields["phase"]._description_selection(self.env))
        missing = [labels[phase] for phase in phases if phase not in present]
        if missing:
            raise UserError(
                self.env._(
                    "%(work)s: photos are missing: %(phases)s.",
                    work=self.display_name,
                    phases=join_names(self.env, missing),
                )
            )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now, uid = fields.Datetime.now(), self.env.uid
        if target == "notified":
            vals.update(date_notice=now, notified_by_id=uid, date_no_show=False)
        elif target in ("accepted", "rejected"):
            vals["date_inspected"] = now
            if target == "rejected":
                vals["date_rejected"] = now
        elif target == "covered":
            vals.update(date_covered=now, covered_by_id=uid)
        elif target == "unaccepted":
            vals.update(date_reported=now, reported_by_id=uid)
        elif target == "draft":
            vals.update(planned_date=False, date_notice=False, date_inspected=False, date_rejected=False)
            vals["date_laid_open"] = now
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "notified":
            self._start_round()
        elif target in ("accepted", "covered"):
            self._seal_evidence()
            self.activity_unlink([ACTIVITY_INSPECT, ACTIVITY_NO_SHOW])
        elif target == "unaccepted":
            self._record_unaccepted()

    def _start_round(self):
        vals_list = []
        for work in self:
            work._gated().write({"round": work.round + 1})
            levels = ["self_check", "property_check"] + ["third_party_check"] * bool(work.third_party_id)
            vals_list += [
                {
                    "work_id": work.id,
                    "round": work.round,
                    "level": level,
                    "sequence": 10 * number,
                    "party_id": work._get_firm_of(level).id,
                }
                for number, level in enumerate(levels, start=1)
            ]
        summary = self.env._("Inspect the concealed work")
        self._schedule_events(
            ACTIVITY_INSPECT,
            {
                work: {"summary": summary, "date_deadline": trade_day(work, work.planned_date)}
                for work in self
            },
        )
        # sudo: the transition has checked the actor
        self.env["outsourcing.concealed.stage"]._gated().create(vals_list)

    def _record_unaccepted(self):
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "concealed_unaccepted",
                    "contract": work.contract_id,
                    "source": work,
                    "community": work.community_id,
                    "milestone": work.milestone_id,
                    "key": f"concealed_unaccepted:{work._name}:{work.id}:{work.round}",
                }
                for work in self
            ]
        )

    # ---- signatures -------------------------------------------------------------------------------------

    def _get_stages(self):
        # a draft has none: what was signed before the notice was withdrawn, or the work laid open, is history
        current = self.stage_ids.filtered(
            lambda stage: stage.round == stage.work_id.round and stage.work_id.state != "draft"
        )
        return current.sorted("sequence")

    def _get_due_stages(self):
        due = self.env["outsourcing.concealed.stage"]
        for work in self.filtered(lambda work: work.state == "notified"):
            due |= work._get_stages().filtered(lambda stage: not stage.result)[:1]
        return due

    def _get_due_level_sql(self, level, alias):
        stages = self.env["outsourcing.concealed.stage"]
        return SQL(
            "%(state)s = 'notified' AND %(level)s = (SELECT s.level FROM %(stages)s s "
            "WHERE s.work_id = %(id)s AND %(round)s = s.round AND %(result)s IS NULL "
            "ORDER BY s.sequence, s.id LIMIT 1)",
            state=self._field_to_sql(alias, "state"), level=level, stages=SQL.identifier(stages._table),
            id=SQL.identifier(alias, "id"), round=self._field_to_sql(alias, "round"),
            result=stages._field_to_sql("s", "result"),
        )  # fmt: skip

    def _check_signature(self, stage, result, amount):
        super()._check_signature(stage, result, amount)
        if amount is not None:
            raise UserError(self.env._("A concealed work carries no amount."))
        if result == "pass" and stage.level != "self_check":
            self._check_photos(PHASES_TO_ACCEPT)

    def _after_signature(self, stage):
        super()._after_signature(stage)
        if stage.result == "fail":
            self._as_system()._transition_to("rejected")
        elif all(row._is_passed() for row in self._get_stages()):
            self._as_system()._transition_to("accepted")

    def _portal_notify(self, planned_date, signature, signer_name, comment=None):
        """Give the notice and sign the self-check, as the contractor.

        :param planned_date: when the property side shall come (naive UTC datetime)
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        work = self.sudo()  # the party was checked
        if work.state not in ("draft", "rejected"):
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s.", record=work.display_name, state=work._get_state_label()
                )
            )
        work._gated().write({"planned_date": planned_date})
        self.action_notify()
        self._portal_sign("pass", comment=comment, signature=signature, signer_name=signer_name)

    def _portal_cover(self):
        """Report as the contractor that the accepted work is covered now."""
        self.ensure_one()
        self._transition_to("covered")

    def _get_responsible_candidates(self):
        return self.user_id | super()._get_responsible_candidates()

    @api.model
    def _get_duty_fields(self):
        still_open = [("state", "in", ("draft", "notified", "accepted", "rejected"))]
        return {**super()._get_duty_fields(), "user_id": still_open}
