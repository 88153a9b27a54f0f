from collections import defaultdict
from datetime import time, timedelta

from odoo import api, fields, models
from odoo.tools.date_utils import localized, to_timezone

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day, trade_today, utc_moment

DUE, LATE, MISSING = "log_due", "log_late", "log_missing"


class OutsourcingContract(models.Model):
    """On which days a contract owes a log, and what follows when there is none."""

    _inherit = "outsourcing.contract"

    log_frequency = fields.Selection(
        [("none", "No duty"), ("workday", "Each working day"), ("daily", "Each day")],
        string="Site log due",
        compute="_compute_log_frequency",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Works owe a construction log of each working day until their completion is accepted; days on "
        "which the contract is suspended are none.",
    )
    date_logs_judged = fields.Date("Logs judged until", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_logs_judged"}

    @api.depends("kind")
    def _compute_log_frequency(self):
        for contract in self:
            contract.log_frequency = "workday" if contract.kind == "works" else "none"

    # ---- days -------------------------------------------------------------------------------------------

    def _get_last_log_day(self):
        """Return the latest day whose log cannot come in time any more."""
        days = self.company_id._get_outsourcing_setting("outsourcing_log_grace_days")
        return trade_today(self) - timedelta(days=days + 1)

    def _get_log_days(self, since, until, working):
        """Return the days after ``since`` and up to ``until`` of which the contract owes a log, ascending.

        :param set working: the working days among them
        """
        self.ensure_one()
        last = min(until, self._get_log_end() or until)
        first = max(since + timedelta(days=1), self.date_start)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [
            day
            for day in days
            if (day in working or self.log_frequency == "daily")
            and not any(rest._covers(day) for rest in self.suspension_ids)
        ]

    def _get_log_end(self):
        """Return the day on which the last completion was accepted; False while the work goes on."""
        rows = self.milestone_ids.filtered(lambda row: row.kind == "completion")
        return bool(rows) and all(rows.mapped("date_accepted")) and max(rows.mapped("date_accepted"))

    def _get_working_days(self, first, last):
        """Return the set of working days of the company the contracts ``self`` belong to."""
        company = self.company_id.sudo()  # a setting
        start, end = utc_moment(self, first, time.min), utc_moment(self, last, time.max)
        intervals = company.resource_calendar_id._work_intervals_batch(localized(start), localized(end))[
            False
        ]
        revert = to_timezone(None)
        return {trade_day(self, revert(moment)) for moment, _until, _meta in intervals}

    # ---- facts ------------------------------------------------------------------------------------------

    @api.model
    def _cron_record_logs(self):
        """Record for each day that is over which logs were due, and which came late or not at all."""
        domain = [("state", "=", "active"), ("log_frequency", "!=", "none")]
        waiting = self.search(domain).filtered(
            lambda contract: (
                not contract.date_logs_judged or contract.date_logs_judged < contract._get_last_log_day()
            )
        )
        waiting._run_in_batches("_process_log_days", domain=domain)

    def _process_log_days(self):
        """Judge the days of the contracts ``self`` since the last time; none before the first time."""
        days = {}
        for contracts in self.grouped("company_id").values():
            until = contracts[:1]._get_last_log_day()
            since = {contract: contract.date_logs_judged or until for contract in contracts}
            working = contracts._get_working_days(min(since.values()), until)
            days |= {
                contract: contract._get_log_days(since[contract], until, working) for contract in contracts
            }
            contracts._gated().write({"date_logs_judged": until})
        self._record_log_days(days)

    @api.model
    def _record_log_days(self, days):
        """Bring the facts about the logs of some days in line with what was handed in.

        A log handed in after the days of grace is late, whenever it was said to be missing before.

        :param dict days: contract -> the days to look at, each of them due
        """
        logs, told = self._search_first_logs(days), {}
        for contract, dates in days.items():
            for day in dates:
                told |= contract._tell_log_day(day, logs.get((contract, day)))
        if told:
            reason = self.env._("The log of the day was handed in after all.")
            self.env["outsourcing.fact"]._keep_true(told, reason)

    def _tell_log_day(self, day, log):
        grace = self.company_id._get_outsourcing_setting("outsourcing_log_grace_days")
        late = (trade_day(self, log.date_handed_in) - day).days - grace if log else 0
        due = {"contract": self, "source": self, "date": day, "fact_type": DUE}
        by_log = {"source": log, "community": log.community_id, "value": late} if late > 0 else None
        return {
            self._get_log_key(DUE, day): due,
            self._get_log_key(MISSING, day): None if log else {**due, "fact_type": MISSING},
            self._get_log_key(LATE, day): by_log and {**due, **by_log, "fact_type": LATE},
        }

    def _get_log_key(self, fact_type, day):
        return f"{fact_type}:{self._name}:{self.id}:{day}"

    @api.model
    def _search_first_logs(self, days):
        """Return the log handed in first: dict (contract, day) -> log."""
        dates = [day for dates in days.values() for day in dates]
        if not dates:
            return {}
        logs = self.env["outsourcing.site.log"].sudo()  # whether there are any, whoever hands one in
        found = defaultdict(logs.browse)
        for log in logs.search(
            [
                ("contract_id", "in", [contract.id for contract in days]),
                ("date", ">=", min(dates)),
                ("date", "<=", max(dates)),
                ("date_handed_in", "!=", False),
            ],
            order="date_handed_in desc, id desc",
        ):
            found[log.contract_id.with_env(self.env), log.date] = log
        return found


class OutsourcingContractSuspension(models.Model):
    _inherit = "outsourcing.contract.suspension"

    def _covers(self, day):
        """Return whether the contract rested on ``day``; the day of resumption counts again."""
        self.ensure_one()
        return self.date_start <= day and (not self.date_resumed or day < self.date_resumed)
