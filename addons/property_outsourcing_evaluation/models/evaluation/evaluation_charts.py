from markupsafe import Markup

from odoo import api, fields, models

from ...tools import draw_radar, draw_trend, tabulate

QUARTERS = 8  # of a trend


class OutsourcingEvaluation(models.Model):
    """The points of the quarter as a radar, the scores of the last quarters as a line, both also as text."""

    _inherit = "outsourcing.evaluation"

    charts = fields.Html(compute="_compute_charts", sanitize=False, export_string_translation=False)

    @api.depends("line_ids.points", "line_ids.status", "score")
    @api.depends_context("lang")
    def _compute_charts(self):
        history = self._map_history()
        for evaluation in self:
            evaluation.charts = evaluation._draw_charts(history[evaluation])

    def _map_history(self):
        """Return a dict: evaluation -> its contractor's last graded quarters in the service, itself included.

        Quarters that are not final are left out, except its own; the earliest comes first.
        """
        domain = [
            ("contractor_id", "in", self.contractor_id.ids),
            ("service_type_id", "in", self.service_type_id.ids),
            "|",
            ("state", "=", "final"),
            ("id", "in", self.ids),
        ]
        # sudo: of the same contractor, which whoever reads the evaluation may compare
        own = self.sudo()
        found = own.search(domain, order="date_from, id").filtered("is_graded")
        (found | own).grade_id.mapped("name")  # all at once, each chart reads its own
        found = found.grouped(lambda e: (e.company_id, e.contractor_id, e.service_type_id))
        history = {}
        for evaluation in own:
            key = (evaluation.company_id, evaluation.contractor_id, evaluation.service_type_id)
            # others that were asked for at the same time may not be final
            final = [e for e in found.get(key, ()) if e.state == "final"]
            earlier = [e for e in final if e.date_from < evaluation.date_from]
            history[evaluation] = own.browse().union(*earlier[1 - QUARTERS :], evaluation)
        return history

    def _draw_charts(self, history):
        """Return radar and trend of ``self``.

        :param history: its quarters as :meth:`_map_history` has them
        """
        return Markup("<div class='d-flex flex-wrap gap-4 align-items-start'>%s%s</div>") % (
            self._draw_radar(history[-2:-1]),
            history._draw_trend(),
        )

    def _draw_radar(self, former=()):
        """Return the radar of the rated criteria, over the quarter ``former``, with its legend."""
        lines = self.line_ids.filtered(lambda line: line.status == "rated")
        before = {line.criterion_id: line for line in former and former.line_ids if line.status == "rated"}
        series = [[line.points for line in lines]]
        if any(line.criterion_id in before for line in lines):
            series.append(
                [before[c].points if (c := line.criterion_id) in before else None for line in lines]
            )
        told = self.env._(
            "Points by criterion in %(quarter)s: %(points)s",
            quarter=self.period_label,
            points=", ".join(f"{line.name} {line.points:g}" for line in lines),
        )
        labels = [self.period_label, former.period_label] if len(series) > 1 else [self.period_label]
        rows = [
            (number, line.name, f"{line.points:g}", *(self._say(column[number - 1]) for column in series[1:]))
            for number, line in enumerate(lines, start=1)
        ]
        head = ("", self.env._("Criterion"), *labels)
        radar = draw_radar(told, len(lines), series)
        return Markup("<div>%s</div><div>%s</div>") % (radar, tabulate(head, rows)) if lines else Markup()

    def _say(self, points):
        return "–" if points is None else f"{points:g}"

    def _draw_trend(self):
        """Return the scores of ``self``, quarters of one contractor and service, as a line and a table."""
        shown = self.filtered("is_graded")
        if not shown:
            return Markup()
        labels = shown.mapped("period_label")
        told = self.env._(
            "Score by quarter: %s",
            ", ".join(f"{e.period_label} {e.score:g} {e.grade_id.name}" for e in shown),
        )
        # one point is no line
        chart = draw_trend(told, labels, [shown.mapped("score")]) if len(shown) > 1 else ""
        rows = [(e.period_label, f"{e.score:g}", e.grade_id.name or "–", e.rank_label or "–") for e in shown]
        _ = self.env._
        head = (_("Quarter"), _("Score"), _("Grade"), _("Place"))
        return Markup("<div>%s</div><div>%s</div>") % (chart, tabulate(head, rows))

    def _draw_print_charts(self):
        """Return the radar and the trend of ``self`` beside each other for the sheet of the quarter."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.status == "rated")
        shown = self._map_history()[self].filtered("is_graded")
        radar = draw_radar(self.period_label, len(lines), [lines.mapped("points")], size=220)
        trend = draw_trend(self.period_label, shown.mapped("period_label"), [shown.mapped("score")], 330, 180)
        return Markup("<span>%s</span> <span>%s</span>") % (radar, trend if len(shown) > 1 else "")
