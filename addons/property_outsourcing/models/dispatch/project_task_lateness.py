from odoo import api, models
from odoo.tools import float_compare

from ..workflow.trade_time import trade_day, trade_today
from .project_task_sla import DEADLINES, METRICS, REPORTED


class ProjectTask(models.Model):
    """What is final about the time limits of a work order: how late it was."""

    _inherit = "project.task"

    def _record_lateness(self):
        """Record each limit that was met too late, once and with the final number of hours.

        A limit still open counts when the order is closed without its report. While a request for a hold is
        not answered nothing is final. What a defect orders is the defect's to judge.
        """
        clocks, facts = {}, []
        for order in self.sudo():  # facts are written by whoever established them, whatever he may read
            if order.outsourcing_contract_id and order.outsourcing_kind != "rectification":
                facts += order._prepare_lateness_facts(clocks)
        if facts:
            self._correct_lateness(facts, self.env["outsourcing.fact"]._record(facts))

    @api.model
    def _correct_lateness(self, vals_list, new):
        """Bring facts and proposals up to date that were recorded before the limit was moved.

        What an accepted period has counted stays; its proposals follow all the same.

        :param list vals_list: what the facts would say today
        :param new: the facts among them that have just been recorded
        """
        told = {vals["key"]: vals for vals in vals_list}
        keys = told.keys() - set(new.sudo().mapped("unique_key"))  # the keys of the facts just recorded
        if not keys:
            return
        # sudo: corrections follow the order's step, which has checked its actor
        facts = self.env["outsourcing.fact"].sudo().search([("unique_key", "in", list(keys))])
        stale = facts.filtered(
            lambda fact: (
                not fact.milestone_id.date_accepted
                and float_compare(fact.value, told[fact.unique_key]["value"], precision_digits=4)
            )
        )
        if stale:
            renewed = [told[fact.unique_key] for fact in stale]
            stale._void(self.env._("The time limit was moved; the lateness was measured anew."))
            facts = facts - stale | self.env["outsourcing.fact"]._record(renewed).sudo()  # as above
        for fact in facts:
            self.env["outsourcing.adjustment"]._refigure(fact, told[fact.unique_key]["value"])

    def _prepare_lateness_facts(self, clocks):
        if "requested" in self.outsourcing_hold_ids.mapped("state"):
            return []
        terms = {} if self._get_agreed_finish() else self._get_sla_terms()
        labels = self._get_metric_labels()
        facts = []
        for metric in METRICS:
            deadline = self[DEADLINES[metric]]
            reached = self[REPORTED[metric]] or self.outsourcing_date_closed
            if deadline and reached and reached > deadline:
                clock = self._get_clock(terms.get(metric), clocks)
                hours = self._get_running_hours(deadline, reached, clock)
                facts.append(
                    {
                        "fact_type": "order_late",
                        "contract": self.outsourcing_contract_id,
                        "source": self,
                        "community": self.outsourcing_community_id,
                        "value": round(hours, 4),
                        "date": self._get_lateness_date(deadline),
                        "key": f"order_late:{self._get_lateness_case(metric)}",
                        "case": self._get_lateness_case(metric),
                        "note": labels[metric],
                    }
                )
        return facts

    def _get_lateness_date(self, deadline):
        """Return the day of the deadline; today if the period of that day has been accepted already."""
        day = self._get_lateness_day(deadline)
        period = self.outsourcing_contract_id._get_period(day, self.outsourcing_community_id)
        return trade_today(self) if period.date_accepted else day

    def _get_lateness_day(self, deadline):
        return trade_day(self.outsourcing_contract_id, deadline)
