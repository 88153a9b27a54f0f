from odoo import api, fields, models

from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingScoreCriterion(models.Model):
    _name = "outsourcing.score.criterion"
    _description = "Score criterion"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("outsourcing.score.template", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Text(string="How it is judged", translate=True)
    weight = fields.Float(required=True, digits=(16, 2), help="Share of the total of 100.")
    max_points = fields.Float(string="Full marks", required=True, digits=(16, 2), default=100)
    fact_type = fields.Selection(
        "_get_trigger_selection",
        string="Deduct for",
        help="Facts of this type recorded in the period take points off by themselves; "
        "the supervisor may correct.",
    )
    points_per_fact = fields.Float(string="Points per fact", digits=(16, 2))

    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND weight <= 100)", "A weight lies between 0 and 100."
    )
    _max_points_positive = models.Constraint("CHECK(max_points > 0)", "Full marks must be more than zero.")
    _points_per_fact_positive = models.Constraint(
        "CHECK(points_per_fact >= 0)", "Points taken off are written without a sign."
    )

    @api.model
    def _get_trigger_selection(self):
        return self.env["outsourcing.fact"]._get_trigger_selection()

    def _prepare_score_line_vals(self, fact_value=0.0, clauses=()):
        """Return the values of the sheet's line, with the points the recorded facts leave.

        :param float fact_value: how much of ``fact_type`` was recorded in the period and takes points off
        :param clauses: the contract's clauses that charge further facts of that type, which the note names
        """
        self.ensure_one()
        notes = [self._get_fact_note(fact_value)] if fact_value and self.points_per_fact else []
        if clauses:
            names = join_names(self.env, [clause.display_name for clause in clauses])
            notes.append(self.env._("Charged by clause %s; no points are taken off for it.", names))
        lost = min(self.max_points, fact_value * self.points_per_fact)
        return {
            "criterion_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "description": self.description,
            "weight": self.weight,
            "max_points": self.max_points,
            "points": self.max_points - lost,
            "note": join_names(self.env, notes) or False,
        }

    def _get_fact_note(self, fact_value):
        labels = dict(self._fields["fact_type"]._description_selection(self.env))
        return f"{labels[self.fact_type]} × {fact_value:g}"
