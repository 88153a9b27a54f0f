from odoo import models

from odoo.addons.property_outsourcing.tools import plain_number

# of a grade, by its color: what Odoo's kanban shows, light enough for black figures
COLORS = {1: "#f5b7b1", 2: "#fad7a0", 3: "#fcf3a5", 4: "#d4e6f1", 10: "#a9dfbf"}
NO_COLOR = "#ffffff"


class OutsourcingEvaluation(models.Model):
    """Evaluations as a paper or table: the sheet of one quarter, contractors by quarter."""

    _inherit = "outsourcing.evaluation"

    def _get_matrix(self):
        """Return ``self`` as a table of contractors by quarter, the last quarter's best first.

        :return: dict ``quarters``: labels; ``rows``: dicts of ``contractor``, ``service`` and ``cells``, for
            each quarter a dict of ``score`` (None: not evaluated or not rated), ``text``, ``color`` (#rrggbb)
        """
        days = sorted(set(self.mapped("date_from")))
        labels = {evaluation.date_from: evaluation.period_label for evaluation in self}
        rows = []
        for (contractor, service), own in self.grouped(
            lambda e: (e.contractor_id, e.service_type_id)
        ).items():
            by_day = own.grouped("date_from")
            cells = [by_day.get(day, self.browse())[:1]._prepare_matrix_cell() for day in days]
            rows.append({"contractor": contractor.name, "service": service.name, "cells": cells})
        rows.sort(key=lambda row: [-(cell["score"] or 0) for cell in reversed(row["cells"])])
        return {"quarters": [labels[day] for day in days], "rows": rows}

    def _prepare_matrix_cell(self):
        if not self.is_graded:
            return {"score": None, "text": "–" if self else "", "color": NO_COLOR}
        text = f"{plain_number(self.score)} {self.grade_id.name}"
        return {"score": self.score, "text": text, "color": COLORS.get(self.grade_color, NO_COLOR)}

    # ---- the sheet --------------------------------------------------------------------------------------

    def _get_print_number(self, number):
        return plain_number(round(number, 2))

    def _get_print_result(self):
        """Return the state, and what the grade means."""
        self.ensure_one()
        return " · ".join(filter(None, (self._get_state_label(), self.grade_id.meaning)))

    def _get_print_signers(self):
        """Return who signs the sheet, in this order."""
        _ = self.env._
        return [
            _("Project manager"),
            _("Engineering (quality) department"),
            _("Contractor (signature, seal)"),
        ]
