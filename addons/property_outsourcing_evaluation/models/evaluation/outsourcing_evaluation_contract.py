import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import tabulate
from ...tools.measured import weigh


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
            found = weigh(rated, row.evaluation_id.min_rated_weight)
            row.rated_weight, row.is_graded, row.score = found
            row.grade_id = grades._pick(row.score).id if row.is_graded else False

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

    @api.model
    def _store(self, rows):
        """Create ``rows`` in one query.

        :param rows: list of dicts ``evaluation_id``, ``contract_id``, ``fact_count``, ``figures``,
            ``rated_weight``, ``is_graded``, ``score``, ``grade_id``
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO outsourcing_evaluation_contract (
                       evaluation_id, company_id, contractor_id, date_from, contract_id, fact_count, figures,
                       rated_weight, is_graded, score, grade_id,
                       create_uid, create_date, write_uid, write_date)
                SELECT e.id, e.company_id, e.contractor_id, e.date_from, new.contract_id, new.fact_count,
                       new.figures, new.rated_weight, new.is_graded, new.score, new.grade_id,
                       %(user)s, %(moment)s, %(user)s, %(moment)s
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(
                       evaluation_id int, contract_id int, fact_count int, figures jsonb,
                       rated_weight numeric, is_graded bool, score numeric, grade_id int)
                  JOIN outsourcing_evaluation e ON e.id = new.evaluation_id
                """,
                rows=json.dumps(rows),
                user=self.env.uid,
                moment=fields.Datetime.now(),
            )
        )

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

    def _count_contracts(self, totals, criteria):
        """Draw up what each contract scores; see :meth:`_count`.

        :param dict totals: of :meth:`_map_totals`
        :param dict criteria: of :meth:`_map_criteria`, counted
        """
        rows = self.env["outsourcing.evaluation.contract"]._gated()
        rows.search([("evaluation_id", "in", self.ids)]).unlink()
        types = self.env["outsourcing.fact"]._get_fact_types()
        grades, new = self.env["outsourcing.grade"]._get_grades(), []
        for evaluation in self:
            found, own = totals[evaluation.id], criteria[evaluation.id]
            for contract in sorted(found.contracts):
                figures = {
                    criterion.id: criterion.measured.count(found, types, contract)
                    for criterion in own
                    if criterion.measured and criterion.measured.is_of_contract(types)
                }
                weight, graded, score = _weigh_contract(own, figures, evaluation.min_rated_weight)
                new.append(
                    {
                        "evaluation_id": evaluation.id,
                        "contract_id": contract,
                        "fact_count": found.counts[contract],
                        "figures": {key: figure._asdict() for key, figure in figures.items()},
                        "rated_weight": weight,
                        "is_graded": graded,
                        "score": score,
                        "grade_id": grades._pick(score).id if graded else None,
                    }
                )
        rows._store(new)
        self.invalidate_recordset(["row_ids"])


def _weigh_contract(criteria, figures, least):
    """Return weight rated, whether graded, and score under one contract, as ``_compute_score`` has them."""
    rated = []
    for criterion in criteria:
        source = (not criterion.is_decided and figures.get(criterion.id)) or criterion
        if source.status == "rated":
            rated.append((criterion.weight, source.points))
    return weigh(rated, least)
