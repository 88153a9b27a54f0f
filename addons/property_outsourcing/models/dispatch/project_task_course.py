from odoo import fields, models

from ..workflow.trade_time import trade_day, trade_today
from .project_task_sla import REPORTED

HOURS = {
    "response": "order_response_hours",
    "arrival": "order_arrival_hours",
    "completion": "order_repair_hours",
}


class ProjectTask(models.Model):
    """What every work order tells, with or without a time limit.

    That it was dispatched, how long it took, and whether it kept its limits.
    """

    _inherit = "project.task"

    outsourcing_hours_before = fields.Float(
        "Hours until it was Reopened",
        readonly=True,
        copy=False,
        help="How long the clock had run each time the order was found not right and given back.",
    )

    def _record_course(self):
        """Bring the facts about the course of the orders ``self`` in line with them, at any time.

        ``order_counted``: dispatched, that is out of the first column or answered, and not cancelled.
        ``order_limited``, ``order_done``: done with time limits, and all of them kept; the latter over the
        former, by the priority the facts carry, is the rate of orders in time. What a defect orders is the
        defect's to judge.

        The hours are those of the order's own clock (see :meth:`_get_clock_hours`). To respond and to arrive:
        until the contractor reports it, once each time the order is given to him. To repair: until it is
        reported done, or closed as done without a report; when the order is given back, the hours until that
        report count on and those until somebody gave it back do not. Planned work is no answer to anybody,
        and what a defect orders is answered by its rectification. While a request for a hold waits no hours
        are final.
        """
        clocks, told = {}, {}
        for order in self.sudo():  # facts are written by whoever established them, whatever he may read
            if order.outsourcing_contract_id:
                told |= order._tell_count() | order._tell_hours(clocks)
        if told:
            reason = self.env._("The order was cancelled, reopened, or measured anew.")
            self.env["outsourcing.fact"]._keep_true(told, reason)

    def _prepare_course_fact(self, fact_type, moment, **details):
        return {
            "fact_type": fact_type,
            "contract": self.outsourcing_contract_id,
            "source": self,
            "community": self.outsourcing_community_id,
            "priority": self.outsourcing_priority,
            "date": self._get_lateness_date(moment),
            **details,
        }

    def _tell_count(self):
        keys = self._get_count_keys()
        told = dict.fromkeys(keys.values())
        if self._is_sent() and self.state != "1_canceled":
            day = min(trade_day(self, self._get_first_start() or self.create_date), trade_today(self))
            told[keys["order_counted"]] = self._prepare_course_fact("order_counted", day)
        if (
            self.state == "1_done"
            and self.outsourcing_kind != "rectification"
            and self.outsourcing_date_closed
        ):
            for fact_type, states in (("order_limited", ("met", "breached")), ("order_done", ("met",))):
                if self.outsourcing_sla_state in states:
                    moment = self.outsourcing_date_closed
                    told[keys[fact_type]] = self._prepare_course_fact(fact_type, moment)
        return told

    def _get_count_keys(self):
        return {
            fact_type: f"{fact_type}:{self._name}:{self.id}"
            for fact_type in ("order_counted", "order_limited", "order_done")
        }

    def _is_sent(self):
        """Return whether the order has reached the contractor."""
        new = self.env["ir.model.data"]._xmlid_to_res_id("property_outsourcing.order_stage_new")
        return bool(self.outsourcing_date_responded or self.is_closed or self.stage_id.id != new)

    def _tell_hours(self, clocks):
        if "requested" in self.outsourcing_hold_ids.mapped("state"):
            return {}
        told = {}
        for metric, fact_type in HOURS.items():
            reached = self._get_reached(metric)
            key = f"{fact_type}:{self._name}:{self.id}"
            if metric != "completion":  # each time anew
                key = f"{key}:{self.outsourcing_reopen_count}"
            hours = self._get_clock_hours(metric, reached, clocks) if reached else None
            told[key] = (
                hours is not None and self._prepare_course_fact(fact_type, reached, value=hours) or None
            )
        return told

    def _get_reached(self, metric):
        """Return the moment whose hours count for ``metric``, or False."""
        kind = self.outsourcing_kind
        if kind == "planned" or (kind == "rectification" and metric != "completion"):
            return False
        if metric != "completion":
            return self[REPORTED[metric]]
        if self.state == "1_canceled":
            return False
        return self.outsourcing_date_completed or self.outsourcing_date_closed

    def _get_clock_hours(self, metric, reached, clocks):
        """Return how long the order's own clock ran until ``reached``.

        It starts with the request (planned work: with its start; never before the order was entered), or when
        the order was given back; it runs in the working hours of the contract's term for the priority, around
        the clock where there is none; it stands still on every hold that stops it.

        :param dict clocks: calendar -> ``WorkClock``, shared by the orders of a batch
        :return: hours, with what ran before the order was given back where ``metric`` is the completion
        """
        start = self._get_clock_start()
        if not start:
            return None
        terms = {} if self._get_agreed_finish() else self._get_sla_terms()
        hours = self._get_running_hours(start, reached, self._get_clock(terms.get(metric), clocks))
        return round(hours + (self.outsourcing_hours_before if metric == "completion" else 0.0), 4)

    def _get_hours_so_far(self, clocks):
        """Return the hours of the repair that is given back now; an order that was cancelled adds none."""
        reached = self._get_reached("completion")
        hours = self._get_clock_hours("completion", reached, clocks) if reached else None
        return self.outsourcing_hours_before if hours is None else hours
