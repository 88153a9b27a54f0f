from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_sla_mixin import PRIORITIES

from ..scorecard.outsourcing_scorecard_criterion import JUDGES, MEASURES, METHODS

STATUSES = [("open", "To be judged"), ("rated", "Rated"), ("not_rated", "Not rated")]
MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingEvaluationLine(models.Model):
    """One criterion of an evaluation: the figure, the points, and what they rest on."""

    _name = "outsourcing.evaluation.line"
    _description = "Criterion of an Evaluation"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "evaluation_id, sequence, id"
    _workflow_parent = "evaluation_id"
    _line_open_states = ("draft", "appealed")

    evaluation_id = fields.Many2one("outsourcing.evaluation", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(related="evaluation_id.contractor_id", store=True, index=True)
    service_type_id = fields.Many2one(related="evaluation_id.service_type_id", store=True, index=True)
    date_from = fields.Date("First Day", related="evaluation_id.date_from", store=True)
    criterion_id = fields.Many2one(
        "outsourcing.scorecard.criterion",
        "Criterion of the Scorecard",
        index="btree_not_null",
        ondelete="set null",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Criterion", required=True, translate=True)
    description = fields.Text("How it is judged", translate=True)
    weight = fields.Float(required=True, digits=(16, 2))
    method = fields.Selection(METHODS, required=True)
    judge = fields.Selection(JUDGES, "Judged by")
    measure = fields.Selection(MEASURES)
    fact_type = fields.Selection("_get_fact_type_selection", "Facts")
    denominator_type = fields.Selection("_get_fact_type_selection", "Out of")
    priority = fields.Selection(PRIORITIES)
    min_sample = fields.Integer("Least Sample")
    bands = fields.Json("Points by Figure")

    numerator = fields.Float("Counted", digits=(16, 2))
    sample = fields.Float(digits=(16, 2))
    value = fields.Float(digits=(16, 2))
    status = fields.Selection(STATUSES, required=True, default="open")
    points = fields.Float(digits=(16, 2), aggregator="avg")
    note = fields.Char("Reason")
    judged_by_id = fields.Many2one("res.users", "Points given by", readonly=True)
    is_appealed = fields.Boolean("Appealed against")
    points_before = fields.Float("Points before the Appeal", digits=(16, 2))

    share = fields.Float("Effective Weight (%)", compute="_compute_share", digits=(16, 2))
    lost = fields.Float("Points Lost", compute="_compute_share", digits=(16, 2))
    figure = fields.Char(compute="_compute_figure")
    explanation = fields.Char("Why, and How to Win Back", compute="_compute_figure")
    can_judge = fields.Boolean(compute="_compute_can_judge", export_string_translation=False)

    _points_range = models.Constraint("CHECK(points >= 0 AND points <= 100)", "Points lie between 0 and 100.")

    @api.model
    def _get_fact_type_selection(self):
        return self.env["outsourcing.fact"]._get_fact_type_selection()

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "numerator", "sample", "value", "judged_by_id", "is_appealed", "points_before",
        }  # fmt: skip

    @api.depends(
        "weight", "status", "points", "evaluation_id.line_ids.weight", "evaluation_id.line_ids.status"
    )
    def _compute_share(self):
        for line in self:
            total = sum(other.weight for other in line.evaluation_id.line_ids if other.status != "not_rated")
            counts = line.status != "not_rated" and total
            line.share = line.weight / total * 100 if counts else 0.0
            line.lost = line.share * (100 - line.points) / 100 if line.status == "rated" else 0.0

    @api.depends("method", "judge", "evaluation_id.state", "is_appealed")
    @api.depends_context("uid")
    def _compute_can_judge(self):
        manages = self.env.user.has_group(MANAGER)
        writes = self.has_access("write")
        for line in self:
            state = line.evaluation_id.state
            judged = line.method == "judged" and (line.judge != "manager" or manages)
            line.can_judge = writes and (
                judged if state == "draft" else state == "appealed" and line.is_appealed and manages
            )

    @api.constrains("points")
    def _check_points(self):
        for line in self:
            if not 0 <= line.points <= 100:
                raise ValidationError(self.env._("%s: give between 0 and 100 points.", line.name))

    def write(self, vals):
        if self._is_gate_open():
            return super().write(vals)
        self.check_access("write")
        if set(vals) - {"points", "note"}:
            raise UserError(
                self.env._("Criteria and weights come from the scorecard: points and reason are given.")
            )
        self._check_judge()
        stamp = {"status": "rated", "judged_by_id": self.env.uid} if "points" in vals else {}
        return super(OutsourcingEvaluationLine, self._gated()).write({**vals, **stamp})

    def _check_judge(self):
        """Raise unless the acting person may give these points now."""
        self._check_parent_open()
        if not all(self.mapped("can_judge")):
            line = self.filtered(lambda line: not line.can_judge)[:1]
            if line.method == "facts" and line.evaluation_id.state == "draft":
                raise UserError(
                    self.env._("%s follows from facts: correct the document behind it.", line.name)
                )
            if line.evaluation_id.state == "appealed" and not line.is_appealed:
                raise UserError(self.env._("%s is not appealed against and stays as it is.", line.name))
            raise AccessError(self.env._("%s is judged by a manager.", line.name))

    def action_skip(self):
        """Leave the criterion out: it could not be judged in this quarter."""
        self.ensure_one()
        self.check_access("write")
        self._check_judge()
        self._gated().write({"status": "not_rated", "judged_by_id": self.env.uid})  # checked above

    def action_view_facts(self):
        """Open the facts the figure is made of."""
        self.ensure_one()
        self.check_access("read")
        return self.evaluation_id._get_facts_action(self.name, self._get_type_domain())

    def _search_facts(self, limit=None):
        """Return the facts the figure of ``self`` (in sudo) is made of, the latest first."""
        facts = self.env["outsourcing.fact"].with_context(active_test=False)
        return facts.search([*self.evaluation_id._get_facts_domain(), *self._get_type_domain()], limit=limit)

    def _get_type_domain(self):
        self.ensure_one()
        types = [code for code in (self.fact_type, self.denominator_type) if code]
        domain = [("fact_type", "in", types)]
        if self.priority:
            domain.append(("priority", "=", self.priority))
        return domain
