from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day


class OutsourcingInspection(models.Model):
    """A visit made in time, whose record reached us after the schedule had marked it missed."""

    _inherit = "outsourcing.inspection"

    def _get_last_day(self):
        """Return the last day on which the visit may be made before it counts as missed."""
        self.ensure_one()
        return self.date_due + timedelta(days=self.sudo().plan_id.grace_days)  # a setting of the plan

    def _take_back_missed(self):
        """Let ``self`` be recorded as if it were not missed, where a phone tells that it was made in time.

        The facts count no more, and what was proposed for them is withdrawn; what an accepted period has
        counted stays. Nothing happens where the record is not missed.

        :raise UserError: it is missed, and what arrives now was not done in time
        """
        self.ensure_one()
        inspection = self.sudo()  # state, dates and facts; the party is checked below
        if inspection.state != "missed":
            return
        self._check_party()
        if act_day(self, inspection.date_started) > inspection._get_last_day():
            raise UserError(
                self.env._(
                    "%(record)s had to be done by %(date)s and counts as missed; what arrives now is not "
                    "recorded. Please ask the property company.",
                    record=self.display_name,
                    date=inspection._get_last_day(),
                )
            )
        reason = self.env._("No longer missed: it was done in time, the record came later.")
        facts = inspection.env["outsourcing.fact"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        facts._keep_true(dict.fromkeys(facts.mapped("unique_key")), reason)
        self._gated().write({"state": "in_progress" if inspection.date_started else "planned"})
        inspection.message_post(body=reason, subtype_xmlid="mail.mt_note")
