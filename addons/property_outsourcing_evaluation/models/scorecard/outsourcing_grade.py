from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.gate import is_uninstalling

ADVICES = [
    ("priority", "Renew first"),
    ("renew", "Renew"),
    ("improve", "Renew after improvement"),
    ("end", "Do not renew"),
]


class OutsourcingGrade(models.Model):
    """What a score is worth. Every grade reaches up to the next better one: no score lies between two."""

    _name = "outsourcing.grade"
    _description = "Grade of a Contractor"
    _order = "score_from desc"

    name = fields.Char("Grade", required=True, translate=True)
    meaning = fields.Char(required=True, translate=True)
    score_from = fields.Float(
        required=True, digits=(16, 2), help="The grade of every score from here up to the next better grade."
    )
    color = fields.Integer()
    advice = fields.Selection(ADVICES, "Advice on Renewal", required=True, default="renew")
    blocks_award = fields.Boolean(
        "No New Work",
        help="While it is the contractor's last grade, it is given no new contract of this service.",
    )
    pay_factor = fields.Float(
        "Share of the Fee (%)",
        default=100.0,
        digits=(16, 2),
        help="Of what was accepted in the quarter, under contracts whose fee follows the grade.",
    )
    is_failed = fields.Boolean("Failed", help="It counts as a failed check.")

    _score_from_uniq = models.Constraint("UNIQUE(score_from)", "There is already a grade from this score on.")
    _score_from_range = models.Constraint(
        "CHECK(score_from >= 0 AND score_from <= 100)", "A score lies between 0 and 100."
    )

    _pay_factor_range = models.Constraint(
        "CHECK(pay_factor > 0 AND pay_factor <= 100)", "The share of the fee lies between 0 and 100 %."
    )

    @api.constrains("score_from")
    def _check_lowest(self):
        grades = self.search([])
        if grades and min(grades.mapped("score_from")) != 0:
            raise ValidationError(self.env._("The lowest grade starts at 0: every score has its grade."))

    @api.ondelete(at_uninstall=True)
    def _unlink_except_lowest(self):
        # a client-sent _force_unlink would skip a guard that is off at uninstall
        if not is_uninstalling(self.env) and any(grade.score_from == 0 for grade in self):
            raise UserError(self.env._("The lowest grade starts at 0: every score has its grade."))

    @api.model
    def _get_grades(self):
        """Return all grades, the best first."""
        return self.sudo().search([], order="score_from desc")  # general terms, for whoever is graded

    def _pick(self, score):
        """Return the grade of ``score`` out of ``self``, the best first."""
        return next((grade for grade in self if round(score, 2) >= grade.score_from), self[-1:])
