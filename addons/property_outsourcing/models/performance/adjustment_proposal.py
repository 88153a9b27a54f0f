from odoo import api, models
from odoo.fields import Command


class OutsourcingAdjustment(models.Model):
    """What the clauses of a contract propose for the facts recorded under it."""

    _inherit = "outsourcing.adjustment"

    @api.model
    def _propose(self, pairs):
        """Propose an adjustment for each pair; a once-per-period clause gathers its facts in one.

        :param list pairs: of (``outsourcing.contract.rule``, ``outsourcing.fact``)
        :return: the new adjustments
        """
        by_key = {}
        for rule, fact in pairs:
            by_key.setdefault(rule._get_once_key(fact), []).append((rule, fact))
        open_domain = [("once_key", "in", list(by_key)), ("state", "!=", "waived")]
        # sudo: proposals follow a fact, whose source has checked its actor
        existing = {adjustment.once_key: adjustment for adjustment in self.sudo().search(open_domain)}
        vals_list = []
        for key, group in by_key.items():
            facts = self.env["outsourcing.fact"].union(*(fact for _rule, fact in group))
            if key in existing:
                existing[key]._gated().write({"fact_ids": [Command.link(fact.id) for fact in facts]})
                continue
            vals = self._prepare_proposal_vals(*group[0])  # read together with those of the others
            if vals:
                vals_list.append({**vals, "fact_ids": [Command.set(facts.ids)], "once_key": key})
        # proposals follow from recorded facts; a person confirms them
        proposals = self._gated().create(vals_list)
        # hundreds of letters would say no more than the list of activities
        proposals.with_context(mail_activity_quick_update=True)._ask_decider()
        return proposals

    @api.model
    def _prepare_proposal_vals(self, rule, fact):
        """Return the values of a proposal by ``rule`` for ``fact``, or None where it comes to nothing.

        The grace may not be used up, or there is no payment row the percentage could be taken of.
        """
        quantity = max(rule._get_quantity(fact) - rule.grace, 0.0)
        if not quantity:
            return None
        figures = rule._get_figures(quantity, fact.milestone_id)
        if rule._is_nothing(figures["amount"]):
            return None
        return {
            "contract_id": fact.contract_id.id,
            "rule_id": rule.id,
            "milestone_id": fact.milestone_id.id,
            "community_id": (fact.milestone_id.community_id or fact.community_id).id,
            "date": fact.date,
            **figures,
        }
