from collections import defaultdict

from odoo import api, fields, models


class OutsourcingAdjustment(models.Model):
    """What is above the rest of a cap is confirmed with that rest, and the formula says so."""

    _inherit = "outsourcing.adjustment"

    cap_cut = fields.Monetary(
        "Cut by the Cap of", readonly=True, copy=False, help="The cap of which only this amount was left."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"cap_cut"}

    def _cut_to_caps(self):
        """Cut the proposals ``self``, one after the other, to what their caps leave of them.

        Where nothing is left of a cap nothing is cut: the cap itself refuses the step. Whoever confirms
        writes the rows that carry the caps, so two at once do not read the same rest.
        """
        used = defaultdict(float)
        for adjustment in self.sorted(lambda adjustment: (adjustment.date, adjustment.id)):
            currency, amount, cut = adjustment.currency_id, adjustment.amount, 0.0
            caps = adjustment._get_caps()
            for key, cap, before in caps:
                rest = currency.round(cap - before - used[key])
                if 0 < rest < amount:
                    amount, cut = rest, cap
            if cut:
                adjustment._gated().write({"amount": amount, "cap_cut": cut})
            for key, _cap, _before in caps:
                used[key] += amount

    def _get_caps(self):
        """Return the caps on the adjustment: list of (key, cap, what confirmed cases have used of it)."""
        rule = self.rule_id
        caps = rule._get_caps(self.direction)
        if period_cap := rule._get_period_cap(self.milestone_id):
            key = rule._get_period_key(self.milestone_id, self.date)
            caps.append((key, period_cap, rule._get_confirmed_in_period(key)))
        return caps

    def _get_formula(self):
        text = super()._get_formula()
        if self.cap_cut:
            text += self.env._(", what was left of the cap of %s", self._format_money(self.cap_cut))
        return text
