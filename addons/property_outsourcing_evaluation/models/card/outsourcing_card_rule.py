from odoo import api, fields, models
from odoo.exceptions import ValidationError

RED_STATES = [("none", "Nothing more"), ("suspended", "Suspended"), ("blacklisted", "Blacklisted")]


class OutsourcingCardRule(models.Model):
    """After how many failures in a row a card is proposed, and what comes with it."""

    _name = "outsourcing.card.rule"
    _description = "Rule of Cards"
    _order = "sequence, id"

    name = fields.Char("Rule", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    failed_type = fields.Selection(
        "_get_fact_type_selection",
        "A Failure is",
        help="Counted within one contract. Empty: cards of this rule are proposed by a manager alone.",
    )
    passed_type = fields.Selection(
        "_get_fact_type_selection",
        "Ended by",
        help="After it, failures are counted from the beginning. Empty: nothing ends a row of failures.",
    )
    yellow_after = fields.Integer(
        "Yellow after", default=2, help="Failures in a row after which a yellow card is proposed; 0: never."
    )
    red_after = fields.Integer(
        "Red after", default=3, help="Failures in a row after which a red card is proposed; 0: never."
    )
    window_months = fields.Integer(
        "Months Looked Back", default=12, help="Failures longer ago are not counted any more."
    )
    plan_days = fields.Integer(
        "Days for the Plan", default=7, help="In which the contractor hands in its plan of rectification."
    )
    appeal_days = fields.Integer("Days to Appeal", default=5, help="Working days from the issue on.")
    answer_days = fields.Integer(
        "Days to Answer",
        default=5,
        help="Working days we have for an appeal; without an answer the card is lifted.",
    )
    yellow_months = fields.Integer("Months of a Yellow Card", default=6)
    red_months = fields.Integer("Months of a Red Card", default=12)
    red_state = fields.Selection(
        RED_STATES, "With a Red Card the Contractor is", required=True, default="suspended"
    )

    _counts = models.Constraint(
        "CHECK(yellow_after >= 0 AND red_after >= 0)", "A number of failures is 0 or more."
    )
    _terms = models.Constraint(
        "CHECK(window_months > 0 AND plan_days > 0 AND appeal_days > 0 AND answer_days > 0"
        " AND yellow_months > 0 AND red_months > 0)",
        "Each term has one day or month at least.",
    )

    @api.model
    def _get_fact_type_selection(self):
        return self.env["outsourcing.fact"]._get_fact_type_selection()

    @api.constrains("failed_type", "passed_type", "yellow_after", "red_after")
    def _check_counts(self):
        for rule in self:
            if rule.failed_type and not rule.yellow_after and not rule.red_after:
                raise ValidationError(
                    self.env._("%s: say after how many failures a card is proposed.", rule.name)
                )
            if rule.yellow_after and 0 < rule.red_after <= rule.yellow_after:
                raise ValidationError(
                    self.env._("%s: a red card comes after more failures than a yellow one.", rule.name)
                )
            if rule.failed_type and rule.failed_type == rule.passed_type:
                raise ValidationError(self.env._("%s: a failure does not end a row of failures.", rule.name))

    def _pick_color(self, count):
        """Return the color of the card that ``count`` failures in a row propose, or False."""
        self.ensure_one()
        if self.red_after and count >= self.red_after:
            return "red"
        return "yellow" if self.yellow_after and count >= self.yellow_after else False
