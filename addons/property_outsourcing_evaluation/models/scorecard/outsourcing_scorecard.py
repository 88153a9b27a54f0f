from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingScorecard(models.Model):
    """By what the contractors of a service are judged each quarter: criteria whose weights make 100."""

    _name = "outsourcing.scorecard"
    _description = "Scorecard"
    _order = "sequence, id"

    name = fields.Char("Scorecard", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        string="Service Types",
        help="Whom it judges; empty: every service type without a scorecard of its own.",
    )
    criterion_ids = fields.One2many("outsourcing.scorecard.criterion", "scorecard_id", "Criteria", copy=True)
    veto_ids = fields.One2many("outsourcing.scorecard.veto", "scorecard_id", "Vetoes", copy=True)
    weight_total = fields.Float("Sum of Weights", compute="_compute_weight_total", digits=(16, 2))
    min_rated_weight = fields.Float(
        "Least Weight Rated (%)",
        default=50.0,
        digits=(16, 2),
        help="With less than this share of the weights rated, a quarter has no score and no grade.",
    )
    appeal_days = fields.Integer(
        "Days to Appeal", default=5, help="Working days a contractor has from the preview on."
    )
    answer_days = fields.Integer(
        "Days to Answer",
        default=5,
        help="Working days we have for an appeal; without an answer, what is appealed against is not rated.",
    )

    _days_positive = models.Constraint(
        "CHECK(appeal_days > 0 AND answer_days > 0)", "Appeals and answers have one working day at least."
    )
    _min_rated_range = models.Constraint(
        "CHECK(min_rated_weight > 0 AND min_rated_weight <= 100)",
        "The least weight lies between 0 and 100: nothing rated is no score.",
    )

    def copy_data(self, default=None):
        """Let copies wait in the archive: a service has one scorecard at a time."""
        return [{**row, "active": False} for row in super().copy_data(default)]

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for card in self:
            card.weight_total = round(sum(card.criterion_ids.mapped("weight")), 2)

    @api.constrains("criterion_ids", "active")
    def _check_weights(self):
        for card in self:
            if card.active and card.criterion_ids and card.weight_total != 100:
                raise ValidationError(
                    self.env._(
                        "%(scorecard)s: the weights add up to %(sum)s, not to 100.",
                        scorecard=card.name,
                        sum=f"{card.weight_total:g}",
                    )
                )

    @api.constrains("service_type_ids", "active")
    def _check_one_per_service(self):
        for card in self.filtered("active"):
            others = self.search(
                [("id", "!=", card.id), ("service_type_ids", "in", card.service_type_ids.ids)]
            )
            shared = others.service_type_ids & card.service_type_ids
            if shared:
                raise ValidationError(
                    self.env._(
                        "%(service)s has the scorecard %(scorecard)s already.",
                        service=shared[0].name,
                        scorecard=others[0].name,
                    )
                )

    @api.model
    def _map_services(self, services):
        """Return a dict: service type -> its scorecard, else the general one, else an empty record."""
        cards = self.sudo().search([("criterion_ids", "!=", False)])  # general terms, read by the run
        general = cards.filtered(lambda card: not card.service_type_ids)[:1]
        own = {service: card for card in cards for service in card.service_type_ids}
        return {service: own.get(service, general) for service in services}

    def _get_fact_types(self):
        """Return the codes of the facts that the criteria count: who has some of them has worked."""
        criteria = self.criterion_ids
        return sorted({*criteria.mapped("fact_type"), *criteria.mapped("denominator_type")} - {False})
