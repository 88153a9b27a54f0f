from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

from .outsourcing_concealed_workflow import ACTIVITY_INSPECT, ACTIVITY_NO_SHOW, SUPERVISOR

DRAFT_KEYS = ("title", "location", "quantity", "requirement", "finding")


class OutsourcingConcealedWork(models.Model):
    """What is still in the contractor's hands: a draft is changed and thrown away, a notice is withdrawn."""

    _inherit = "outsourcing.concealed.work"

    date_withdrawn = fields.Datetime(string="Notice withdrawn on", readonly=True, copy=False)
    withdrawn_reason = fields.Text(string="Why the notice was withdrawn", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_withdrawn", "withdrawn_reason"}

    @api.model
    def _get_transitions(self):
        transitions = super()._get_transitions()
        return transitions | {"draft": (*transitions["draft"], "notified")}

    # ---- the draft --------------------------------------------------------------------------------------

    def _portal_save(self, vals):
        """Change the draft as the contractor; after a rejection only what the self-check found.

        :param dict vals: any of ``title``, ``location``, ``quantity``, ``requirement``, ``finding``
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        work = self.sudo()  # the party was checked
        allowed = {"draft": DRAFT_KEYS, "rejected": ("finding",)}.get(work.state)
        if not allowed:
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s and no longer changes. Withdraw the notice first.",
                    record=work.display_name,
                    state=work._get_state_label(),
                )
                if work.state == "notified"
                else self.env._(
                    "%(record)s is %(state)s and no longer changes.",
                    record=work.display_name,
                    state=work._get_state_label(),
                )
            )
        clean = {key: (vals[key] or "").strip() for key in allowed if key in vals}
        if not clean.get("title", work.title):
            raise ValidationError(self.env._("Write which work will be covered."))
        work.write(clean)

    def _portal_discard(self):
        """Throw away, as the contractor, a draft of which no notice was ever given and that has no photo."""
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        work = self.sudo()  # the party was checked
        if work.state == "draft" and work.evidence_count:
            raise UserError(
                self.env._("%s carries photos: remove them first, or keep the draft.", work.display_name)
            )
        work.unlink()

    @api.ondelete(at_uninstall=True)
    def _unlink_if_never_noticed(self):
        for work in self.sudo():  # whether it was ever more than a draft
            if work.round or work.date_laid_open or work.date_reported:
                raise UserError(
                    self.env._(
                        "%s stays: notice of it was given, or it was found covered. What happened is on "
                        "record.",
                        work.display_name,
                    )
                )

    # ---- the notice -------------------------------------------------------------------------------------

    def action_withdraw(self):
        """Ask why, then withdraw the notice for the contractor, who said so: the work is a draft again."""
        self.ensure_one()
        return self._ask_reason("withdraw", "draft")

    def _withdraw(self, reason):
        self.ensure_one()
        message = self._prepare_withdrawal(reason)
        self._transition_to("draft")
        # the transition has checked who acts
        self._gated().write({"date_withdrawn": fields.Datetime.now(), "withdrawn_reason": reason})
        self.sudo().message_post(**message)  # as above

    def _portal_withdraw(self, reason):
        """Withdraw the notice as the contractor, until the planned time, while nobody else has signed.

        :param str reason: why, for the property company and the owners' representatives
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why the notice is withdrawn."))
        if self.sudo().state != "notified":  # read access was checked
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s: there is no notice to withdraw.",
                    record=self.display_name,
                    state=self.sudo()._get_state_label(),
                )
            )
        self._withdraw(reason)

    def _prepare_withdrawal(self, reason):
        """Return the message that tells all who were expected that nobody need come."""
        work = self.sudo()  # who was expected
        people = work.community_id.representative_ids | work.third_party_id | work.user_id.partner_id
        return {
            "body": self.env._(
                "The notice for %(date)s is withdrawn by %(person)s, nobody need come: %(reason)s",
                date=format_moment(self, self.planned_date),
                person=self.env.user.name,
                reason=reason,
            ),
            "partner_ids": people.ids,
            "subtype_xmlid": "mail.mt_comment",
        }

    @api.model
    def _get_reasoned_steps(self):
        return {**super()._get_reasoned_steps(), "withdraw": (self.env._("Withdraw the Notice"), "_withdraw")}

    def _check_actor(self, target):
        noticed = self.filtered(lambda work: work.sudo().state == "notified")  # which step it is
        if target != "draft" or not noticed:
            super()._check_actor(target)
            return
        if self - noticed:
            super(OutsourcingConcealedWork, self - noticed)._check_actor(target)
        noticed.check_access("read")
        if not self.env.user.share:
            noticed._require_group(SUPERVISOR)
            return
        for work in noticed:
            work._require_contractor()

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "draft":
            for work in self.filtered(lambda work: work.state == "notified"):
                work._check_withdrawal()

    def _check_withdrawal(self):
        """Raise UserError unless nobody has come yet: what was looked at is not taken out of the record."""
        signed = self._get_stages().filtered(lambda stage: stage.result and stage.level != "self_check")
        if signed:
            raise UserError(
                self.env._(
                    "%(record)s: %(party)s has signed already; the notice is not withdrawn any more.",
                    record=self.display_name,
                    party=signed[0]._get_level_label(),
                )
            )
        if self.planned_date <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(record)s: the inspection was planned for %(date)s. A notice is withdrawn before, not "
                    "after.",
                    record=self.display_name,
                    date=format_moment(self, self.planned_date),
                )
            )

    def _split_for_transition(self, target):
        return self.grouped("state").values() if target == "draft" else super()._split_for_transition(target)

    def _prepare_transition_vals(self, target):
        if target == "draft" and self[:1].state == "notified":
            return {"planned_date": False, "date_notice": False}
        return super()._prepare_transition_vals(target)

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "draft":
            self.activity_unlink([ACTIVITY_INSPECT, ACTIVITY_NO_SHOW])
