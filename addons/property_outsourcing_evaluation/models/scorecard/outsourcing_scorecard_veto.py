from odoo import api, fields, models


class OutsourcingScorecardVeto(models.Model):
    """What gives the lowest grade whatever the points: a fact by itself, or established by a manager."""

    _name = "outsourcing.scorecard.veto"
    _description = "Veto of a Scorecard"
    _order = "scorecard_id, sequence, id"

    scorecard_id = fields.Many2one("outsourcing.scorecard", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Veto", required=True, translate=True)
    fact_type = fields.Selection(
        "_get_fact_type_selection",
        "Applies by itself for",
        help="Empty: a manager establishes it, with the reason.",
    )
    min_count = fields.Integer("From how many", default=1)

    _min_count_positive = models.Constraint("CHECK(min_count >= 1)", "A veto needs one fact at least.")

    @api.model
    def _get_fact_type_selection(self):
        return self.env["outsourcing.fact"]._get_fact_type_selection()
