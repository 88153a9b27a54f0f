import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .comparison_workbook import render_workbook


class OutsourcingComplaintComparison(models.TransientModel):
    """Complaints before and after a month, for example the one in which a contract began."""

    _name = "outsourcing.complaint.comparison"
    _description = "Complaints before and after"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    contract_id = fields.Many2one(
        "outsourcing.contract",
        check_company=True,
        help="Its start, communities and service are taken.",
    )
    month = fields.Date(
        "First Month after",
        required=True,
        compute="_compute_month",
        store=True,
        readonly=False,
        help="This month and those after it are compared with those before.",
    )
    months = fields.Integer("Months on each Side", required=True, default=6)
    measure = fields.Selection(
        [("complaints", "Complaints alone"), ("reports", "Complaints and repairs")],
        "What is Counted",
        required=True,
        default="complaints",
    )
    community_ids = fields.Many2many(
        "outsourcing.community",
        "outsourcing_complaint_comparison_community_rel",
        compute="_compute_scope",
        store=True,
        readonly=False,
        help="Empty: all you see.",
    )
    category_ids = fields.Many2many(
        "outsourcing.complaint.category",
        "outsourcing_complaint_comparison_category_rel",
        compute="_compute_scope",
        store=True,
        readonly=False,
        help="Empty: all.",
    )
    line_ids = fields.One2many("outsourcing.complaint.comparison.line", "comparison_id", readonly=True)
    note = fields.Char(compute="_compute_note")
    file = fields.Binary(readonly=True, attachment=False)

    @api.depends("contract_id")
    def _compute_month(self):
        for wizard in self:
            start = wizard.contract_id.date_start or trade_today(self.env.company) - relativedelta(months=6)
            wizard.month = start.replace(day=1)

    @api.depends("contract_id")
    def _compute_scope(self):
        for wizard in self.filtered("contract_id"):
            contract = wizard.contract_id
            wizard.community_ids = contract.community_ids
            wizard.category_ids = self.env["outsourcing.complaint.category"].search(
                [("service_type_id", "=", contract.service_type_id.id)]
            )

    @api.depends("month", "months", "company_id")
    def _compute_note(self):
        figures = self.env["outsourcing.complaint.figure"]
        for wizard in self:
            domain = [("company_id", "=", wizard.company_id.id), ("reports", ">", 0)]
            [[first]] = figures._read_group(domain, [], ["month:min"])
            begin, _end = wizard._get_span() if wizard.month and wizard.months > 0 else (False, False)
            late = first and begin and begin < first
            wizard.note = late and self.env._(
                "Complaints are recorded since %s: the time before is not complete.", first
            )

    def _get_span(self):
        """Return the first day compared and the first one after what is compared."""
        start = self.month.replace(day=1)
        return start - relativedelta(months=self.months), start + relativedelta(months=self.months)

    def action_compare(self):
        """Count both sides and show them."""
        self.ensure_one()
        self._check_months()
        self.line_ids.unlink()
        counted, split = self._count(), self.month.replace(day=1)
        rows = []
        for community in sorted({community for community, _month in counted}, key=lambda row: row.name or ""):
            sides = {"before": [0, 0], "after": [0, 0]}
            for (place, month), (number, households) in counted.items():
                if place == community:
                    side = sides["before" if month < split else "after"]
                    side[0] += number
                    side[1] += households
            rows.append(self._prepare_line(community, sides))
        self.env["outsourcing.complaint.comparison.line"].create(rows)
        return self._reopen()

    def _check_months(self):
        if not 1 <= self.months <= 36:
            raise UserError(self.env._("Compare one to 36 months on each side."))

    def _get_figure_domain(self):
        """Return the domain of the figures that are compared."""
        begin, end = self._get_span()
        domain = [("company_id", "=", self.company_id.id), ("month", ">=", begin), ("month", "<", end)]
        if self.community_ids:
            domain.append(("community_id", "in", self.community_ids.ids))
        if self.category_ids:
            domain.append(("category_id", "in", self.category_ids.ids))
        return domain

    def _count(self):
        """Return what was reported and the households: dict (community, month) -> (number, households)."""
        rows = self.env["outsourcing.complaint.figure"]._read_group(
            self._get_figure_domain(),
            ["community_id", "month:month"],
            [f"{self.measure}:sum", "households:sum"],
        )
        return {
            (community, month): (number or 0, households or 0)
            for community, month, number, households in rows
        }

    def _prepare_line(self, community, sides):
        return {
            "comparison_id": self.id,
            "community_id": community.id,
            "before_count": sides["before"][0],
            "before_households": sides["before"][1],
            "after_count": sides["after"][0],
            "after_households": sides["after"][1],
        }

    def action_download(self):
        """Download the comparison, and the figures behind it by month, category and firm, as a workbook."""
        self.ensure_one()
        if not self.line_ids:
            self.action_compare()
        self.file = base64.b64encode(render_workbook(self))
        name = self.env._("Complaints before and after")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{name}.xlsx?download=true",
            "target": "download",
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints before and after"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class OutsourcingComplaintComparisonLine(models.TransientModel):
    """One community: its rate before and after."""

    _name = "outsourcing.complaint.comparison.line"
    _description = "Community before and after"

    comparison_id = fields.Many2one("outsourcing.complaint.comparison", required=True, ondelete="cascade")
    community_id = fields.Many2one("outsourcing.community", readonly=True)
    before_count = fields.Integer("Before", readonly=True)
    before_households = fields.Integer("Households × Months before", readonly=True)
    before_rate = fields.Float("Rate before", compute="_compute_rates", digits=(16, 2))
    after_count = fields.Integer("After", readonly=True)
    after_households = fields.Integer("Households × Months after", readonly=True)
    after_rate = fields.Float("Rate after", compute="_compute_rates", digits=(16, 2))
    change = fields.Char(compute="_compute_rates", help="Of the rate per 1,000 households and month.")

    @api.depends("before_count", "before_households", "after_count", "after_households")
    def _compute_rates(self):
        for line in self:
            before = get_rate(line.before_count, line.before_households)
            after = get_rate(line.after_count, line.after_households)
            # of the rates as they are: rounded ones would change otherwise
            line.update({"before_rate": before, "after_rate": after, "change": say_change(before, after)})


def get_rate(number, households):
    """Return the number per 1,000 households and month; 0 without households."""
    return number * 1000.0 / households if households else 0.0


def say_change(before, after):
    """Return how much the rate has changed, ``-35.0%``; nothing to compare with: a dash."""
    return f"{(after - before) / before * 100:+.1f}%" if before else "–"
