from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..workflow.act_time import act_day, act_time
from ..workflow.trade_time import trade_today
from .adjustment_manual import MANAGER, PROPOSAL

APPEAL = "property_outsourcing.activity_type_adjustment_appeal"


class OutsourcingAdjustment(models.Model):
    """A manager confirms or waives, the contractor acknowledges or appeals; silence has an outcome."""

    _inherit = "outsourcing.adjustment"

    def action_confirm(self):
        """Confirm the proposal; the contractor's time to appeal begins."""
        if any(adjustment.state != "proposed" for adjustment in self):
            raise UserError(self.env._("Only a proposal is confirmed; an appeal is upheld or granted."))
        self._transition_to("confirmed")

    def action_uphold(self):
        """Answer the appeal: the adjustment stands."""
        if any(adjustment.state != "appealed" for adjustment in self):
            raise UserError(self.env._("Only an appealed adjustment can be upheld."))
        self._require_decision()
        self._transition_to("confirmed")

    def action_waive(self):
        """Drop the adjustment, or grant the appeal; a reason is needed."""
        if any(adjustment.state == "confirmed" for adjustment in self):
            return self._ask_reason("waive", "waived")  # the field holds the answer to an appeal, which stays
        self._require_decision()
        self._transition_to("waived")

    def _waive(self, reason):
        self._transition_to("waived")
        for adjustment in self._gated():  # the transition has checked who acts
            before = adjustment.decision
            adjustment.decision = "\n".join(filter(None, (before, reason)))

    @api.model
    def _get_reasoned_steps(self):
        return {**super()._get_reasoned_steps(), "waive": (self.env._("Waive"), "_waive")}

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "decision": ("proposed", "appealed")}

    def _require_decision(self):
        for adjustment in self:
            if not (adjustment.decision or "").strip():
                raise UserError(self.env._("%s: write the reason of the decision first.", adjustment.name))

    def _portal_acknowledge(self):
        """Record that the contractor accepts the deduction and gives up the appeal."""
        self._require_contractor()
        for adjustment in self.sudo():  # _require_contractor has checked the party
            if adjustment.state != "confirmed":
                raise UserError(self.env._("%s is not waiting for you.", adjustment.name))
        self._gated().write({"is_acknowledged": True, "date_acknowledged": fields.Datetime.now()})

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "appeal_file_ids": Domain("appeal_date", "!=", False)}

    def _portal_appeal(self, reason, files=()):
        """Lodge the contractor's appeal.

        :param str reason: what the contractor objects, not empty
        :param files: ``ir.attachment`` (in sudo) that the caller has taken in for this adjustment
        :raise UserError: empty reason, wrong state, or the time to appeal is over
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Please write why you object."))
        self._require_contractor()
        self.with_context(outsourcing_appeal_reason=reason.strip())._transition_to("appealed")
        if files:  # the transition has checked the party
            self._gated().write({"appeal_file_ids": [Command.set(files.ids)]})

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "appealed":
            self._require_contractor()
        elif target == "settled":
            self._require_group("property_outsourcing.group_outsourcing_finance")
        else:
            self._require_group("property_outsourcing.group_outsourcing_manager")

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "appealed":
            self._check_appeal_open()
        elif target == "confirmed":
            self._check_cap()
        elif target == "settled" and any(not adjustment._is_final() for adjustment in self):
            raise UserError(self.env._("An adjustment that can still be appealed is not settled."))

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "confirmed":
            # what a rule proposed needs one manager; what somebody proposed by hand needs another person
            proposed = self.filtered(lambda adjustment: adjustment.state == "proposed")
            proposed._require_other_person("proposed_by_id", group=MANAGER)

    def _check_appeal_open(self):
        for adjustment in self:
            if adjustment.is_acknowledged:
                raise UserError(
                    self.env._("%s has been acknowledged and cannot be appealed.", adjustment.name)
                )
            if adjustment.appeal_date:
                raise UserError(self.env._("%s has already been appealed once.", adjustment.name))
            if adjustment.appeal_deadline and adjustment.appeal_deadline < act_day(
                adjustment, adjustment.date_confirmed
            ):
                raise UserError(
                    self.env._(
                        "%(name)s could be appealed until %(date)s.",
                        name=adjustment.name,
                        date=adjustment.appeal_deadline,
                    )
                )

    def _check_cap(self):
        proposed = self.filtered(lambda a: a.state == "proposed")
        proposed._cut_to_caps()
        for rule, adjustments in proposed.grouped("rule_id").items():
            rule._consume_cap(adjustments)
        for contract, adjustments in proposed.grouped("contract_id").items():
            contract._consume_penalty_cap(adjustments)

    def _split_for_transition(self, target):
        # the deadlines are those of each contract, and one that runs already stays
        return self.grouped(
            lambda a: (
                a.company_id,
                a.contract_id.appeal_days,
                a.contract_id.answer_days,
                bool(a.appeal_deadline),
            )
        ).values()

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        today = trade_today(self)
        if target == "confirmed":
            vals.update(confirmed_by_id=self.env.uid, date_confirmed=fields.Datetime.now())
            if not self[:1].appeal_deadline:
                vals["appeal_deadline"] = today + timedelta(days=self[:1].contract_id.appeal_days)
        elif target == "appealed":
            vals.update(
                appealed_by_id=self.env.uid,
                appeal_date=act_time(self, *self.mapped("date_confirmed")),
                appeal_reason=self.env.context.get("outsourcing_appeal_reason"),
                answer_deadline=today + timedelta(days=self[:1].contract_id.answer_days),
            )
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "waived":
            self.filtered("date_confirmed")._release_caps()
        if target in ("confirmed", "waived"):
            self.activity_unlink([PROPOSAL, APPEAL])  # decided
        if target == "appealed":
            self._ask_for_answer()

    def _ask_for_answer(self):
        deciders = self._map_responsible_users(group=MANAGER)
        asked = {
            adjustment: {
                "summary": self.env._("Answer the appeal"),
                "note": adjustment.appeal_reason,
                "date_deadline": adjustment.answer_deadline,
                "users": deciders[adjustment] or adjustment.confirmed_by_id,
            }
            for adjustment in self
        }
        self._schedule_events(APPEAL, asked)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        users |= self.contract_id.manager_id | self.community_id._get_managers()
        return users | self.confirmed_by_id

    def _release_caps(self):
        for rule, adjustments in self.grouped("rule_id").items():
            rule._release_cap(adjustments)
        for contract, adjustments in self.grouped("contract_id").items():
            contract._release_penalty_cap(adjustments)

    @api.model
    def _cron_grant_unanswered_appeals(self):
        """Waive appeals the property company has not answered in time: silence has an outcome."""
        domain = [("state", "=", "appealed"), ("answer_deadline", "<", trade_today(self))]
        self.search(domain)._run_in_batches("_process_unanswered_appeals", domain=domain)

    def _process_unanswered_appeals(self):
        """Grant the appeals ``self``, because nobody answered."""
        self._gated().write({"decision": self.env._("Granted: the appeal was not answered in time.")})
        self._as_system()._transition_to("waived")
