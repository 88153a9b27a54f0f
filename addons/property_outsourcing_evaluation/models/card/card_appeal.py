from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .card_workflow import APPEAL
from .outsourcing_card import MANAGER


class OutsourcingCard(models.Model):
    """The contractor appeals once; another manager upholds or lifts. Silence of ours lifts."""

    _inherit = "outsourcing.card"

    def _may_be_appealed(self):
        """Return whether the contractor may still appeal today."""
        self.ensure_one()
        open_to_appeal = self.state == "issued" and not self.date_appealed
        return open_to_appeal and bool(self.appeal_deadline) and self.appeal_deadline >= trade_today(self)

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "appeal_file_ids": Domain("date_appealed", "!=", False)}

    def _portal_appeal(self, reason, files=()):
        """Lodge the contractor's appeal.

        :param str reason: what the contractor says to the grounds, not empty
        :param files: ``ir.attachment`` (in sudo) that the caller has taken in for this card
        :raise AccessError: not the contractor
        :raise UserError: nothing written, wrong state, appealed before, or the days are over
        """
        self.ensure_one()
        self._require_contractor()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why you object to the card."))
        self._transition_to("appealed")
        vals = {"appeal_file_ids": [Command.set(files.ids)]} if files else {}
        self._gated().write({"appeal_reason": reason.strip(), **vals})  # the party was checked
        asked = {
            "summary": self.env._("Answer the appeal against the card"),
            "note": reason.strip(),
            "date_deadline": self.sudo().answer_deadline,
        }
        issuer = self.sudo().issued_by_id  # whom not to ask
        decider = self._get_responsible_user(excluded=issuer, group=MANAGER) or issuer
        self._schedule_events(APPEAL, {self: {**asked, "users": decider}})

    def _check_transition(self, target):
        super()._check_transition(target)
        for card in self.filtered(lambda card: target == "appealed"):
            if card.date_appealed:
                raise UserError(self.env._("%s was appealed against already.", card.name))
            if card.appeal_deadline < act_day(card, card.date_issued):
                raise UserError(
                    self.env._(
                        "%(name)s could be appealed against until %(date)s.",
                        name=card.name,
                        date=card.appeal_deadline,
                    )
                )

    def _check_duties(self, step):
        super()._check_duties(step)
        if step in ("issued", "lifted") and not self._is_system_actor():
            appealed = self.filtered(lambda card: card.state == "appealed")
            appealed._require_other_person("issued_by_id", group=MANAGER)

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "appealed":
            vals |= {"date_appealed": fields.Datetime.now(), "appealed_by_id": self.env.uid}
        return vals

    # ---- answer -----------------------------------------------------------------------------------------

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"uphold": (self.env._("Uphold the card"), "_uphold")}

    def action_uphold(self):
        """Ask for the answer to the appeal, then let the card stand."""
        self.ensure_one()
        self.sudo()._check_duties("issued")  # names of who has acted only
        if self.state != "appealed":
            raise UserError(self.env._("There is no appeal to answer."))
        return self._ask_reason("uphold", "issued")

    def _uphold(self, reason):
        self.ensure_one()
        if self.state != "appealed":
            raise UserError(self.env._("There is no appeal to answer."))
        self._transition_to("issued")
        self._gated().write({"decision": reason, "decided_by_id": self.env.uid})  # checked by the step

    def _end(self, target, reason):
        appealed = self.filtered(lambda card: card.state == "appealed")
        result = super()._end(target, reason)
        appealed._gated().write({"decision": reason, "decided_by_id": self.sudo().ended_by_id.id})  # as ended
        return result
