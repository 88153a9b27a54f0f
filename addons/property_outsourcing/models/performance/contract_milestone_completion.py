from odoo import models

from ..workflow.trade_time import trade_today


class OutsourcingContractMilestone(models.Model):
    """How late the works were completed: a matter of the completion row alone, never of small orders."""

    _inherit = "outsourcing.contract.milestone"

    def _record_acceptances(self, results):
        rows = self.with_prefetch().filtered(lambda row: row.kind == "completion")
        before = rows.filtered(lambda row: row._is_completed())
        result = super()._record_acceptances(results)
        after = rows.filtered(lambda row: row._is_completed())
        (before - after)._withdraw_completion()
        (after - before)._record_completion()
        return result

    def _is_completed(self):
        """Return whether all of this row is accepted."""
        self.ensure_one()
        accepted = self.currency_id.compare_amounts(self.amount_accepted, self.amount_payable)
        return bool(self.date_accepted) and accepted >= 0

    def _get_date_finished(self):
        """Return the day the contractor had the work of this accepted row ready. Hook.

        By itself the day of the acceptance; whoever knows the day the contractor applied for it says that
        one, so that nobody is late by the days the other side takes to look.
        """
        self.ensure_one()
        return self.date_accepted

    def _get_completion_due(self):
        """Return the day by which the works were due; days the contract stood still are added."""
        self.ensure_one()
        due = self.date_due or self.contract_id.date_end
        for pause in self.contract_id.suspension_ids.filtered("pauses_limits").sorted("date_start"):
            if pause.date_start <= due:
                due += (pause.date_resumed or trade_today(self)) - pause.date_start
        return due

    def _get_completion_case(self):
        return f"completion:{self._name}:{self.id}"

    def _search_completion_facts(self):
        cases = [row._get_completion_case() for row in self]
        # sudo: the caller has checked who accepts or withdraws
        return self.env["outsourcing.fact"].sudo().search([("case_key", "in", cases)])

    def _record_completion(self):
        """Record by how many days the completion rows ``self``, now accepted in full, came too late."""
        late = {}
        rows = self.sudo()  # facts are written by whoever established them, whatever he may read
        for row in rows:
            finished, due = row._get_date_finished(), row._get_completion_due()
            if finished > due:
                late[row] = (finished, due)
        if late:
            rows = rows.browse().union(*late)
            # an acceptance that was withdrawn and is given again is another one
            known = rows._search_completion_facts().grouped("case_key")
            facts = [row._prepare_completion_fact(*late[row], known) for row in rows]
            self.env["outsourcing.fact"]._record(facts)

    def _prepare_completion_fact(self, finished, due, known):
        case = self._get_completion_case()
        return {
            "fact_type": "completion_late",
            "contract": self.contract_id,
            "source": self,
            "community": self.community_id,
            "milestone": self,
            "value": (finished - due).days,
            "date": finished,
            "case": case,
            "key": f"completion_late:{case}:{len(known.get(case, ()))}",
            "note": self.env._("Due %(due)s, ready %(finished)s", due=due, finished=finished),
        }

    def _withdraw_completion(self):
        """Take back what was proposed for the completion rows ``self``, whose acceptance was withdrawn."""
        if self:
            reason = self.env._("Withdrawn: the acceptance of the completion was taken back.")
            self.env["outsourcing.adjustment"]._withdraw(self._search_completion_facts(), reason)
