from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import join_names
from ..workflow.gate import open_gate
from ..workflow.trade_time import format_moment
from .project_task_sla import DEADLINES, METRICS, REPORTED

ACTIVITIES = {metric: f"property_outsourcing.activity_type_order_{metric}" for metric in METRICS}


class ProjectTask(models.Model):
    """What a missed time limit sets going: a fact with its proposal, a sentence and an activity.

    The clock itself is one statement for all orders; only the few whose missed limits differ from those
    already announced are looked at here.
    """

    _name = "project.task"
    _inherit = ["project.task", "outsourcing.batch.mixin"]

    outsourcing_missed_limits = fields.Char("Limits Announced as Missed", readonly=True, copy=False)

    @api.model
    def _cron_update_sla_states(self):
        """Let the hour work on the states of all open orders, and announce the limits it has passed."""
        pending = self._search_sla_changes() | self._search_unannounced()
        pending._run_in_batches("_process_clock", size=500)

    def _process_clock(self):
        self._update_sla_state()
        self._announce_breaches()

    @api.model
    def _search_unannounced(self):
        """Return the open orders whose missed limits are not those that were announced."""
        self.flush_model(["outsourcing_missed_limits", "outsourcing_has_hold_request", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM project_task
                 WHERE outsourcing_contract_id IS NOT NULL AND state NOT IN ('1_done', '1_canceled')
                   AND outsourcing_kind IS DISTINCT FROM 'rectification'
                   AND outsourcing_has_hold_request IS NOT TRUE
                   AND COALESCE(outsourcing_breach_count, 0)
                       <> COALESCE(cardinality(string_to_array(outsourcing_missed_limits, ',')), 0)
              ORDER BY id
                """
            )
        )
        return self.browse(row[0] for row in rows)

    def _announce_breaches(self):
        """Bring what follows from missed limits in line with the clock of the orders ``self``.

        While a request for a hold is not answered nothing is said. What a defect orders is the defect's to
        judge. The number of queries does not depend on that of the orders.
        """
        now = fields.Datetime.now()
        missed = {
            order: order._get_missed_metrics(now)
            for order in self.sudo()  # what the clock says does not depend on who reads
            if order.outsourcing_kind != "rectification" and not order.outsourcing_has_hold_request
        }
        changed = self.sudo().filtered(lambda order: order in missed)  # the same orders, in sudo as above
        changed = changed.filtered(lambda order: missed[order] != order._get_announced_metrics())
        for lang, orders in changed.grouped(lambda order: order.company_id.partner_id.lang).items():
            orders.with_context(lang=lang)._process_breaches(missed)

    def _get_announced_metrics(self):
        return self.outsourcing_missed_limits.split(",") if self.outsourcing_missed_limits else []

    def _get_missed_metrics(self, now):
        """Return the metrics whose limit has passed, as the statement of the clock counts them."""
        until = self.outsourcing_date_closed or self.outsourcing_date_paused or now
        return [
            metric
            for metric in METRICS
            if self[DEADLINES[metric]] and self[DEADLINES[metric]] < (self[REPORTED[metric]] or until)
        ]

    def _process_breaches(self, missed):
        """Announce and withdraw for the orders ``self`` (in sudo).

        :param dict missed: order -> the metrics missed as of now
        """
        new, undone = [], []
        for order in self:
            announced = order._get_announced_metrics()
            new += [(order, metric) for metric in missed[order] if metric not in announced]
            undone += [(order, metric) for metric in announced if metric not in missed[order]]
        for text, orders in self.grouped(lambda order: ",".join(missed[order])).items():
            open_gate(orders).write({"outsourcing_missed_limits": text or False})
        awaited = [(order, metric) for order, metric in new if order._is_awaited(metric)]
        self._record_breaches(awaited)
        self._schedule_breach_activities(awaited)
        self._log_breaches(new, undone)
        if undone:
            self._withdraw_lateness(undone)

    def _is_awaited(self, metric):
        return not self[REPORTED[metric]] and not self.is_closed

    def _get_lateness_case(self, metric):
        """Return the key of one failure: the limit missed first and met late in the end."""
        return f"project.task:{self.id}:{metric}:{self.outsourcing_reopen_count}"

    def _get_metric_labels(self):
        terms = self.env["outsourcing.contract.sla"]
        return dict(terms._fields["metric"]._description_selection(self.env))

    @api.model
    def _record_breaches(self, pairs):
        labels, now = self._get_metric_labels(), fields.Datetime.now()
        facts = [
            {
                "fact_type": "order_breached",
                "contract": order.outsourcing_contract_id,
                "source": order,
                "community": order.outsourcing_community_id,
                "date": order._get_lateness_date(order[DEADLINES[metric]]),
                "case": order._get_lateness_case(metric),
                # a limit that was moved and is missed again is missed anew
                "key": f"order_breached:{order._get_lateness_case(metric)}:{now:%Y%m%d%H%M%S}",
                "note": labels[metric],
            }
            for order, metric in pairs
        ]
        if facts:
            self.env["outsourcing.fact"]._record(facts)

    # ---- who is told ------------------------------------------------------------------------------------

    def _get_responsible_candidates(self):
        community, contract = self.outsourcing_community_id, self.outsourcing_contract_id
        users = super()._get_responsible_candidates() | self.user_ids | community.supervisor_ids
        return users | community._get_managers() | contract.manager_id

    def _is_of_outsourcing(self):
        return bool(self.outsourcing_contract_id)

    @api.model
    def _get_duty_fields(self):
        still_open = [("outsourcing_contract_id", "!=", False), ("is_closed", "=", False)]
        return {**super()._get_duty_fields(), "user_ids": still_open}

    @api.model
    def _schedule_breach_activities(self, pairs):
        quiet = self.with_context(mail_activity_quick_update=True)
        for metric, xmlid in ACTIVITIES.items():
            quiet._schedule_events(
                xmlid,
                {
                    order: {
                        "summary": self.env._("Overdue: %s", order._get_limit_label(metric)),
                        "date_deadline": order._get_lateness_day(order[DEADLINES[metric]]),
                    }
                    for order, missed in pairs
                    if missed == metric
                },
            )

    def _close_breach_activities(self):
        """Remove the activities of the orders ``self`` (in sudo) whose limit is not awaited any more."""
        for metric, xmlid in ACTIVITIES.items():
            over = self.filtered(
                lambda order, metric=metric: (
                    metric in order._get_announced_metrics() and not order._is_awaited(metric)
                )
            )
            if over:
                over.activity_unlink([xmlid])

    def _get_limit_label(self, metric):
        """Return the limit as people say it: the contract's term, or the finish agreed for this order."""
        label = self._get_metric_labels()[metric]
        if self._get_agreed_finish():
            return self.env._("%s as planned", label)
        term = self._get_sla_terms().get(metric)
        return term.display_name if term else label

    def _log_breaches(self, new, undone):
        clauses = self._get_lateness_clauses()
        lines = {}
        for order, metric in new:
            lines.setdefault(order.id, []).append(order._get_breach_sentence(metric, clauses))
        for order, metric in undone:
            lines.setdefault(order.id, []).append(
                self.env._("The time limit was moved and is no longer missed: %s.", order._get_due(metric))
            )
        bodies = {order_id: Markup("<br/>").join(texts) for order_id, texts in lines.items()}
        self.browse(bodies)._message_log_batch(bodies)

    def _get_lateness_clauses(self):
        """Return the clauses about late orders: contract -> names with their numbers."""
        rules = self.env["outsourcing.contract.rule"].search(
            [("contract_id", "in", self.outsourcing_contract_id.ids), ("trigger", "=", "order_late")]
        )
        return {
            contract: join_names(self.env, found.mapped("display_name"))
            for contract, found in rules.grouped("contract_id").items()
        }

    def _get_due(self, metric):
        """Return a limit and its hour, e.g. ``P1 Arrival on site 1 h, 2 March 11:00``."""
        deadline = self[DEADLINES[metric]]
        label = self._get_limit_label(metric)
        if not deadline:
            return label
        return f"{label}, {format_moment(self.outsourcing_contract_id, deadline)}"

    def _get_breach_sentence(self, metric, clauses):
        due, clause = self._get_due(metric), clauses.get(self.outsourcing_contract_id)
        if clause:
            return self.env._("Time limit missed: %(due)s; clause: %(clause)s.", due=due, clause=clause)
        return self.env._("Time limit missed: %s; no clause sets a penalty.", due)

    # ---- withdrawal -------------------------------------------------------------------------------------

    @api.model
    def _withdraw_lateness(self, pairs):
        """Take back what was proposed for limits that are not missed any more."""
        cases = [order._get_lateness_case(metric) for order, metric in pairs]
        facts = self.env["outsourcing.fact"].search([("case_key", "in", cases)])
        reason = self.env._("Withdrawn: the time limit was moved and is no longer missed.")
        self.env["outsourcing.adjustment"]._withdraw(facts, reason)
        facts._void(reason)
        for metric, xmlid in ACTIVITIES.items():
            orders = self.union(*(order for order, undone in pairs if undone == metric))
            if orders:
                orders.activity_unlink([xmlid])
