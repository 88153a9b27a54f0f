from odoo import fields, models

STAFF = "property_outsourcing.group_outsourcing_user"
OVER = ("confirmed", "closed")


class OutsourcingComplaint(models.Model):
    """What was confirmed, or closed by silence, comes back when the resident says so at the call-back."""

    _inherit = "outsourcing.complaint"

    callback_ids = fields.One2many(
        "outsourcing.complaint.callback", "complaint_id", "Call-backs", groups=STAFF
    )

    def _is_called_back(self):
        """Return whether a resident has said at a call-back, after the end, that it is not right."""
        self.ensure_one()
        over = self.date_closed or self.date_confirmed
        said = self.callback_ids.filtered(lambda row: row.result == "unsatisfied")
        return self.state in OVER and any(row.date_called >= over for row in said)

    def _map_callers(self):
        """Return who is asked to call back: dict complaint -> user, none who dealt with it."""
        people = self._map_askable_users(STAFF)
        return {
            complaint: (people[complaint] - complaint.user_id - complaint.own_user_id)[:1]
            for complaint in self
        }

    def _check_source_state(self, target):
        called_back = self.browse()
        if target == "returned":
            called_back = self.filtered(lambda complaint: complaint._is_called_back())
        return super(OutsourcingComplaint, self - called_back)._check_source_state(target)

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "returned":
            vals.update(date_confirmed=False, confirmed_by=False, date_closed=False, stars=0)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "returned":
            told = {}
            for complaint in self:
                for code in ("complaint_confirmed", "complaint_stars"):
                    told |= dict.fromkeys(complaint._tell_fact(code, complaint.date_returned))
            self.env["outsourcing.fact"]._keep_true(told, self.env._("The resident was not satisfied."))

    def _erase(self):
        result = super()._erase()
        self.callback_ids._gated().write({"comment": False})
        return result
