from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from ..models.workflow.trade_time import trade_today


class OutsourcingRepairComparison(models.TransientModel):
    """Repair times of two periods side by side: before and after a contract started, or any day."""

    _name = "outsourcing.repair.comparison"
    _description = "Repair Times before and after"

    date_split = fields.Date(
        "Day of the Change",
        required=True,
        default=lambda self: trade_today(self).replace(day=1),
        help="The day the new contract started; it belongs to the time after.",
    )
    months = fields.Integer("Months on each Side", default=6, required=True)
    community_ids = fields.Many2many("outsourcing.community", string="Communities", help="Empty means all.")
    service_type_id = fields.Many2one("outsourcing.service.type", help="Empty means all.")
    line_ids = fields.One2many(
        "outsourcing.repair.comparison.line",
        "comparison_id",
        compute="_compute_line_ids",
        compute_sudo=False,  # whoever compares sees what he may
        store=True,
    )
    summary = fields.Char(compute="_compute_summary")

    @api.constrains("months")
    def _check_months(self):
        if any(comparison.months < 1 for comparison in self):
            raise ValidationError(self.env._("Compare one month at least."))

    @api.depends("date_split", "months", "community_ids", "service_type_id")
    def _compute_line_ids(self):
        for comparison in self:
            rows = comparison._prepare_rows() if comparison.date_split and comparison.months > 0 else []
            comparison.line_ids = [Command.clear(), *(Command.create(vals) for vals in rows)]

    @api.depends("line_ids")
    def _compute_summary(self):
        for comparison in self:
            before = comparison._get_mean("before")
            after = comparison._get_mean("after")
            comparison.summary = (
                self.env._(
                    "Mean repair time %(before)s h before, %(after)s h after (%(change)s %%).",
                    before=f"{before:.1f}",
                    after=f"{after:.1f}",
                    change=f"{100 * (after - before) / before:+.0f}",
                )
                if before and after
                else False
            )

    def _get_mean(self, side):
        count = sum(self.line_ids.mapped(f"count_{side}"))
        hours = sum(line[f"mean_{side}"] * line[f"count_{side}"] for line in self.line_ids)
        return hours / count if count else 0.0

    def _prepare_rows(self):
        """Return the values of the lines, a dict for each community and service type with repairs."""
        split = self.date_split
        months = relativedelta(months=self.months)
        spans = {"before": (split - months, split), "after": (split, split + months)}
        rows = {}
        for side, (since, until) in spans.items():
            for (community, service), figures in self._read_side(since, until).items():
                row = rows.setdefault(
                    (community, service),
                    {"community_id": community.id, "service_type_id": service.id},
                )
                row.update({f"{name}_{side}": value for name, value in figures.items()})
        ordered = sorted(rows, key=lambda key: (key[0].display_name or "", key[1].sequence))
        return [rows[key] for key in ordered]

    def _read_side(self, since, until):
        tasks = self.env["project.task"].with_context(active_test=False)  # contracts that ended count too
        domain = Domain(tasks._get_repair_domain()) & Domain(
            [
                ("outsourcing_contract_id", "!=", False),
                ("outsourcing_date_requested", ">=", since),
                ("outsourcing_date_requested", "<", until),
            ]
        )
        if self.community_ids:
            domain &= Domain("outsourcing_community_id", "in", self.community_ids.ids)
        if self.service_type_id:
            domain &= Domain("outsourcing_service_type_id", "=", self.service_type_id.id)
        groups = ["outsourcing_community_id", "outsourcing_service_type_id"]
        means = tasks._read_group(domain, groups, ["__count", "outsourcing_repair_hours:avg"])
        limited = domain & Domain("outsourcing_sla_state", "in", ("met", "breached"))
        kept = {}
        for community, service, state, count in tasks._read_group(
            limited, [*groups, "outsourcing_sla_state"], ["__count"]
        ):
            kept.setdefault((community, service), {})[state] = count
        figures = {}
        for community, service, count, mean in means:
            states = kept.get((community, service), {})
            total = sum(states.values())
            figures[community, service] = {
                "count": count,
                "mean": mean or 0.0,
                "rate": 100 * states.get("met", 0) / total if total else 0.0,
            }
        return figures


class OutsourcingRepairComparisonLine(models.TransientModel):
    _name = "outsourcing.repair.comparison.line"
    _description = "Repair Times of a Community before and after"

    comparison_id = fields.Many2one(
        "outsourcing.repair.comparison", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one("outsourcing.community")
    service_type_id = fields.Many2one("outsourcing.service.type")
    count_before = fields.Integer("Repairs before")
    mean_before = fields.Float("Mean before (h)", digits=(16, 1))
    rate_before = fields.Float("In Time before (%)", digits=(16, 1))
    count_after = fields.Integer("Repairs after")
    mean_after = fields.Float("Mean after (h)", digits=(16, 1))
    rate_after = fields.Float("In Time after (%)", digits=(16, 1))
    change = fields.Float("Change (%)", compute="_compute_change", digits=(16, 1))

    @api.depends("mean_before", "mean_after")
    def _compute_change(self):
        for line in self:
            comparable = line.mean_before and line.mean_after
            line.change = 100 * (line.mean_after - line.mean_before) / line.mean_before if comparable else 0.0
