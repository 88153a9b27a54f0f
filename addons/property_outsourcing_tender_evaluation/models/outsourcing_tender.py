from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingTender(models.Model):
    """Past performance: the mean of the final evaluations of the service in the year before the opening."""

    _inherit = "outsourcing.tender"

    performance_points = fields.Float(
        "Points for Past Performance",
        compute="_compute_performance",
        store=True,
        readonly=False,
        precompute=True,
        digits=(16, 2),
        help="What an evaluation of 100 adds to the points of a bid; bidders read it, and it is fixed with "
        "the publication. 0: past performance does not count.",
    )
    performance_default = fields.Float(
        "Score without Evaluations",
        compute="_compute_performance",
        store=True,
        readonly=False,
        precompute=True,
        digits=(16, 2),
    )

    @api.depends("way_id")
    def _compute_performance(self):
        for tender in self:
            if tender.state in (False, "draft"):
                way = tender.way_id  # without a panel the price alone decides
                tender.performance_points = way.performance_points if way.panel_size else 0.0
                tender.performance_default = tender.way_id.performance_default
            else:
                tender.performance_points = tender.performance_points or 0.0
                tender.performance_default = tender.performance_default or 0.0

    @api.constrains("performance_points", "performance_default")
    def _check_performance(self):
        for tender in self:
            if not 0 <= tender.performance_points <= 100 or not 0 <= tender.performance_default <= 100:
                raise ValidationError(
                    self.env._("Past performance counts 0 to 100 points, by a score of 0 to 100.")
                )

    def _get_bid_bonus(self, contractors):
        bonus = super()._get_bid_bonus(contractors)
        if not self.performance_points:
            return bonus
        evaluations = self._get_past_evaluations(contractors)
        return {
            contractor: [*rows, self._get_performance_row(evaluations.get(contractor))]
            for contractor, rows in bonus.items()
        }

    def _get_past_evaluations(self, contractors):
        """Return the evaluations that count, a dict contractor (in sudo) -> ``outsourcing.evaluation``.

        What becomes final after the opening, the bidders known, does not count.
        """
        moment = self.date_opened or fields.Datetime.now()
        opened = trade_day(self, moment)
        found = self.env["outsourcing.evaluation"].search(
            [
                ("contractor_id", "in", contractors.ids),
                ("company_id", "=", self.company_id.id),
                ("service_type_id", "=", self.service_type_id.id),
                ("state", "=", "final"),
                ("date_final", "<=", moment),
                ("is_graded", "=", True),
                ("date_to", "<", opened),
                ("date_to", ">=", opened - relativedelta(years=1)),
            ],
            order="date_from",
        )
        return found.grouped("contractor_id")

    def _get_performance_row(self, evaluations):
        """Return (label, points) for the ``evaluations`` of one firm, None if it has none."""
        most = f"{self.performance_points:g}"
        if not evaluations:
            score = self.performance_default
            label = self.env._(
                "Past performance (no evaluation: %(score)s × %(most)s ÷ 100)", score=f"{score:g}", most=most
            )
        else:
            score = round(sum(evaluations.mapped("score")) / len(evaluations), 2)
            label = self.env._(
                "Past performance (%(quarters)s: mean %(score)s × %(most)s ÷ 100)",
                quarters=join_names(self.env, evaluations.mapped("period_label")),
                score=f"{score:g}",
                most=most,
            )
        return label, round(score * self.performance_points / 100, 2)
