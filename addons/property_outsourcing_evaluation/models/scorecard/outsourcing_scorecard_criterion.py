from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_sla_mixin import PRIORITIES

from ...tools.measured import Measured

METHODS = [("facts", "By facts"), ("judged", "Judged by a person")]
MEASURES = [
    ("rate", "Share (%)"),
    ("mean", "Mean"),
    ("median", "Median"),
    ("count", "How many"),
    ("households", "Number per 1,000 households"),
]
JUDGES = [("supervisor", "Supervisor"), ("manager", "Manager")]


class OutsourcingScorecardCriterion(models.Model):
    """One thing a contractor is judged by: a figure made of facts, or a person's points with the reason."""

    _name = "outsourcing.scorecard.criterion"
    _description = "Criterion of a Scorecard"
    _order = "scorecard_id, sequence, id"

    scorecard_id = fields.Many2one("outsourcing.scorecard", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Criterion", required=True, translate=True)
    description = fields.Text("How it is judged", translate=True)
    weight = fields.Float(required=True, digits=(16, 2), help="Share of the total of 100.")
    method = fields.Selection(METHODS, required=True, default="facts")
    judge = fields.Selection(JUDGES, "Judged by", default="supervisor")
    measure = fields.Selection(MEASURES, default="rate")
    fact_type = fields.Selection("_get_fact_type_selection", "Facts")
    denominator_type = fields.Selection(
        "_get_fact_type_selection",
        "Out of",
        compute="_compute_denominator_type",
        store=True,
        readonly=False,
        help="The facts that tell how many there could have been.",
    )
    priority = fields.Selection(PRIORITIES, help="Only facts of this priority; empty: all.")
    min_sample = fields.Integer(
        "Least Sample",
        default=1,
        help="With fewer the criterion is not rated, and its weight is shared out among the others.",
    )
    band_ids = fields.One2many("outsourcing.scorecard.band", "criterion_id", "Bands of Points", copy=True)
    band_summary = fields.Char("Points by Figure", compute="_compute_band_summary")

    _weight_range = models.Constraint(
        "CHECK(weight > 0 AND weight <= 100)", "A weight lies between 0 and 100."
    )
    _min_sample_positive = models.Constraint("CHECK(min_sample >= 1)", "The least sample is 1 at least.")

    @api.model
    def _get_fact_type_selection(self):
        return self.env["outsourcing.fact"]._get_fact_type_selection()

    @api.depends("fact_type", "measure")
    def _compute_denominator_type(self):
        types = self.env["outsourcing.fact"]._get_fact_types()
        for criterion in self:
            known = types.get(criterion.fact_type)
            criterion.denominator_type = known and criterion.measure == "rate" and known.denominator

    @api.depends("band_ids.value_from", "band_ids.points")
    def _compute_band_summary(self):
        for criterion in self:
            bands = criterion.band_ids.sorted("value_from")
            criterion.band_summary = " · ".join(f"≥ {b.value_from:g}: {b.points:g}" for b in bands)

    def _get_measured(self):
        """Return what the criterion counts; None where a person judges."""
        self.ensure_one()
        if self.method != "facts":
            return None
        bands = tuple((band.value_from, band.points) for band in self.band_ids.sorted("value_from"))
        return Measured(
            self.measure, self.fact_type, self.denominator_type, self.priority, self.min_sample, bands
        )

    @api.constrains("method", "measure", "fact_type", "denominator_type", "band_ids")
    def _check_figure(self):
        for criterion in self.filtered(lambda criterion: criterion.method == "facts"):
            if not (criterion.measure and criterion.fact_type and criterion.band_ids):
                sentence = self.env._("%s: say which facts are counted, how, and the points.", criterion.name)
                raise ValidationError(sentence)
            if criterion.measure == "rate" and not criterion.denominator_type:
                raise ValidationError(
                    self.env._("%s: a share is one of what? Fill in Out of.", criterion.name)
                )
