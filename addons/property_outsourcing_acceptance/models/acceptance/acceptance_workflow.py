from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import is_uninstalling
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .acceptance_deadlines import EVENTS
from .outsourcing_acceptance import RUNNING, STATES

MANAGER = "property_outsourcing.group_outsourcing_manager"
SUPERVISOR = "property_outsourcing.group_outsourcing_user"
CHECKS = ("self_check", "property_check", "third_party_check")
# steps of one method never happen to the other
ONLY_LEVELS = (*CHECKS, "rework")
ONLY_SCORE = ("to_confirm", "disputed", "draft")
NO_ANSWER = {
    "confirmed_by_id": False,
    "date_confirmed": False,
    "is_deemed": False,
    "is_paper": False,
    "confirm_signer_name": False,
    "confirm_entered_by_id": False,
}


class OutsourcingAcceptance(models.Model):
    """States: who may move an acceptance on, what vetoes it, what follows."""

    _inherit = "outsourcing.acceptance"

    _unsigned_states = ("draft", "disputed", "rework")
    _frozen_fields = {state: ("*",) for state, _label in STATES if state != "draft"}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "self_check": ("draft", "rework"),
            "property_check": ("draft", "rework", "self_check"),
            "third_party_check": ("property_check",),
            "to_confirm": ("draft", "disputed"),
            "disputed": ("to_confirm",),
            "accepted": ("property_check", "third_party_check", "to_confirm", "disputed"),
            "rework": (*CHECKS, "accepted"),
            "draft": ("accepted",),  # a score is taken back to be scored anew, nothing of it is repaired
            "rejected": ("draft", *CHECKS, "to_confirm", "disputed", "rework"),
        }

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {"user_id"}

    def _get_frozen_fields(self):
        names = super()._get_frozen_fields()
        if self.date_scored:
            names |= {"milestone_id"}  # a sheet taken back stays that of its month
        # after an objection the property side may correct what it took off
        return names - {"deduction", "deduction_reason"} if self.state == "disputed" else names

    @api.model
    def _get_open_states(self):
        # agreed on site while the checks go on; afterwards it stays as it was
        running = ("draft", *RUNNING)
        names = ("date_planned", "third_party_id", "note")
        return {**super()._get_open_states(), **dict.fromkeys(names, running)}

    @api.ondelete(at_uninstall=True)
    def _unlink_except_scored(self):
        if not is_uninstalling(self.env) and any(acceptance.date_scored for acceptance in self):
            raise UserError(self.env._("A score that was handed over to the contractor is not deleted."))

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_submit(self):
        """Put the acceptance forward: the first level of its template begins."""
        if any(acceptance.method != "levels" for acceptance in self):
            raise UserError(self.env._("A month of service is scored, not checked level by level."))
        for level, acceptances in self.grouped(lambda a: a._get_first_level()).items():
            acceptances._transition_to(level)

    def action_reject(self):
        """Ask why, then refuse the work for good."""
        return self._ask_reason("reject", "rejected")

    def _reject(self, reason):
        self._transition_to("rejected")
        self._gated().write({"decision": reason})  # the transition has checked who acts

    def action_withdraw(self):
        """Ask why, then take an acceptance back as long as nothing of it is billed."""
        self._check_withdrawable()
        for method in set(self.mapped("method")):
            action = self._ask_reason("withdraw", "draft" if method == "score" else "rework")
        return action

    def _withdraw(self, reason):
        self._check_withdrawable()
        for method, acceptances in self.grouped("method").items():
            acceptances._transition_to("draft" if method == "score" else "rework")
        self._gated().write({"decision": reason})  # the transition has checked who acts

    def _check_withdrawable(self):
        if any(acceptance.state != "accepted" for acceptance in self):
            raise UserError(self.env._("Only what is accepted can be withdrawn."))

    @api.model
    def _get_reasoned_steps(self):
        steps = {
            "reject": (self.env._("Reject"), "_reject"),
            "withdraw": (self.env._("Withdraw"), "_withdraw"),
        }
        return {**super()._get_reasoned_steps(), **steps}

    # ---- who --------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target in CHECKS:
            self._check_applicant()
        elif target == "to_confirm":
            self._require_group(SUPERVISOR)
        elif target in ("rejected", "draft"):
            self._require_group(MANAGER)
        elif target == "rework" and any(a.state == "accepted" for a in self):
            self._require_group(MANAGER)
        elif target == "accepted" and any(a.state == "disputed" for a in self):
            self._require_group(MANAGER)
        elif target in ("accepted", "rework", "disputed") and not self._is_system_actor():
            # levels move on by their signatures; what is left is the contractor's answer to a score
            self._require_contractor()
            if any(a.method != "score" for a in self):
                raise UserError(self.env._("A level is passed or failed by the signature of its party."))

    def _check_applicant(self):
        # the contractor applies for acceptance; a supervisor may open it for a firm without a phone
        if self._is_system_actor():
            return
        if self.env.user.share:
            self._require_contractor()
        else:
            self._require_group(SUPERVISOR)

    # ---- what -------------------------------------------------------------------------------------------

    def _check_transition(self, target):
        super()._check_transition(target)
        for acceptance in self:
            wrong = ONLY_SCORE if acceptance.method == "levels" else ONLY_LEVELS
            if target in wrong:
                raise UserError(
                    self.env._(
                        "%(record)s cannot become %(target)s: it is accepted by %(method)s.",
                        record=acceptance.display_name,
                        target=acceptance._get_state_label(target),
                        method=dict(self._fields["method"]._description_selection(self.env))[
                            acceptance.method
                        ],
                    )
                )
        if target in (*CHECKS, "to_confirm", "accepted"):
            self._check_row_acceptable()
        if target in ("rework", "draft"):
            self.filtered(lambda a: a.state == "accepted")._check_may_withdraw()
        elif target == "to_confirm":
            self._check_scored()
        elif target == "accepted":
            self.filtered(lambda a: a.method == "levels")._check_all_signed()
        elif target == "third_party_check" and not all(a.third_party_id for a in self):
            raise UserError(self.env._("A manager must name the third-party body first."))

    # ---- stamps and effects -----------------------------------------------------------------------------

    def _split_for_transition(self, target):
        return self.grouped(lambda a: (a.company_id, a.state in ("draft", "rework"))).values()

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now, today = fields.Datetime.now(), trade_today(self)
        vals["date_deadline"] = self._get_step_deadline(target)
        if target == "accepted":
            vals["date_accepted"] = today
        elif target in ("rework", "draft"):
            vals.update(NO_ANSWER, date_accepted=False)
        elif target == "to_confirm":
            vals.update(NO_ANSWER, scored_by_id=self.env.uid, date_scored=now)
        elif target in CHECKS and self[:1].state in ("draft", "rework"):
            vals.update(date_submitted=now, submitted_by_id=self.env.uid)
        return vals

    def _get_step_deadline(self, target):
        days = self[:1].company_id._get_outsourcing_check_days(target)
        return days is not None and trade_today(self) + timedelta(days=days)

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "accepted":
            self._seal_evidence()
            self.milestone_id._sync_acceptance()
            self._record_score_facts()
            self.activity_unlink(EVENTS)
        elif target in ("rework", "draft"):
            self.milestone_id._sync_acceptance()
        elif target == "rejected":
            self.activity_unlink(EVENTS)
