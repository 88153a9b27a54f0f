from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.contract.outsourcing_countersignature_mixin import DECLINE_FIELDS
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .outsourcing_change_mixin import MANAGER, USER
from .outsourcing_contract_amendment import OPEN_STATES

ACTIVITY_UNSIGNED = "property_outsourcing_amendment.activity_type_amendment_unsigned"


class OutsourcingContractAmendment(models.Model):
    """Drawn up by one person, approved by another, signed by the contractor, effective once."""

    _inherit = "outsourcing.contract.amendment"

    _frozen_fields = {
        "draft": ("name", "number", "user_id"),
        **{state: ("*",) for state in (*OPEN_STATES, "active", "cancelled")},
    }
    _deletable_states = ("draft",)
    _unsigned_states = ("draft", "to_approve", "cancelled")

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "to_approve": ("draft",),
            "draft": ("to_approve", "to_sign", "signed"),
            "to_sign": ("to_approve",),
            "signed": ("to_sign",),
            "active": ("to_sign", "signed"),
            "cancelled": ("draft", "to_approve", "to_sign", "signed"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "amount_before", "amount_after", "date_end_before", "date_end_after", "submitted_by_id",
            "date_submitted", "first_approved_by_id", "approved_by_id", "date_approved", "date_sign_due",
            "date_reminded", "signer_id", "signer_name", "signature", "date_signed", "signed_by_id",
            "is_paper", "date_activated", *DECLINE_FIELDS,
        }  # fmt: skip

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "return_note": OPEN_STATES}

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_submit(self):
        """Hand the draft in for approval."""
        self._transition_to("to_approve")

    def action_return(self):
        """Give the amendment back to its author, with a note on what is wrong."""
        self._transition_to("draft")

    def action_activate(self):
        """Put a signed amendment into effect on its day."""
        self._transition_to("active")

    def action_cancel(self):
        """Drop an amendment that did not take effect; its site variations are free again."""
        self._transition_to("cancelled")

    # ---- approval ---------------------------------------------------------------------------------------

    def _requires_second_approval(self):
        """Return whether two managers have to approve: by the limit of changes, or by that of contracts."""
        return super()._requires_second_approval() or self.company_id._outsourcing_needs_second_approval(
            abs(self.amount_delta), self.currency_id
        )

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "to_sign":
            self._require_other_person("user_id", "submitted_by_id", "first_approved_by_id", group=MANAGER)

    def _check_approvable(self):
        self._check_amendable()
        for amendment in self.sudo():  # terms of the contract; the actor was checked
            amendment._check_as_agreed()

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target in ("to_approve", "cancelled", "draft"):
            self._require_group(USER)
            # sudo: reads who drew it up only
            author = self.filtered(lambda a: a.state == "draft" or a.sudo().user_id == self.env.user)
            if target != "to_approve":
                (self - author)._require_manager()
        elif target == "to_sign":
            self._require_group(MANAGER)
        elif self.env.user.share:
            self._require_contractor()
        else:
            self._require_group(USER)

    def _require_manager(self):
        if self:
            self._require_group(MANAGER)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "to_approve":
            self._check_submittable()
        elif target == "to_sign":
            self._check_approvable()
        elif target == "draft" and not all((a.return_note or "").strip() for a in self):
            raise UserError(self.env._("Write what has to be corrected before you return the amendment."))
        elif target in ("signed", "active"):
            self._check_signed(target)

    def _check_submittable(self):
        for amendment in self:
            if not (amendment.reason or "").strip():
                raise UserError(self.env._("%s: write the reason of the amendment.", amendment.display_name))
            if not amendment.line_ids:
                raise UserError(self.env._("%s changes nothing yet.", amendment.display_name))
            amendment.line_ids._check_complete()
            amendment.line_ids._check_unique_subjects()
            amendment._check_date_effective()
            amendment._refresh_effects()
        self._check_amendable()

    def _check_amendable(self):
        """Raise UserError unless the contracts can still be changed this way."""
        for amendment in self.sudo():  # terms of the contract
            blocker = amendment.contract_id._get_change_blocker()
            problem = blocker or amendment._get_plan().find_problem()
            if problem:
                raise UserError(problem)
            amendment._check_no_overlap()

    def _check_signed(self, target):
        today = trade_today(self)
        for amendment in self:
            if not amendment.date_signed:
                raise UserError(self.env._("%s is not signed by the contractor yet.", amendment.display_name))
            if target == "active" and amendment.date_effective > today:
                raise UserError(
                    self.env._(
                        "%(amendment)s takes effect on %(date)s.",
                        amendment=amendment.display_name,
                        date=amendment.date_effective,
                    )
                )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now, today = fields.Datetime.now(), trade_today(self)
        if target == "to_approve":
            vals.update(submitted_by_id=self.env.uid, date_submitted=now, return_note=False)
            vals.update(dict.fromkeys(DECLINE_FIELDS, False))
        elif target == "to_sign":
            days = self.company_id[:1].outsourcing_amendment_sign_days
            due = today + timedelta(days=days)
            vals.update(approved_by_id=self.env.uid, date_approved=now, date_sign_due=due)
        elif target == "draft":
            names = (
                "submitted_by_id", "date_submitted", "first_approved_by_id", "approved_by_id",
                "date_approved", "date_sign_due", "date_reminded", "signer_id", "signer_name", "signature",
                "date_signed", "signed_by_id", "is_paper",
            )  # fmt: skip
            vals.update(dict.fromkeys(names, False))
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "active":
            for amendment in self:  # the order of the days decides; each changes its own contract
                amendment.with_company(amendment.company_id)._apply()
        elif target == "cancelled":
            self._release_variations()
        elif target == "draft":
            self.effect_ids._gated().unlink()
            self.line_ids._forget_snapshot()
        elif target == "to_sign":
            self._refresh_effects()
            self.line_ids._snapshot()
            self._notify_contractor()

    def _notify_contractor(self):
        for amendment in self:
            amendment.message_post(
                body=self.env._(
                    "%(amendment)s waits for the contractor's signature until %(date)s.",
                    amendment=amendment.display_name,
                    date=amendment.date_sign_due,
                ),
                partner_ids=amendment.contract_id.contractor_manager_id.ids,
            )

    def _release_variations(self):
        """Let the site variations of amendments that never took effect wait for another one."""
        self.sudo().variation_ids._release_from_amendment()  # the actor was checked by the workflow

    # ---- schedule ---------------------------------------------------------------------------------------

    @api.model
    def _cron_amendments(self):
        """Put signed amendments into effect on their day, and tell who waits too long for a signature."""
        today = trade_today(self)
        due = self.search(
            [("state", "=", "signed"), ("date_effective", "<=", today)], order="date_effective, id"
        )
        # the order of the days decides; each changes its own contract
        applied = due._run_in_batches("_process_due", size=1, domain=[("state", "=", "signed")])
        return applied and self._get_unsigned(today)._run_in_batches(
            "_process_unsigned", domain=[("state", "=", "to_sign")]
        )

    def _process_due(self):
        """Put ``self`` into effect; what stands in the way is told by the scheduled job."""
        self._as_system()._transition_to("active")

    @api.model
    def _get_step_events(self):
        return [*super()._get_step_events(), ACTIVITY_UNSIGNED]

    @api.model
    def _get_unsigned(self, today):
        """Return the amendments whose signature is overdue and nobody was told."""
        return self.search(
            [("state", "=", "to_sign"), ("date_sign_due", "<", today), ("date_reminded", "=", False)]
        )

    def _process_unsigned(self):
        """Tell who looks after the contracts, once, that the contractor has not signed."""
        self._schedule_events(
            ACTIVITY_UNSIGNED,
            {
                amendment: {
                    "summary": self.env._("Amendment %s", amendment.name),
                    "note": self.env._("%s is not signed by the contractor yet.", amendment.display_name),
                }
                for amendment in self
            },
        )
        self._gated().write({"date_reminded": trade_today(self)})
