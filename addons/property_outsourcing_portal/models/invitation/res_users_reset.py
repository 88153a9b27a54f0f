from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

DAYS_OWN, DAYS_COLLEAGUES = 30, 7


class ResUsersReset(models.Model):
    """Who set the password, if not the person: told to the person and the colleagues, and on signatures."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("password") and not self.env.user.share:
            self._log_password_reset(self.env.user)
        return result

    def _log_password_reset(self, by, approved_by=None, is_first=False):
        """Keep that ``by`` set, or let set, the passwords of those of ``self`` who belong to the portal."""
        self.env["outsourcing.password.reset"].sudo().create(  # nobody may write these rows
            [
                {
                    "user_id": user.id,
                    "by_id": by.id,
                    "approved_by_id": approved_by and approved_by.id,
                    "is_first": is_first,
                }
                for user in self
                if user.share and user != by
            ]
        )

    def _get_signature_remark(self, moment):
        resets = self._get_password_resets().filtered(lambda reset: reset.date <= moment)[:1]
        if not resets or trade_day(self, resets.date) != trade_day(self, moment):
            return super()._get_signature_remark(moment)
        return self.env._("password set the same day through %s", self._name_resetter(resets))

    def _get_password_resets(self):
        # sudo: who set the passwords of these logins, told to the parties of what they sign
        return self.env["outsourcing.password.reset"].sudo().search([("user_id", "in", self.ids)])

    def _name_resetter(self, reset):
        names = reset.by_id.name
        if reset.approved_by_id and reset.approved_by_id != reset.by_id:
            return self.env._(
                "%(asked)s, allowed by %(allowed)s", asked=names, allowed=reset.approved_by_id.name
            )
        return names

    def _get_password_notices(self):
        """Return the sentences the person has to read about passwords set through somebody else."""
        self.ensure_one()
        own, recent = self._find_password_notices()
        notices = [
            self.env._(
                "Your password was replaced on %(day)s through %(person)s. If it was not you who set it, "
                "call the property company at once.",
                day=trade_day(self, reset.date),
                person=self._name_resetter(reset),
            )
            for reset in own
        ]
        firm = self.sudo().partner_id.commercial_partner_id.name  # the user's own firm
        return notices + [
            self.env._(
                "%(name)s can act for %(firm)s since %(day)s with a password set through %(person)s.",
                name=reset.user_id.name,
                firm=firm,
                day=trade_day(self, reset.date),
                person=self._name_resetter(reset),
            )
            for reset in recent
        ]

    def _find_password_notices(self):
        """Return what is told of the own password, and of those of the colleagues in the firm."""
        now = fields.Datetime.now()
        mine = Domain("user_id", "=", self.id)
        own = mine & Domain("is_first", "=", False) & Domain("date", ">", now - timedelta(days=DAYS_OWN))
        firm = self.sudo().partner_id.commercial_partner_id  # the user's own firm
        if firm.is_company:
            colleagues = Domain("user_id.partner_id.parent_id", "=", firm.id)
            since = Domain("date", ">", now - timedelta(days=DAYS_COLLEAGUES))
            own |= ~mine & colleagues & Domain("user_id.share", "=", True) & since
        # sudo: who set the passwords of the firm's logins, told to whoever shares it
        resets = self.env["outsourcing.password.reset"].sudo().search(own)
        return resets.filtered(lambda reset: reset.user_id == self), resets.filtered(
            lambda reset: reset.user_id != self
        )
