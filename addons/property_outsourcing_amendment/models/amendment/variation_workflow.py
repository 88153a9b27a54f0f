from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_time
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .outsourcing_change_mixin import MANAGER, USER

ACTIVITY_CHECK = "property_outsourcing_amendment.activity_type_variation_check"
ACTIVITY_UNANSWERED = "property_outsourcing_amendment.activity_type_variation_unanswered"


class OutsourcingVariation(models.Model):
    """Submitted by the contractor, checked by a supervisor, approved by a manager, then amended."""

    _inherit = "outsourcing.variation"

    _frozen_fields = {
        "draft": ("name", "number", "user_id"),
        **{state: ("*",) for state in ("submitted", "checked", "approved", "rejected", "amended")},
    }
    _deletable_states = ("draft",)

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "submitted": ("draft",),
            "draft": ("submitted", "checked"),
            "checked": ("submitted",),
            "approved": ("checked", "submitted"),
            "rejected": ("submitted", "checked"),
            "amended": ("approved",),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "is_paper", "new_price_agreed_by_id", "is_late", "late_allowed_by_id", "submitted_by_id",
            "date_submitted", "signer_id", "signer_name", "signature", "date_answer_due", "date_escalated",
            "checked_by_id", "date_checked", "first_approved_by_id", "approved_by_id", "date_approved",
            "is_deemed", "amendment_id", "amendment_line_id", "milestone_id",
        }  # fmt: skip

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "answer": ("submitted", "checked")}

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_check(self):
        """Confirm the quantities as measured on site."""
        self._transition_to("checked")

    def action_reject(self):
        """Refuse the variation; the opinion says why."""
        self._transition_to("rejected")

    def action_return(self):
        """Give the variation back to its author; the opinion says what is missing."""
        self._transition_to("draft")

    def action_agree_new_prices(self):
        """Agree, as a manager, to the prices that are not in the contract."""
        self._check_actor("agree_new_prices")
        variations = self.sudo()  # the actor was checked
        for variation in variations:
            if variation.state not in ("submitted", "checked"):
                raise UserError(self.env._("%s does not wait for an answer.", variation.display_name))
        variations._check_duties("agree_new_prices")
        variations._gated().write({"new_price_agreed_by_id": self.env.uid})

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "submitted":
            for variation in self:
                variation._check_author()
        elif target in ("approved", "rejected", "amended", "agree_new_prices", "allow_late"):
            self._require_group(MANAGER)
        else:
            self._require_group(USER)

    def _get_steps(self):
        steps = super()._get_steps()
        if self.state == "draft":
            return [*steps, "allow_late"]
        return [*steps, "agree_new_prices"] if self.state in ("submitted", "checked") else steps

    def _check_duties(self, step):
        super()._check_duties(step)
        if self._is_system_actor():
            return
        if step == "checked":
            self._require_other_person("submitted_by_id")
        elif step == "agree_new_prices":
            self._require_other_person("submitted_by_id", group=MANAGER)
        elif step == "approved":
            acted = ("submitted_by_id", "checked_by_id", "first_approved_by_id")
            self._require_other_person(*acted, group=MANAGER)
        elif step == "allow_late":
            self._require_other_person("user_id", group=MANAGER)

    def _check_author(self):
        """Raise AccessError unless the firm acts, or staff that enters its paper."""
        self.ensure_one()
        if self.env.user.share:
            self._require_contractor()
        else:
            self._require_group(USER)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "submitted":
            for variation in self:
                variation._check_complete()
        elif target == "approved":
            self._check_approvable()
        elif target in ("rejected", "draft") and not all((v.answer or "").strip() for v in self):
            raise UserError(self.env._("Write your opinion first: the contractor has to understand it."))

    def _check_approvable(self):
        if self._is_system_actor():
            return
        for variation in self:
            if variation.state == "submitted":
                raise UserError(
                    self.env._("%s: a supervisor checks the quantities first.", variation.display_name)
                )
            if variation.has_new_price and not variation.new_price_agreed_by_id:
                raise UserError(self.env._("%s: agree to the new prices first.", variation.display_name))

    def _check_complete(self):
        """Raise UserError naming what the record lacks, or that it comes too late."""
        self.ensure_one()
        name = self.display_name
        if blocker := self.contract_id._get_change_blocker():
            raise UserError(blocker)
        if not (self.reason or "").strip():
            raise UserError(self.env._("%s: write what was found or ordered, and why.", name))
        if not self.line_ids or any(not line.quantity for line in self.line_ids):
            raise UserError(self.env._("%s: enter the quantities.", name))
        if self.is_paper or not self.env.user.share:
            missing = not self.evidence_ids.filtered("is_paper")
            if missing:
                raise UserError(self.env._("%s: attach the scan of the signed sheet.", name))
        if self.kind == "site" and not self.evidence_ids.filtered(lambda row: row.media_type == "photo"):
            raise UserError(self.env._("%s: add at least one photo.", name))
        if self.kind == "design" and not self.evidence_ids:
            raise UserError(self.env._("%s: attach the changed drawing.", name))
        self._check_in_time()

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now, today = fields.Datetime.now(), trade_today(self)
        if target == "submitted":
            self.ensure_one()
            due = today + timedelta(days=self.company_id.outsourcing_variation_answer_days)
            late = self._get_days_late() > 0
            vals.update(
                submitted_by_id=self.env.uid, date_submitted=act_time(self), date_answer_due=due, is_late=late
            )
        elif target == "checked":
            vals.update(checked_by_id=self.env.uid, date_checked=now)
        elif target == "approved" and self._is_system_actor():
            vals.update(date_approved=now, is_deemed=True)
        elif target == "approved":
            vals.update(approved_by_id=self.env.uid, date_approved=now)
        elif target == "draft":
            names = ("submitted_by_id", "date_submitted", "signer_id", "signer_name", "signature",
                     "date_answer_due", "date_escalated", "checked_by_id", "date_checked",
                     "first_approved_by_id", "new_price_agreed_by_id")  # fmt: skip
            vals.update(dict.fromkeys(names, False))
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "submitted":
            self._seal_evidence()
            self._ask_supervisor()

    def _ask_supervisor(self):
        """Ask somebody of the community who has not acted to check the quantities (in sudo)."""
        asked, askable = {}, self._map_askable_users()
        for variation in self:
            community, acted = variation.community_id, variation._get_acting_users()
            users = community.supervisor_ids | community.manager_id | variation.contract_id.manager_id
            near = variation.company_id._filter_outsourcing_staff(users - acted)
            asked[variation] = {
                "summary": self.env._("Check %s", variation.display_name),
                "date_deadline": variation.date_answer_due,
                "users": (near or askable[variation] - acted)[:1],
            }
        self._schedule_events(ACTIVITY_CHECK, asked)

    @api.model
    def _get_step_events(self):
        return [*super()._get_step_events(), ACTIVITY_CHECK]

    def _get_acting_users(self):
        return super()._get_acting_users() | self.checked_by_id

    # ---- silence ----------------------------------------------------------------------------------------

    @api.model
    def _get_unanswered(self, today):
        """Return the variations nobody answered by the deadline and nobody was told about."""
        return self.search(
            [
                ("state", "in", ("submitted", "checked")),
                ("date_answer_due", "<", today),
                ("date_escalated", "=", False),
            ],
            order="date_answer_due, id",
        )

    def _process_unanswered(self):
        """Do what the company has set: tell the manager, or let the variation count as accepted."""
        deemed = self.filtered(
            lambda variation: (
                variation.company_id.outsourcing_variation_silence == "deemed"
                and (not variation.has_new_price or variation.new_price_agreed_by_id)
            )
        )
        deemed._as_system()._transition_to("approved")
        self.activity_unlink(self._get_step_events())  # who was asked has not answered; it goes up
        self._schedule_events(
            ACTIVITY_UNANSWERED,
            {variation: variation._prepare_escalation_vals() for variation in self},
        )
        self._gated().write({"date_escalated": trade_today(self)})

    def _prepare_escalation_vals(self):
        """Return the activity for the project manager, and for the heads of community and area."""
        community = self.community_id
        return {
            "summary": self.env._("Unanswered site variation"),
            "note": (
                self.env._("Nobody answered %s in time; it counts as accepted.", self.display_name)
                if self.state == "approved"
                else self.env._(
                    "Nobody answered %s in time; it does not count as accepted.", self.display_name
                )
            ),
            "users": self.contract_id.manager_id | community.manager_id | community.area_id.manager_id,
        }

    @api.model
    def _cron_unanswered(self):
        """Deal with the variations nobody answered in time."""
        unanswered = self._get_unanswered(trade_today(self))
        unanswered._run_in_batches("_process_unanswered", domain=[("state", "in", ("submitted", "checked"))])
