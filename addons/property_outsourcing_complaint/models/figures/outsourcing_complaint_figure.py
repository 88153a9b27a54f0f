from datetime import time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import utc_moment

from ..complaint.complaint_repeat import COUNTED_KINDS

# rate -> (what is counted, out of what, factor); both are summed before they are divided, in every grouping
RATIOS = {
    "report_rate": ("reports", "households", 1000.0),
    "complaint_rate": ("complaints", "households", 1000.0),
    "mean_answer": ("answer_hours", "answered", 1.0),
    "mean_finish": ("finish_hours", "finished", 1.0),
    "late_rate": ("late", "finished", 100.0),
    "return_rate": ("returned", "handled", 100.0),
    "confirm_rate": ("confirmed", "handled", 100.0),
    "mean_stars": ("stars", "rated", 1.0),
}
MOST_HOUSEHOLDS = 10_000_000  # a community has fewer


class OutsourcingComplaintFigure(models.Model):
    """Figures of complaints: a row for each community, month, category and firm, also without a report.

    The rows without reports carry the households: a category nobody complained of in a community has its
    households all the same.
    """

    _name = "outsourcing.complaint.figure"
    _description = "Figures of Complaints"
    _auto = False
    _order = "month desc, community_id, id"
    _rec_name = "community_id"

    company_id = fields.Many2one("res.company", readonly=True)
    community_id = fields.Many2one("outsourcing.community", readonly=True)
    month = fields.Date(readonly=True)
    category_id = fields.Many2one("outsourcing.complaint.category", readonly=True)
    contractor_id = fields.Many2one("res.partner", readonly=True)
    households = fields.Integer(
        "Households × Months", readonly=True, help="Each community once in each month, as it is today."
    )
    reports = fields.Integer("Complaints and Repairs", readonly=True, help="Without merged ones and praise.")
    complaints = fields.Integer("Complaints alone", readonly=True)
    answered = fields.Integer(readonly=True)
    answer_hours = fields.Float("Hours to all Answers", readonly=True)
    finished = fields.Integer("Done", readonly=True)
    finish_hours = fields.Float("Hours to finish all", readonly=True)
    late = fields.Integer("Done Late", readonly=True)
    handled = fields.Integer("Dealt with", readonly=True, help="Done at least once.")
    returned = fields.Integer("Returned by Residents", readonly=True)
    confirmed = fields.Integer("Confirmed by Residents", readonly=True, help="Silence confirms nothing.")
    rated = fields.Integer("With Stars", readonly=True)
    stars = fields.Integer("All Stars", readonly=True)
    report_rate = fields.Float(
        "Complaints and Repairs per 1,000 Households and Month",
        readonly=True,
        aggregator="avg",
        digits=(16, 2),
    )
    complaint_rate = fields.Float(
        "Complaints per 1,000 Households and Month", readonly=True, aggregator="avg", digits=(16, 2)
    )
    mean_answer = fields.Float("Mean Hours to Answer", readonly=True, aggregator="avg", digits=(16, 1))
    mean_finish = fields.Float("Mean Hours to Finish", readonly=True, aggregator="avg", digits=(16, 1))
    late_rate = fields.Float("Late (%)", readonly=True, aggregator="avg", digits=(16, 1))
    return_rate = fields.Float("Returned (%)", readonly=True, aggregator="avg", digits=(16, 1))
    confirm_rate = fields.Float("Confirmed (%)", readonly=True, aggregator="avg", digits=(16, 1))
    mean_stars = fields.Float(readonly=True, aggregator="avg", digits=(16, 1))

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        name = aggregate_spec.partition(":")[0]
        if name == "households":
            return self._sum_households(query)
        if name not in RATIOS:
            return super()._read_group_select(aggregate_spec, query)
        part, whole, factor = RATIOS[name]
        return SQL(
            "(%s * %s / NULLIF(%s, 0))::float8",
            factor,
            self._read_group_select(f"{part}:sum", query),
            self._read_group_select(f"{whole}:sum", query),
        )

    @api.model
    def _sum_households(self, query):
        """Return the households of each community and month once, however many rows of a group name them."""
        column = {
            name: self._field_to_sql(self._table, name, query)
            for name in ("community_id", "month", "households")
        }
        key = SQL(
            "(%(community_id)s::numeric * 100000 + EXTRACT(YEAR FROM %(month)s) * 12"
            " + EXTRACT(MONTH FROM %(month)s)) * %(most)s",
            most=MOST_HOUSEHOLDS,
            **column,
        )
        return SQL(
            "(SUM(DISTINCT %(key)s + %(households)s) - SUM(DISTINCT %(key)s))::bigint",
            key=key,
            households=column["households"],
        )

    def action_view_complaints(self):
        """Open the complaints a row counts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_action"
        )
        after = self.month + relativedelta(months=1)
        domain = [
            ("community_id", "=", self.community_id.id),
            ("category_id", "=", self.category_id.id),
            ("contractor_id", "=", self.contractor_id.id),
            ("date_received", ">=", utc_moment(self, self.month, time.min)),
            ("date_received", "<", utc_moment(self, after, time.min)),
            ("kind", "in", COUNTED_KINDS),
            ("state", "not in", ("merged", "rejected")),
        ]
        return {**action, "domain": domain, "context": {}}
