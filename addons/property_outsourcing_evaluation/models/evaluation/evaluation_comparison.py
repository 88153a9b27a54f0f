from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ...tools import draw_radar, get_color, tabulate

MOST = 8  # side by side on a screen


class OutsourcingEvaluation(models.Model):
    """Evaluations side by side, criterion by criterion: contractors of a quarter, or quarters of one."""

    _inherit = "outsourcing.evaluation"

    def action_compare(self):
        """Open the chosen evaluations side by side; one alone beside those of its service and quarter."""
        self.check_access("read")
        if len(self) > MOST:
            raise UserError(self.env._("At most %s evaluations stand side by side.", MOST))
        if len(self.service_type_id) > 1:
            raise UserError(
                self.env._("Only evaluations of one service are compared: their criteria differ.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_evaluation_compare_action"
        )
        return {
            **action,
            "context": {"default_service_type_id": self.service_type_id.id, **self._get_compared()},
        }

    def _get_compared(self):
        if len(self) == 1:
            return {"default_date_from": self.date_from, "default_date_to": self.date_from}
        return {"default_evaluation_ids": self.ids}

    def _get_comparison(self):
        """Return ``self`` side by side, in their order.

        :return: dict ``heads``: labels of the evaluations; ``rows``: dicts ``name``, ``points`` and
            ``figures``, lists with one entry per evaluation, points None where not rated
        """
        rows = {}
        for place, evaluation in enumerate(self):
            for line in evaluation.line_ids:
                # a criterion of the scorecard, whatever it is called since; else what it was called
                row = rows.setdefault(
                    line.criterion_id or line.name,
                    {"name": line.name, "points": [None] * len(self), "figures": [""] * len(self)},
                )
                if line.status == "rated":
                    row["points"][place] = line.points
                row["figures"][place] = line.figure or ""
        return {"heads": self._get_comparison_heads(), "rows": list(rows.values())}

    def _get_comparison_heads(self):
        firms = len(self.contractor_id) > 1
        quarters = len(set(self.mapped("date_from"))) > 1
        heads = []
        for evaluation in self:
            parts = [evaluation.contractor_name or evaluation.contractor_id.name] if firms else []
            parts += [evaluation.period_label] if quarters or not firms else []
            heads.append(" · ".join(parts))
        return heads

    def _render_comparison(self):
        """Return ``self`` side by side as HTML: radar, score, grade, place, and each criterion."""
        if not self:
            return Markup()
        _, comparison = self.env._, self._get_comparison()
        rows, best = [], set()
        totals = (
            (_("Score"), [f"{e.score:g}" if e.is_graded else "–" for e in self]),
            (_("Grade"), [e.grade_id.name or "–" for e in self]),
            (_("Place"), [e.rank_label or "–" for e in self]),
        )
        rows += [("", title, *cells) for title, cells in totals]
        for number, row in enumerate(comparison["rows"], start=1):
            cells = [self._render_cell(p, f) for p, f in zip(row["points"], row["figures"], strict=True)]
            rows.append((number, row["name"], *cells))
            known = [points for points in row["points"] if points is not None]
            if len(known) > 1 and min(known) < max(known):
                best |= {
                    (len(rows) - 1, place + 2)
                    for place, points in enumerate(row["points"])
                    if points == max(known)
                }
        heads = [self._render_head(number, head) for number, head in enumerate(comparison["heads"])]
        return self._render_comparison_radar(comparison) + tabulate(("", _("Criterion"), *heads), rows, best)

    def _render_comparison_radar(self, comparison):
        series = [list(column) for column in zip(*(row["points"] for row in comparison["rows"]), strict=True)]
        told = self.env._("Points by criterion: %s", ", ".join(comparison["heads"]))
        return draw_radar(told, len(comparison["rows"]), series, size=320)

    def _render_head(self, number, head):
        color = get_color(number)
        mark = Markup("<span style='color: %s'>■</span> ") % color if color else ""
        return Markup("%s%s") % (mark, head)

    def _render_cell(self, points, figure):
        if points is None:
            return Markup("<span class='text-muted'>%s</span>") % self.env._("Not rated")
        return Markup("%s<div class='small text-muted fw-normal'>%s</div>") % (f"{points:g}", figure)
