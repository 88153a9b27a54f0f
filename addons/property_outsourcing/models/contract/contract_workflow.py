from odoo import api, models
from odoo.exceptions import UserError

from ...tools import RUNNING_STATES
from .outsourcing_countersignature_mixin import DECLINE_FIELDS

_TERMS_FIXED = ("to_approve", "active", "suspended", "completed", "closed", "terminated", "cancelled")


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    _frozen_fields = {state: ("*",) for state in _TERMS_FIXED}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "draft": ("to_approve",),
            "to_approve": ("draft",),
            "active": ("to_approve", "suspended"),
            "suspended": ("active",),
            "completed": ("active",),
            "closed": ("completed",),
            "terminated": RUNNING_STATES,
            "cancelled": ("draft", "to_approve"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "purchase_order_id", "project_id", "submitted_by_id", "approved_by_id", "date_approved",
            "second_approved_by_id", "date_second_approved", "date_offered", "return_reason",
            "signing_method", "contractor_signer_id", "contractor_signer_name", "date_contractor_signed",
            "signature_entered_by_id", "contractor_signature", "signature_reference",
            "termination_reason_id", "date_terminated", "date_completed", "date_notice", *DECLINE_FIELDS,
            "previous_id", "date_expiry_announced", "date_lapse_announced",
        }  # fmt: skip

    @api.model
    def _get_free_fields(self):
        # who leads the work changes hands while it goes on; who may say so is checked with the people
        leaders = {"manager_id", "contractor_manager_id", "supervising_engineer_id"}
        return super()._get_free_fields() | leaders | {"internal_note"}

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "end_reason": RUNNING_STATES}

    def action_submit(self):
        """Hand the draft in for approval."""
        self._transition_to("to_approve")

    def action_complete(self):
        """Declare the performance complete; money may still be open."""
        self._transition_to("completed")

    def action_close(self):
        """Close the file: everything is performed and settled."""
        self._transition_to("closed")

    def action_cancel(self):
        """Drop a contract that never became active."""
        self._transition_to("cancelled")

    def _check_actor(self, target):
        super()._check_actor(target)
        if target in ("to_approve", "draft", "cancelled"):
            self._require_group("property_outsourcing.group_outsourcing_user")
        else:
            self._require_group("property_outsourcing.group_outsourcing_manager")

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "terminated" and not all((contract.end_reason or "").strip() for contract in self):
            raise UserError(self.env._("Write the reason of the termination first."))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "to_approve":
            vals.update(dict.fromkeys(DECLINE_FIELDS, False), submitted_by_id=self.env.uid)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "active":
            self.filtered(lambda contract: not contract.purchase_order_id)._activate()
        elif target in ("closed", "terminated"):
            self.project_id.action_archive()
