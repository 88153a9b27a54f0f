from odoo import api, fields, models
from odoo.exceptions import ValidationError

ROW_BASES = ("percent_period", "percent_milestone")  # a share of one payment row
PERCENT_BASES = ("percent_contract", *ROW_BASES)


class OutsourcingRuleMixin(models.AbstractModel):
    """A penalty or reward clause, as a preset of a service type and as a term of a contract."""

    _name = "outsourcing.rule.mixin"
    _description = "Penalty or Reward Clause"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    clause = fields.Char(
        "Clause Number",
        help="Number of the clause in the signed contract, e.g. 7.2: given when the contract takes effect. "
        "Enter one only where a signed paper has numbers of its own.",
    )
    direction = fields.Selection(
        [("penalty", "Penalty"), ("reward", "Reward")], required=True, default="penalty"
    )
    trigger = fields.Selection("_get_trigger_selection", required=True, default="manual", index=True)
    basis = fields.Selection(
        [
            ("fixed", "Fixed amount"),
            ("percent_period", "% of the period fee"),
            ("percent_milestone", "% of the milestone"),
            ("percent_contract", "% of the contract amount"),
            ("actual_loss", "Actual loss"),
        ],
        required=True,
        default="fixed",
    )
    rate = fields.Float("Rate (%)", digits=(16, 4))
    amount = fields.Float("Fixed Amount", digits=(16, 2))
    per = fields.Selection(
        [
            ("occurrence", "Each occurrence"),
            ("unit", "Each unit"),
            ("hour", "Each hour"),
            ("day", "Each day"),
            ("period", "Once per period"),
        ],
        required=True,
        default="occurrence",
    )
    grace = fields.Float(help="Quantity that stays free of consequence, in the unit of the rule.")
    cap_period = fields.Float("Cap per Period", digits=(16, 2), help="0 means no cap.")
    cap_total = fields.Float("Cap in Total", digits=(16, 2), help="0 means no cap.")
    cap_rate = fields.Float(
        "Cap (%)",
        digits=(16, 4),
        help="For percentages: the share of the period fee or milestone that one of them can cost at most, "
        "or of the contract amount that all cases together can cost. 0 means no cap.",
    )
    outside_cap = fields.Boolean(
        "Outside the Contract's Cap",
        help="Danger to people, falsified records: not counted against the cap on all penalties.",
    )
    tax_basis = fields.Selection(
        [("gross", "Tax included"), ("net", "Tax excluded")], required=True, default="gross"
    )

    @api.model
    def _get_trigger_selection(self):
        return self.env["outsourcing.fact"]._get_trigger_selection()

    @api.constrains("rate", "amount", "grace", "cap_period", "cap_total", "cap_rate", "basis", "trigger")
    def _check_figures(self):
        for rule in self:
            caps = (rule.cap_period, rule.cap_total, rule.cap_rate)
            if min(rule.rate, rule.amount, rule.grace, *caps) < 0:
                raise ValidationError(self.env._("%s: a rate, amount or cap cannot be negative.", rule.name))
            if rule.basis in PERCENT_BASES and not 0 < rule.rate <= 100:
                raise ValidationError(
                    self.env._("%s: the rate must lie between 0 and 100 percent.", rule.name)
                )
            if rule.basis in PERCENT_BASES and rule.cap_rate and not rule.rate <= rule.cap_rate <= 100:
                raise ValidationError(
                    self.env._("%s: the cap in percent must lie between the rate and 100 percent.", rule.name)
                )
            if rule.basis == "actual_loss" and rule.trigger != "manual":
                raise ValidationError(
                    self.env._(
                        "%s: no record tells the actual loss; a person establishes it. Choose that it is "
                        "established by the manager.",
                        rule.name,
                    )
                )
            if rule.basis == "fixed" and not rule.amount:
                raise ValidationError(self.env._("%s: the fixed amount is missing.", rule.name))
            if rule.cap_total and rule.cap_period > rule.cap_total:
                raise ValidationError(
                    self.env._("%s: the cap per period is higher than the cap in total.", rule.name)
                )
            caps = [cap for cap in (rule.cap_period, rule.cap_total) if cap]
            if rule.basis == "fixed" and caps and rule.amount > min(caps):
                raise ValidationError(self.env._("%s: the amount is above its cap.", rule.name))

    def _prepare_rule_vals(self):
        """Return the clause's values, to copy it from a preset to a contract."""
        self.ensure_one()
        names = (
            "name", "sequence", "direction", "trigger", "basis", "rate", "amount", "per", "grace",
            "cap_period", "cap_total", "cap_rate", "outside_cap", "tax_basis",
        )  # fmt: skip
        return {name: self[name] for name in names}
