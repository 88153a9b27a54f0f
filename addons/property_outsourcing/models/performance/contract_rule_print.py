from odoo import models
from odoo.tools.misc import format_amount

from ..catalogue.outsourcing_rule_mixin import PERCENT_BASES


class OutsourcingContractRule(models.Model):
    _inherit = "outsourcing.contract.rule"

    def _get_print_terms(self):
        """Return amount or rate, unit, grace and caps of the clause in one sentence."""
        self.ensure_one()
        labels = {
            name: dict(self._fields[name]._description_selection(self.env)).get(self[name])
            for name in ("basis", "per", "tax_basis")
        }
        currency = self.contract_id.currency_id
        if self.basis in PERCENT_BASES:
            what = labels["basis"].replace("%", f"{self.rate:g} %")
        elif self.basis == "fixed":
            what = format_amount(self.env, self.amount, currency)
        else:
            what = labels["basis"]
        parts = [what, labels["per"]]
        if self.grace:
            parts.append(self.env._("free up to %s", f"{self.grace:g}"))
        if self.cap_period:
            cap = format_amount(self.env, self.cap_period, currency)
            parts.append(self.env._("at most %s per period", cap))
        if self.cap_total:
            cap = format_amount(self.env, self.cap_total, currency)
            parts.append(self.env._("at most %s in total", cap))
        parts.append(labels["tax_basis"])
        return self.env._(", ").join(parts)
