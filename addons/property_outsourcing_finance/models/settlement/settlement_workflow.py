from odoo import api, fields, models
from odoo.exceptions import UserError

SIGNATURES = {
    "submitted": ("submitted_by_id", "date_submitted"),
    "checked": ("checked_by_id", "date_checked"),
    "approved": ("approved_by_id", "date_approved"),
}

MANAGER = "property_outsourcing.group_outsourcing_manager"
FINANCE = "property_outsourcing.group_outsourcing_finance"
# state -> the event that asks for the next step, and the group of whoever takes it
NEXT_STEPS = {
    "submitted": ("property_outsourcing_finance.activity_type_settlement_check", MANAGER),
    "checked": ("property_outsourcing_finance.activity_type_settlement_approve", FINANCE),
    "approved": ("property_outsourcing_finance.activity_type_settlement_bill", FINANCE),
}


class OutsourcingSettlement(models.Model):
    _inherit = "outsourcing.settlement"

    _unsigned_states = ("draft", "cancelled")
    _frozen_fields = {state: ("*",) for state in ("submitted", "checked", "approved", "billed", "cancelled")}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "submitted": ("draft",),
            "checked": ("submitted",),
            "approved": ("checked", "billed"),
            "billed": ("approved",),
            "draft": ("submitted", "checked", "approved"),
            "cancelled": ("draft", "submitted", "checked", "approved"),
        }

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {"internal_note"}

    @api.model
    def _get_open_states(self):
        # printed: what the approver saw is what the contractor reads
        return {**super()._get_open_states(), "note": ("draft", "submitted", "checked")}

    def action_submit(self):
        """Hand the settlement in for checking."""
        self._transition_to("submitted")

    def action_check(self):
        """Confirm that the amounts follow from what was accepted; another person than the submitter."""
        self._transition_to("checked")

    def action_approve(self):
        """Release the settlement for payment; finance, and none of the two before."""
        if any(settlement.state != "checked" for settlement in self):
            raise UserError(self.env._("A settlement is checked before it is approved."))
        self._transition_to("approved")

    def action_create_bill(self):
        """Create the vendor bills of the approved settlements and open them."""
        self._transition_to("billed")
        return self.action_open_bill()

    def action_return(self):
        """Ask for the reason, then give the settlement back to its author."""
        return self._open_reason_wizard("draft")

    def action_cancel(self):
        """Ask for the reason, then drop the settlement: its milestones can be settled again."""
        return self._open_reason_wizard("cancelled")

    def action_release_bill(self):
        """Give up a cancelled or reversed bill, so that the settlement can be billed again."""
        self.check_access("read")
        self._require_group("property_outsourcing.group_outsourcing_finance")
        settlements = self.sudo()  # finance reads the bills of its companies; checked in the line above
        for settlement in settlements:
            if not settlement._is_bill_dead():
                raise UserError(
                    self.env._(
                        "%s: its bill is neither cancelled nor fully reversed.", settlement.display_name
                    )
                )
        settlements._release_bills()

    def _open_reason_wizard(self, target):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return") if target == "draft" else self.env._("Cancel"),
            "res_model": "outsourcing.settlement.reason",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_settlement_ids": self.ids, "default_target": target},
        }

    def _step_back(self, target, reason):
        """Return ``self`` to draft or cancel it, with the reason on record.

        :param str target: ``draft`` or ``cancelled``
        :param str reason: not empty
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason."))
        self._transition_to(target)
        self._gated().write({"return_reason": reason.strip()})
        # sudo: _transition_to has checked the actor
        self.sudo()._message_log_batch(dict.fromkeys(self.ids, reason.strip()))

    # ---- hooks of the mixin -----------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        finance = "property_outsourcing.group_outsourcing_finance"
        manager = "property_outsourcing.group_outsourcing_manager"
        user = "property_outsourcing.group_outsourcing_user"
        if target == "submitted":
            self._require_group(user, finance)
        elif target == "checked":
            self._require_group(manager)
        elif target == "approved" and not self._is_system_actor():
            self._require_group(finance)
        elif target == "billed":
            self._require_group(finance)
        elif target in ("draft", "cancelled"):
            self._check_may_step_back()

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "checked":
            self._require_other_person("submitted_by_id", group=MANAGER)
        elif step == "approved" and not self._is_system_actor():
            self._require_other_person("submitted_by_id", "checked_by_id", group=FINANCE)

    def _check_may_step_back(self):
        # the submitter may take back what nobody has looked at yet
        own = self.filtered(
            lambda s: s.state == "draft" or (s.state == "submitted" and s.submitted_by_id == s.env.user)
        )
        if self - own:
            self._require_group(
                "property_outsourcing.group_outsourcing_manager",
                "property_outsourcing.group_outsourcing_finance",
            )

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "submitted":
            self._check_complete()
        if target in ("submitted", "billed"):
            self._check_payable_to_contractor()
        if target == "approved" and "billed" in self.mapped("state") and not self._is_system_actor():
            raise UserError(self.env._("A billed settlement goes back only when its bill is gone."))
        if target in ("submitted", "approved", "billed"):
            self._check_adjustments_stand()

    def _check_complete(self):
        for settlement in self:
            if not any(line.kind == "milestone" for line in settlement.line_ids):
                raise UserError(
                    self.env._("%s: nothing accepted and not yet settled is chosen.", settlement.display_name)
                )
            if settlement.currency_id.compare_amounts(settlement.amount_payable, 0.0) < 0:
                raise UserError(
                    self.env._(
                        "%s: the deductions exceed what is accepted; settle more milestones together.",
                        settlement.display_name,
                    )
                )
        rows = self.line_ids._get_accepted_milestones()
        self._raise_blockers(
            {s.contract_id: s.line_ids._get_accepted_milestones().with_prefetch(rows.ids) for s in self}
        )

    def _check_payable_to_contractor(self):
        messages = []
        for contract in self.contract_id:
            messages += contract.contractor_id._get_contractor_blockers("pay", contract)
        if messages:
            raise UserError("\n".join(dict.fromkeys(messages)))

    def _check_adjustments_stand(self):
        """Refuse a penalty that was appealed or waived since the settlement was drawn up."""
        lines = self.line_ids.filtered(
            lambda line: (
                line.adjustment_id
                and line.settlement_id.state != "billed"
                and not line.adjustment_id._is_final()
            )
        )
        messages = [
            self.env._(
                "%(adjustment)s is %(state)s: return the settlement and take its lines over again.",
                adjustment=adjustment.name,
                state=adjustment._get_state_label(),
            )
            for adjustment in lines.adjustment_id
        ]
        if messages:
            raise UserError("\n".join(messages))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "approved" and self._is_system_actor():
            return {**vals, "bill_id": False}
        if target in SIGNATURES:
            who, when = SIGNATURES[target]
            vals.update({who: self.env.uid, when: fields.Datetime.now(), "return_reason": False})
        elif target == "draft":
            vals.update({name: False for names in SIGNATURES.values() for name in names})
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "billed":
            self._create_bills()
            # whoever bills is of finance, as an adjustment demands of the person who settles it
            self.line_ids.adjustment_id._transition_to("settled")
        self._plan_next_step(target)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    def _get_barred_users(self, event):
        users = super()._get_barred_users(event)
        steps = [self.env.ref(step) for step, _group in NEXT_STEPS.values()]
        return users | self._get_acted_users() if event in steps else users

    def _get_acted_users(self):
        """Return who has taken a step already and does not take the next. Hook: extend super's."""
        self.ensure_one()
        if self.state == "approved":
            return self.env["res.users"]  # the bill only states what was approved
        return self.submitted_by_id | self.checked_by_id

    def _plan_next_step(self, target):
        """Tell the next person by an activity, and take the former one off the list."""
        self.activity_unlink([event for event, _group in NEXT_STEPS.values()])
        if target not in NEXT_STEPS:
            return
        event, group = NEXT_STEPS[target]
        summary = self._get_next_step_summary(target)
        asked = {}
        for acted, settlements in self.grouped(lambda settlement: settlement._get_acted_users()).items():
            people = settlements._map_responsible_users(acted, group)
            asked |= {
                settlement: {"summary": summary, "users": user} for settlement, user in people.items() if user
            }
        self._schedule_events(event, asked)

    def _get_next_step_summary(self, state):
        return {
            "submitted": self.env._("Check the settlement"),
            "checked": self.env._("Approve the settlement"),
            "approved": self.env._("Create the bill of the settlement"),
        }[state]
