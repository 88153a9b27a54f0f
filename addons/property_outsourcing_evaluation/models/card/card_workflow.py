from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES

from .outsourcing_card import MANAGER, STATES

PROPOSED = "property_outsourcing_evaluation.activity_type_card_proposed"
APPEAL = "property_outsourcing_evaluation.activity_type_card_appeal"
PLAN = "property_outsourcing_evaluation.activity_type_card_plan"


class OutsourcingCard(models.Model):
    """Who issues, drops, closes and lifts a card."""

    _inherit = "outsourcing.card"

    _frozen_fields = {state: {"*"} for state, _label in STATES if state != "proposed"}
    _step_fields = ("color", "issued_by_id", "date_plan")

    def _get_frozen_fields(self):
        # what a rule proposes is issued or dropped as it is: a card follows the rule, not the mood
        ruled = (
            {"rule_id", "color", "contractor_id", "contract_id", "company_id"} if self.streak_key else set()
        )
        return super()._get_frozen_fields() | ruled

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "issued": ("proposed", "appealed"),
            "dropped": ("proposed",),
            "appealed": ("issued",),
            "closed": ("issued",),
            "lifted": ("issued", "appealed"),
        }

    @api.model
    def _get_reasoned_steps(self):
        _ = self.env._
        return super()._get_reasoned_steps() | {
            "drop": (_("Issue no card"), "_drop"),
            "lift": (_("Lift the card"), "_lift"),
            "close": (_("Rectification verified"), "_close"),
        }

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "appealed":
            self._require_contractor()
        else:
            self._require_group(MANAGER)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "issued" and self.state == "proposed":
            points += self._get_issue_obstacles()
        return points

    def _get_awaited_steps(self):
        steps = [("issued", self.env._("Before the issue"))] if self.state == "proposed" else []
        return super()._get_awaited_steps() + steps

    def _get_issue_obstacles(self):
        """Return what keeps the proposed card ``self`` from being issued, as missing points."""
        contract, _ = self.contract_id, self.env._
        points = []
        if contract and contract.state not in RUNNING_STATES:
            sentence = _("%s has ended: no card is issued under it any more.", contract.display_name)
            points.append(MissingPoint(sentence, contract))
        if not self.fact_ids and not (self.grounds or "").strip():
            sentence = _("Write the grounds: the contractor has a right to know them.")
            points.append(MissingPoint(sentence, self, field="grounds"))
        void = self.fact_ids.filtered(lambda fact: not fact.active)
        points += [
            MissingPoint(_("%(fact)s counts no more: %(reason)s", fact=f.display_name, reason=f.void_reason))
            for f in void
        ]
        return points

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_issue(self):
        """Issue the proposed card: its term and the days to appeal begin, its effects set in."""
        self.ensure_one()
        self._transition_to("issued")

    def action_drop(self):
        """Ask for the reason, then issue no card."""
        self.ensure_one()
        return self._ask_reason("drop", "dropped")

    def action_lift(self):
        """Ask for the reason, then lift the card before its end."""
        self.ensure_one()
        self.sudo()._check_duties("lifted")  # names of who has acted only
        return self._ask_reason("lift", "lifted")

    def action_close(self):
        """Ask for what was found on site, then close the yellow card."""
        self.ensure_one()
        self._check_rectified()
        return self._ask_reason("close", "closed")

    def _drop(self, reason):
        self.ensure_one()
        self._end("dropped", reason)

    def _lift(self, reason):
        self.ensure_one()
        self._end("lifted", reason)

    def _close(self, reason):
        self.ensure_one()
        self._end("closed", reason)

    def _end(self, target, reason):
        """End ``self`` for ``reason``; who acts is checked by the step, before anything is written."""
        self._transition_to(target)
        self._gated().write({"end_reason": reason})  # the step has checked who acts

    # ---- stamps -----------------------------------------------------------------------------------------

    def _split_for_transition(self, target):
        return list(self) if target == "issued" else super()._split_for_transition(target)

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "issued" and self.state == "proposed":
            vals |= self._prepare_issue_vals()
        elif target in ("closed", "lifted", "dropped"):
            by = False if self._is_system_actor() else self.env.uid
            vals |= {"date_ended": now, "ended_by_id": by}
        return vals

    def _prepare_issue_vals(self):
        """Return what is stamped at the issue: term, deadline, names as they are then."""
        self.ensure_one()
        rule, today = self.rule_id, trade_today(self)
        months = rule.yellow_months if self.color == "yellow" else rule.red_months
        plan_until = today + relativedelta(days=rule.plan_days)
        return {
            "issued_by_id": self.env.uid,
            "date_issued": fields.Datetime.now(),
            "date_until": today + relativedelta(months=months, days=-1),
            "plan_deadline": plan_until if self.color == "yellow" else False,
            "contractor_name": self.contractor_id.name,
            "contract_name": self.contract_id.display_name,
            "rule_name": rule.with_context(lang=self._get_print_lang()).name,
        }

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("issued", "dropped"):
            self.activity_unlink([PROPOSED, APPEAL])
        elif target in ("closed", "lifted"):
            self.activity_unlink([APPEAL, PLAN])
