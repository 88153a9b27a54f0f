from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, open_gate
from odoo.addons.property_outsourcing.models.workflow.step_refusal import refuse_step
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money

MANAGER = "property_outsourcing.group_outsourcing_manager"
LONGEST_DAYS = 30


class OutsourcingPaymentRelease(models.Model):
    """A manager lets money go to a contractor although something stands in the way; another person pays."""

    _name = "outsourcing.payment.release"
    _description = "Payment Release"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id desc"
    _check_company_auto = True

    contractor_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict",
        domain="[('outsourcing_state', '!=', False)]",
    )  # fmt: skip
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary("Up to", required=True)
    reason = fields.Text(required=True)
    date_until = fields.Date(
        "Valid until", required=True, default=lambda self: trade_today(self) + timedelta(days=7)
    )
    user_id = fields.Many2one("res.users", "Released by", readonly=True)
    blockers = fields.Text("What stood in the way", readonly=True)
    date_revoked = fields.Datetime("Revoked on", readonly=True)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)
    move_ids = fields.One2many("account.move", "outsourcing_release_id", "Payments", readonly=True)
    amount_used = fields.Monetary("Used", compute="_compute_amount_used", store=True, compute_sudo=True)
    amount_left = fields.Monetary("Left", compute="_compute_amount_used", store=True, compute_sudo=True)
    is_valid = fields.Boolean("Valid", compute="_compute_is_valid", search="_search_is_valid")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"user_id", "blockers", "date_revoked", "revoked_by_id"}

    @api.depends("contractor_id", "reason")
    def _compute_display_name(self):
        for release in self:
            release.display_name = f"{release.contractor_id.name or ''} {release.date_until or ''}".strip()

    # written with each payment: two that would use up one release together conflict on its row
    @api.depends("amount", "move_ids.state", "move_ids.amount_total_signed")
    def _compute_amount_used(self):
        for release in self:
            posted = release.move_ids.filtered(lambda move: move.state == "posted")
            release.amount_used = sum(abs(move.amount_total_signed) for move in posted)
            release.amount_left = release.amount - release.amount_used

    @api.depends("date_until", "date_revoked", "amount_left")
    def _compute_is_valid(self):
        valid = self.filtered_domain(self._get_valid_domain())
        for release in self:
            release.is_valid = release in valid

    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_valid_domain()

    @api.model
    def _get_valid_domain(self):
        today = trade_today(self)
        return [("date_revoked", "=", False), ("date_until", ">=", today), ("amount_left", ">", 0)]

    @api.model
    def _find(self, contractor, company, amount):
        """Return the release that lets the acting person pay ``amount`` to ``contractor``, or none.

        :param float amount: in the currency of the company
        """
        # that there is one lets the payer pay; who gave it is on record
        releases = self.sudo().search(
            [
                *self._get_valid_domain(),
                ("contractor_id", "=", contractor.id),
                ("company_id", "=", company.id),
                ("user_id", "!=", self.env.uid),
            ],
            order="date_until, id",
        )
        compare = company.currency_id.compare_amounts
        return releases.filtered(lambda release: compare(release.amount_left, amount) >= 0)[:1]

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a manager releases a payment."))
        releases = super().create(vals_list)
        for release in releases:
            release._check_given()
            # what the manager saw when he decided
            firm = release.contractor_id.with_company(release.company_id)
            blockers = firm._get_outsourcing_payout_blockers()
            open_gate(release).write({"user_id": self.env.uid, "blockers": "\n".join(blockers)})
            # the firm's chatter is beyond some managers' rights; the release itself was theirs to give
            release.contractor_id.sudo().message_post(
                body=release._get_announcement(), author_id=self.env.user.partner_id.id
            )
        return releases

    def write(self, vals):
        if not is_gate_open(self):
            raise UserError(self.env._("A release is never changed; revoke it and give another."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("A release stays on record."))

    def _check_given(self):
        today = trade_today(self)
        longest = today + timedelta(days=LONGEST_DAYS)
        problems = []
        if not (self.reason or "").strip():
            problems.append(self.env._("Give the reason of the release."))
        if self.currency_id.compare_amounts(self.amount, 0.0) <= 0:
            problems.append(self.env._("Enter the amount that may be paid."))
        if not today <= self.date_until <= longest:
            problems.append(
                self.env._("A release lasts from today until %(date)s at the longest.", date=longest)
            )
        if problems:
            raise ValidationError("\n".join(problems))

    def _get_announcement(self):
        return self.env._(
            "Payments of up to %(amount)s are released until %(date)s: %(reason)s",
            amount=format_money(self, self.amount),
            date=self.date_until,
            reason=self.reason,
        )

    def action_revoke(self):
        """End the release at once."""
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise refuse_step(self.env, MANAGER)
        open_gate(self.filtered("is_valid")).write(
            {"date_revoked": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
