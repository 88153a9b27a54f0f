from collections import defaultdict

from odoo import api, fields, models

from .contract_rule_cap import Cap


class OutsourcingAdjustment(models.Model):
    """What is above the rest of a cap is confirmed with that rest, and the formula says so."""

    _inherit = "outsourcing.adjustment"

    cap_cut = fields.Monetary(
        "Cut by the Cap of", readonly=True, copy=False, help="The cap of which only this amount was left."
    )
    cap_scope = fields.Selection(
        [
            ("clause_period", "this clause in one period"),
            ("clause", "this clause"),
            ("period", "all penalties of the period"),
            ("contract", "all penalties of the contract"),
        ],
        "Scope of the Cap",
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"cap_cut", "cap_scope"}

    def _cut_to_caps(self):
        """Cut the proposals ``self``, one after the other, to what their caps leave of them.

        Where nothing is left of a cap nothing is cut: the cap itself refuses the step. Whoever confirms
        writes the rows that carry the caps, so two at once do not read the same rest.
        """
        used = defaultdict(float)
        for adjustment in self.sorted(lambda adjustment: (adjustment.date, adjustment.id)):
            currency, amount, cut = adjustment.currency_id, adjustment.amount, None
            caps = adjustment._get_caps()
            for cap in caps:
                rest = currency.round(cap.amount - cap.used - used[cap.key])
                if 0 < rest < amount:
                    amount, cut = rest, cap
            if cut:
                adjustment._gated().write({"amount": amount, "cap_cut": cut.amount, "cap_scope": cut.scope})
            for cap in caps:
                used[cap.key] += amount

    def _get_caps(self):
        """Return the caps on the adjustment: list of :class:`Cap`, used up by what has been confirmed."""
        rule = self.rule_id
        caps = rule._get_caps(self.direction, self._get_penalty_period())
        if period_cap := rule._get_period_cap(self.milestone_id):
            key = rule._get_period_key(self.milestone_id, self.date)
            caps.append(Cap(key, period_cap, rule._get_confirmed_in_period(key), "clause_period"))
        return caps

    def _get_penalty_period(self):
        """Return the settlement period whose cap on penalties holds; none for works and small repairs."""
        row = self.milestone_id
        if not row and self.date and self.contract_id:  # an empty form has none yet
            row = self.contract_id._get_period(self.date, self.community_id)
        return row.filtered(lambda row: row.kind == "period")

    def _get_formula(self):
        text = super()._get_formula()
        if self.cap_cut:
            scopes = dict(self._fields["cap_scope"]._description_selection(self.env))
            text += self.env._(
                ", what was left of the cap of %(cap)s on %(scope)s",
                cap=self._format_money(self.cap_cut),
                scope=scopes[self.cap_scope or "contract"],
            )
        return text
