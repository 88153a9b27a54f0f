from odoo import api, fields, models

from ...tools import tabulate


class OutsourcingEvaluationContract(models.Model):
    """What one contract of the quarter scores: the same scorecard, the facts of that contract."""

    _name = "outsourcing.evaluation.contract"
    _description = "Contract in a Quarter"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "date_from desc, contract_id, id"
    _workflow_parent = "evaluation_id"
    _line_open_states = ()
    _rec_name = "contract_id"

    evaluation_id = fields.Many2one("outsourcing.evaluation", required=True, index=True, ondelete="cascade")
    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(related="evaluation_id.contractor_id", store=True, index=True)
    date_from = fields.Date("First Day", related="evaluation_id.date_from", store=True)
    period_label = fields.Char("Quarter", related="evaluation_id.period_label")
    state = fields.Selection(related="evaluation_id.state")
    fact_count = fields.Integer("Facts", readonly=True)
    figures = fields.Json(
        readonly=True, help="Criterion of the evaluation -> its figure under this contract."
    )
    score = fields.Float(compute="_compute_score", store=True, digits=(16, 2), aggregator="avg")
    is_graded = fields.Boolean("Graded", compute="_compute_score", store=True)
    rated_weight = fields.Float("Weight Rated (%)", compute="_compute_score", store=True, digits=(16, 2))
    grade_id = fields.Many2one(
        "outsourcing.grade", compute="_compute_score", store=True, index=True, ondelete="restrict"
    )

    criteria_table = fields.Html("Criteria", compute="_compute_criteria_table", sanitize=False)

    _once = models.UniqueIndex("(evaluation_id, contract_id)", "The contract is in this quarter already.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"evaluation_id", "contract_id", "fact_count", "figures"}

    @api.depends(
        "figures",
        "evaluation_id.line_ids.points",
        "evaluation_id.line_ids.status",
        "evaluation_id.line_ids.points_before",
        "evaluation_id.min_rated_weight",
    )
    def _compute_score(self):
        grades = self.env["outsourcing.grade"]._get_grades()
        for row in self:
            rated = [
                (line.weight, points)
                for line, points, status in row._get_points()
                if status == "rated"
            ]  # fmt: skip
            weight = sum(share for share, _points in rated)
            graded = bool(weight) and round(weight, 2) >= row.evaluation_id.min_rated_weight
            row.rated_weight = weight
            row.is_graded = graded
            row.score = round(sum(share * points for share, points in rated) / weight, 2) if graded else 0.0
            row.grade_id = grades._pick(row.score).id if graded else False

    @api.depends("score", "figures")
    @api.depends_context("lang")
    def _compute_criteria_table(self):
        head = (
            self.env._("Criterion"),
            self.env._("Figure"),
            self.env._("Points"),
            self.env._("Of the Quarter"),
        )
        for row in self:
            rows = [
                (
                    part["name"],
                    part["figure"] or "",
                    "–" if part["points"] is None else f"{part['points']:g}",
                    f"{part['line'].points:g}" if part["line"].status == "rated" else "–",
                )
                for part in row._get_criteria()
            ]
            row.criteria_table = tabulate(head, rows)

    def _get_points(self):
        """Return (line, points, status) of each criterion as it holds for the contract ``self``.

        What a person decided, and what is recorded of the firm alone, holds for each of its contracts.
        """
        self.ensure_one()
        own = self.figures or {}
        points = []
        for line in self.evaluation_id.line_ids:
            source = (not line._is_decided() and own.get(str(line.id))) or line
            points.append((line, source["points"], source["status"]))
        return points

    def _get_criteria(self):
        """Return the criteria of the contract: dicts ``line``, ``name``, ``figure``, ``points`` or None."""
        own = self.figures or {}
        return [
            {
                "line": line,
                "name": line.name,
                "figure": line._get_figure(own.get(str(line.id))),
                "points": points if status == "rated" else None,
            }
            for line, points, status in self._get_points()
        ]

    def action_view_facts(self):
        """Open the facts of this contract that were counted."""
        self.ensure_one()
        self.check_access("read")
        return self.evaluation_id._get_facts_action(
            self.contract_id.display_name, [("contract_id", "=", self.contract_id.id)]
        )


class OutsourcingEvaluation(models.Model):
    _inherit = "outsourcing.evaluation"

    row_ids = fields.One2many(
        "outsourcing.evaluation.contract", "evaluation_id", "By Contract", readonly=True, copy=False
    )

    def _count_contracts(self, totals, households):
        """Draw up what each contract scores; see :meth:`_count`.

        :param dict totals: of :meth:`_map_totals`
        :param dict households: community id -> households
        """
        rows = self.env["outsourcing.evaluation.contract"]._gated()
        rows.search([("evaluation_id", "in", self.ids)]).unlink()
        types = self.env["outsourcing.fact"]._get_fact_types()
        vals_list = []
        for evaluation in self:
            found = totals[evaluation.id]
            lines = evaluation.line_ids.filtered(
                lambda line: (
                    line.method == "facts"
                    and (line.fact_type not in types or types[line.fact_type].of_contract)
                )
            )
            for contract in sorted(found.contracts):
                served = sum(households[community] for community in found.communities[contract])
                figures = {str(line.id): line._make_figure(found, types, contract, served) for line in lines}
                vals_list.append(
                    {
                        "evaluation_id": evaluation.id,
                        "contract_id": contract,
                        "fact_count": found.counts[contract],
                        "figures": figures,
                    }
                )
        rows.create(vals_list)
