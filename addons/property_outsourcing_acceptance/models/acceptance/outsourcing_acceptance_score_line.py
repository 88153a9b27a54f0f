from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


class OutsourcingAcceptanceScoreLine(models.Model):
    """One criterion of a monthly score sheet with the points given."""

    _name = "outsourcing.acceptance.score.line"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _description = "Score of a criterion"
    _order = "acceptance_id, sequence, id"
    _workflow_parent = "acceptance_id"
    _line_open_states = ("draft", "disputed")

    acceptance_id = fields.Many2one("outsourcing.acceptance", required=True, index=True, ondelete="cascade")
    criterion_id = fields.Many2one(
        "outsourcing.score.criterion",
        string="Criterion of the template",
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(related="acceptance_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Criterion", required=True, translate=True)
    description = fields.Text(string="How it is judged", translate=True)
    weight = fields.Float(required=True, digits=(16, 2))
    max_points = fields.Float(string="Full marks", required=True, digits=(16, 2))
    points = fields.Float(required=True, digits=(16, 2))
    note = fields.Char(string="Reason of the deduction")
    weighted = fields.Float(compute="_compute_weighted", digits=(16, 2))

    _points_range = models.Constraint(
        "CHECK(points >= 0 AND points <= max_points)", "The points lie between 0 and the full marks."
    )

    @api.depends("points", "max_points", "weight")
    def _compute_weighted(self):
        for line in self:
            line.weighted = line.weight * line.points / line.max_points if line.max_points else 0.0

    @api.constrains("points", "max_points")
    def _check_points(self):
        for line in self:
            if not 0 <= line.points <= line.max_points:
                raise ValidationError(
                    self.env._(
                        "%(name)s: give between 0 and %(max)s points.",
                        name=line.name,
                        max=f"{line.max_points:g}",
                    )
                )

    def write(self, vals):
        if not self._is_gate_open() and set(vals) - {
            "points",
            "note",
            "sequence",
        }:
            raise UserError(self.env._("Criteria and weights come from the template of the score sheet."))
        return super().write(vals)

    def _copy_wording(self):
        """Take over name and description from the criterion in every language."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE outsourcing_acceptance_score_line line
                   SET name = criterion.name, description = criterion.description
                  FROM outsourcing_score_criterion criterion
                 WHERE criterion.id = line.criterion_id AND line.id = ANY(%s)
                """,
                list(self.ids),
            )
        )
        self.invalidate_recordset(["name", "description"])
