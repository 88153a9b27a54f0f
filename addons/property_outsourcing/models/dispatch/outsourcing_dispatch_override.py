from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..workflow.gate import is_gate_open, open_gate
from ..workflow.step_refusal import refuse_step
from ..workflow.trade_time import trade_today

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingDispatchOverride(models.Model):
    """A manager takes it upon himself to dispatch although documents of the contractor are not in force."""

    _name = "outsourcing.dispatch.override"
    _description = "Dispatch in spite of Missing Documents"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id desc"
    _rec_name = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, precompute=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True, precompute=True)
    reason = fields.Text(required=True)
    date_until = fields.Date(
        "Valid until", required=True, default=lambda self: trade_today(self) + timedelta(days=3)
    )
    user_id = fields.Many2one("res.users", "Manager", readonly=True)
    blockers = fields.Text("Open Points", readonly=True)
    date_revoked = fields.Datetime("Revoked on", readonly=True)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)
    is_valid = fields.Boolean("Valid", compute="_compute_is_valid", search="_search_is_valid")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"user_id", "blockers", "date_revoked", "revoked_by_id"}

    @api.depends("date_until", "date_revoked")
    def _compute_is_valid(self):
        today = trade_today(self)
        for override in self:
            override.is_valid = bool(
                not override.date_revoked and override.date_until and override.date_until >= today
            )

    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("date_revoked", "=", False), ("date_until", ">=", trade_today(self))]

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a manager may dispatch in spite of missing documents."))
        overrides = super().create(vals_list)
        for override in overrides:
            override._check_granted()
            # what the manager saw when he decided
            open_gate(override).write(
                {
                    "user_id": self.env.uid,
                    "blockers": "\n".join(override.contract_id._get_document_blockers_to_dispatch()),
                }
            )
            override.contract_id.message_post(body=override._get_announcement())
        return overrides

    def write(self, vals):
        if not is_gate_open(self):
            raise UserError(self.env._("An override is never changed; revoke it and write another."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("An override stays on record."))

    def _check_granted(self):
        today = trade_today(self)
        contract = self.contract_id
        longest = today + timedelta(days=contract.company_id.outsourcing_override_max_days)
        if not (self.reason or "").strip():
            raise ValidationError(self.env._("Give the reason of the override."))
        if contract.state != "active":
            raise ValidationError(
                self.env._("%s is not running: there is nothing to dispatch.", contract.display_name)
            )
        if not today <= self.date_until <= longest:
            raise ValidationError(
                self.env._("An override lasts from today until %(date)s at the longest.", date=longest)
            )

    def _get_announcement(self):
        return self.env._(
            "Dispatch is allowed until %(date)s in spite of missing documents: %(reason)s",
            date=self.date_until,
            reason=self.reason,
        )

    def action_revoke(self):
        """End the override at once."""
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise refuse_step(self.env, MANAGER)
        open_gate(self.filtered("is_valid")).write(
            {"date_revoked": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
