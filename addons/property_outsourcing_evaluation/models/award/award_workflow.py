from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .outsourcing_award import STATES

MANAGER = "property_outsourcing.group_outsourcing_manager"
PROPOSED = "property_outsourcing_evaluation.activity_type_award_proposed"


class OutsourcingAward(models.Model):
    """A manager awards, refuses or revokes."""

    _inherit = "outsourcing.award"

    _frozen_fields = {state: {"*"} for state, _label in STATES}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "awarded": ("proposed",),
            "refused": ("proposed",),
            "revoked": ("awarded",),
        }

    @api.model
    def _get_reasoned_steps(self):
        _ = self.env._
        return super()._get_reasoned_steps() | {
            "refuse": (_("Do not award"), "_refuse"),
            "revoke": (_("Revoke the award"), "_revoke"),
        }

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(MANAGER)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "awarded":
            award = self.sudo()  # names of the cards that stand in the way
            own = award.contractor_id._get_outsourcing_cards_in_force(award.company_id)
            points += [
                MissingPoint(self.env._("%s is in force: no award.", card.display_name), card) for card in own
            ]
        return points

    def action_award(self):
        """Make the proposed contractors gold partners for a year from today."""
        self._transition_to("awarded")

    def action_refuse(self):
        """Ask for the reason, then do not award."""
        self.ensure_one()
        return self._ask_reason("refuse", "refused")

    def action_revoke(self):
        """Ask for the reason, then end the award before its year is over."""
        self.ensure_one()
        return self._ask_reason("revoke", "revoked")

    def _refuse(self, reason):
        self.ensure_one()
        self._transition_to("refused")
        self._gated().write({"end_reason": reason})  # the step has checked who acts

    def _revoke(self, reason):
        self.ensure_one()
        self._transition_to("revoked")
        self._gated().write({"end_reason": reason})  # the step has checked who acts

    def _split_for_transition(self, target):
        return list(self) if target == "awarded" else super()._split_for_transition(target)

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target in ("awarded", "refused"):
            vals |= {"decided_by_id": self.env.uid, "date_decided": fields.Datetime.now()}
        if target == "awarded":
            today = trade_today(self)
            vals |= {
                "date_from": today,
                "date_until": today + relativedelta(years=1, days=-1),
                "contractor_name": self.contractor_id.name,
            }
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        self.activity_unlink([PROPOSED])
