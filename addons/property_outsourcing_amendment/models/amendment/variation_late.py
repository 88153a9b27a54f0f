from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day

ACTIVITY_LATE = "property_outsourcing_amendment.activity_type_variation_late"


class OutsourcingVariation(models.Model):
    """A variation is recorded the day it happens; much later only with a reason a manager allows."""

    _inherit = "outsourcing.variation"

    def write(self, vals):
        allowed = self.filtered(lambda v: v.late_allowed_by_id and v._is_other_delay(vals))
        result = super().write(vals)
        if allowed:
            # what was allowed was this day for this reason
            allowed._gated().write({"late_allowed_by_id": False})
        return result

    def _is_other_delay(self, vals):
        return any(self._is_changed(name, vals[name]) for name in ("date", "late_reason") if name in vals)

    def action_allow_late(self):
        """Allow, as a manager and with a reason, a record that comes too late."""
        self._check_actor("allow_late")
        variations = self.sudo()  # the actor was checked
        if any(v.state != "draft" or not (v.late_reason or "").strip() for v in variations):
            raise UserError(self.env._("Write the reason of the late record into the draft first."))
        variations._check_duties("allow_late")
        variations._gated().write({"late_allowed_by_id": self.env.uid})
        variations.activity_unlink([ACTIVITY_LATE])
        for variation in variations:  # each has an author of its own, who is told
            variation.message_post(
                body=self.env._("The late record is allowed; it can be handed in now."),
                partner_ids=variation.user_id.partner_id.ids,
            )

    def _ask_to_allow_late(self):
        """Give the project manager an activity if ``self`` (in sudo) waits for the permission; once."""
        self.ensure_one()
        if not self._is_too_late() or not (self.late_reason or "").strip():
            return
        self._schedule_event(ACTIVITY_LATE, self.env._("Late record to be allowed"))

    @api.model
    def _get_step_events(self):
        return [*super()._get_step_events(), ACTIVITY_LATE]

    def _is_too_late(self):
        self.ensure_one()
        limit = self.company_id.outsourcing_variation_late_days
        return self._get_days_late() > limit and not self.late_allowed_by_id

    def _check_in_time(self):
        if self._is_too_late():
            raise UserError(
                self.env._(
                    "%(name)s happened %(days)s days ago, at most %(limit)s are allowed: a manager has to "
                    "allow the late record.",
                    name=self.display_name,
                    days=self._get_days_late(),
                    limit=self.company_id.outsourcing_variation_late_days,
                )
            )

    def _get_days_late(self):
        self.ensure_one()
        return (act_day(self) - self.date).days
