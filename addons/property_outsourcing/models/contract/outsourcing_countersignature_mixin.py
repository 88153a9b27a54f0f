from odoo import api, fields, models
from odoo.exceptions import UserError

EVENT_DECLINED = "property_outsourcing.activity_type_signature_declined"
# stamped by the refusal, void again with the next offer
DECLINE_FIELDS = ("decline_reason", "declined_by_id", "date_declined")


class OutsourcingCountersignatureMixin(models.AbstractModel):
    """A paper of ours that the contractor signs, in the portal or on paper, or declines to sign."""

    _name = "outsourcing.countersignature.mixin"
    _description = "Paper the contractor signs"

    _approver_fields = ()  # who has approved it for us and does not enter the other side's signature

    decline_reason = fields.Text("Declined Because", readonly=True, copy=False)
    declined_by_id = fields.Many2one(
        "res.partner", "Declined by", readonly=True, copy=False, ondelete="restrict"
    )
    date_declined = fields.Datetime("Declined on", readonly=True, copy=False, tracking=True)
    may_enter_signature = fields.Boolean(compute="_compute_may_enter_signature")

    @api.depends(lambda self: self._approver_fields)
    @api.depends_context("uid")
    def _compute_may_enter_signature(self):
        for document in self:
            document.may_enter_signature = self.env.user not in document._get_approvers()

    def _get_approvers(self):
        self.ensure_one()
        document = self.sudo()  # who acted is no secret of whoever reads the paper
        return self.env["res.users"].union(*(document[name] for name in self._approver_fields))

    def _check_waits_for_signature(self):
        """Raise UserError unless the contractor's signature is what the paper waits for. Hook."""
        raise NotImplementedError

    def _check_may_enter_signature(self):
        """Raise UserError if whoever has approved the paper would also enter the other side's signature."""
        self._require_other_person(*self._approver_fields)

    # ---- decline ----------------------------------------------------------------------------------------

    def _portal_decline(self, reason):
        """Decline to sign, for the contractor. ``self`` carries the person who is logged in, never OdooBot.

        :param str reason: what the contractor does not agree with
        :raise AccessError: not a person of the contractor
        :raise UserError: it does not wait for a signature, or no reason is given
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        self._check_waits_for_signature()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Write what you do not agree with: the property company has to answer it.")
            )
        document = self.sudo()  # the party was checked in the lines above
        document._gated().write(
            {
                "decline_reason": reason,
                "declined_by_id": self.env.user.partner_id.id,
                "date_declined": fields.Datetime.now(),
            }
        )
        document.message_post(
            body=self.env._(
                "%(person)s declined to sign: %(reason)s", person=self.env.user.name, reason=reason
            )
        )
        document._after_decline(reason)

    def _after_decline(self, reason):
        """Carry out what follows from the contractor's refusal to sign (in sudo). Hook: call super."""

    def _ask_about_decline(self, reason, user):
        """Ask ``user``, or whoever is responsible instead, to answer the contractor (in sudo)."""
        summary = self.env._("The contractor declined to sign: correct it or settle it")
        self._schedule_event(EVENT_DECLINED, summary, note=reason, users=user)
