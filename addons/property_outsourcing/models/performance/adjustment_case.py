from odoo import api, models
from odoo.fields import Command
from odoo.tools import float_compare


class OutsourcingAdjustment(models.Model):
    """A failure that is recorded twice, when it begins and when it is over, has its price once."""

    _inherit = "outsourcing.adjustment"

    @api.model
    def _propose(self, pairs):
        return super()._propose(self._link_known_cases(pairs))

    @api.model
    def _link_known_cases(self, pairs):
        """Add facts to the adjustments of the same clause and case; return the pairs that have none.

        One that was waived counts as well: what a manager has forgiven is not proposed again.
        """
        cases = {fact.case_key for _rule, fact in pairs if fact.case_key}
        if not cases:
            return pairs
        known = self.sudo().search(  # whoever established the fact, whatever he may read
            [
                ("rule_id", "in", [rule.id for rule, _fact in pairs]),
                ("once_key", "!=", False),
                ("fact_ids.case_key", "in", list(cases)),
            ]
        )
        by_case = {(a.rule_id, case): a for a in known for case in a.fact_ids.mapped("case_key")}
        rest = []
        for rule, fact in pairs:
            adjustment = by_case.get((rule, fact.case_key)) if fact.case_key else None
            if adjustment:
                adjustment._gated().write({"fact_ids": [Command.link(fact.id)]})
            else:
                rest.append((rule, fact))
        return rest

    @api.model
    def _withdraw(self, facts, reason):
        """Take back what rests on ``facts`` that hold no longer; what was confirmed is a manager's to waive.

        :param str reason: one sentence for the record
        """
        # sudo: the clock has moved, whoever moved it was checked with the order
        touched = self.sudo().search([("fact_ids", "in", facts.ids), ("once_key", "!=", False)])
        proposed = touched.filtered(lambda adjustment: adjustment.state == "proposed")
        baseless = proposed.filtered(
            lambda adjustment: (
                not adjustment.proposed_by_id and not adjustment.fact_ids.filtered("active") - facts
            )
        )
        baseless._drop(reason)
        (proposed - baseless)._gated().write({"fact_ids": [Command.unlink(fact.id) for fact in facts]})
        touched = touched.filtered(lambda adjustment: adjustment.state != "settled")
        touched._message_log_batch(dict.fromkeys(touched.ids, reason))

    def _drop(self, reason):
        """Waive the proposals ``self`` that rest on nothing any more."""
        # the key is given back: if the limit is missed again, so may the clause be applied
        self._gated().write({"once_key": False, "decision": reason})
        self._as_system()._transition_to("waived")

    @api.model
    def _refigure(self, fact, value):
        """Bring the proposals by hour or day that rest on ``fact`` up to date.

        :param float value: what the fact would say today, in its own unit
        """
        proposals = self.sudo().search(  # see _withdraw
            [
                ("fact_ids", "in", fact.ids),
                ("state", "=", "proposed"),
                ("rule_id.per", "in", ("hour", "day")),
            ]
        )
        for proposal in proposals:
            rule = proposal.rule_id
            quantity = max(rule._get_quantity(fact, value) - rule.grace, 0.0)
            if float_compare(quantity, proposal.quantity, precision_digits=4) == 0:
                continue
            figures = rule._get_figures(quantity, proposal.milestone_id)
            if not quantity or rule._is_nothing(figures["amount"]):
                # nothing is proposed that comes to nothing
                proposal._drop(self.env._("Withdrawn: after the time limit was moved it comes to nothing."))
                continue
            proposal._gated().write(figures)
            proposal._message_log(
                body=self.env._("Brought up to date after the time limit was moved: %s", proposal.formula)
            )
