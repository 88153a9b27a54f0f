from datetime import timedelta

from odoo import api, fields, models

from ..contract.contract_open_points import OpenPoint
from ..workflow.missing_points import MissingPoint
from ..workflow.trade_time import trade_today

RECENT_DAYS = 90  # a quarter, as contractors are judged


class OutsourcingContract(models.Model):
    """The clauses of a contract, what happened under it and what followed."""

    _inherit = "outsourcing.contract"

    rule_ids = fields.One2many(
        "outsourcing.contract.rule", "contract_id", "Penalty and Reward Clauses", copy=True
    )
    adjustment_ids = fields.One2many("outsourcing.adjustment", "contract_id", "Penalties and Rewards")
    fact_ids = fields.One2many("outsourcing.fact", "contract_id", "Facts")
    adjustment_count = fields.Integer(compute="_compute_card_counters")
    fact_count = fields.Integer(compute="_compute_counters")
    breach_count = fields.Integer("Breaches", compute="_compute_counters")
    recent_breach_count = fields.Integer(
        "Recent Breaches", compute="_compute_card_counters", help="Breaches of the last 90 days."
    )

    @api.model
    def _get_counters(self):
        return {
            **super()._get_counters(),
            "fact_count": ("outsourcing.fact", "contract_id", []),
            "breach_count": ("outsourcing.fact", "contract_id", self._get_breach_domain()),
        }

    @api.model
    def _get_card_counters(self):
        # those of years would make the board slower with each of them, and hide how things go today
        recent = [("date", ">=", trade_today(self) - timedelta(days=RECENT_DAYS))]
        return {
            **super()._get_card_counters(),
            "adjustment_count": ("outsourcing.adjustment", "contract_id", []),
            "recent_breach_count": ("outsourcing.fact", "contract_id", self._get_breach_domain() + recent),
        }

    @api.model
    def _get_breach_domain(self):
        return [("fact_type", "in", self.env["outsourcing.fact"]._get_breach_types())]

    @api.model
    def _get_preset_terms(self, service):
        clauses = {"rule_ids": (service.rule_ids, "_prepare_rule_vals")}
        return clauses | super()._get_preset_terms(service)

    # ---- what stands in the way of a step ---------------------------------------------------------------

    def _get_submit_warnings(self):
        messages = [rule._get_idle_message() for rule in self.rule_ids if self.milestone_ids]
        return super()._get_submit_warnings() + [message for message in messages if message]

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "to_approve":
            points += [
                MissingPoint(message, record=self, page="clauses", field="rule_ids")
                for message in self.rule_ids._get_cap_messages()
            ]
        if target == "closed":
            points += self._get_undecided_points()
        return points

    def _get_undecided_points(self):
        undecided = [("state", "in", ("proposed", "confirmed", "appealed"))]
        adjustments = self._find_standing("outsourcing.adjustment", undecided).sorted(
            lambda a: (a.date, a.id)
        )
        adjustments = adjustments.filtered(lambda adjustment: not adjustment._is_final())
        if not adjustments:
            return []
        sentence = self.env._(
            "Penalties or rewards are not decided yet: %s",
            " ".join(adjustment._get_pending_sentence() for adjustment in adjustments),
        )
        return [MissingPoint(sentence, action=self._get_shown_action(adjustments))]

    def _get_open_points(self):
        open_states = ("proposed", "confirmed", "appealed")
        adjustments = self.env["outsourcing.adjustment"].search(
            [("contract_id", "in", self.ids), ("state", "in", open_states)], order="date, id"
        )
        return super()._get_open_points() + [
            OpenPoint(adjustment.contract_id, adjustment, ("keep",), adjustment.amount, note)
            for adjustment in adjustments
            for note in [adjustment._get_pending_sentence() if not adjustment._is_final() else ""]
        ]

    # ---- actions ----------------------------------------------------------------------------------------

    def action_view_adjustments(self):
        """Open the penalties and rewards of the contract."""
        return self._get_contract_action("property_outsourcing.outsourcing_adjustment_action")

    def action_view_facts(self):
        """Open the recorded facts of the contract."""
        return self._get_contract_action("property_outsourcing.outsourcing_fact_action")

    def action_view_breaches(self):
        """Open the facts that speak against the contractor."""
        domain = [("contract_id", "=", self.id), *self._get_breach_domain()]
        return {**self.action_view_facts(), "name": self.env._("Breaches"), "domain": domain}
