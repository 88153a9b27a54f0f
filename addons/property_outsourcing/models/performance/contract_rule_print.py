from odoo import api, models

from ...tools import format_money, join_names, join_phrases
from ..catalogue.outsourcing_rule_mixin import PERCENT_BASES
from ..contract.contract_articles import TEMPLATE, Article


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    def _get_articles(self):
        articles = super()._get_articles()
        if self.rule_ids:
            articles.append(Article("rules", 660, TEMPLATE + "rules", self.rule_ids))
        return [*articles, Article("fairness", 680, TEMPLATE + "fairness")]

    @api.model
    def _get_clause_models(self):
        return [*super()._get_clause_models(), "outsourcing.contract.rule"]

    def _get_print_fairness(self):
        """Return how a deduction is appealed and, where months are scored, a score confirmed: sentences."""
        self.ensure_one()
        sentences = [
            self.env._(
                "Party B may appeal a deduction within %s days of its confirmation.", self.appeal_days
            ),
            self.env._(
                "An appeal Party A does not answer within %s days counts as granted.", self.answer_days
            ),
        ]
        if self.kind == "service":
            sentences.append(
                self.env._(
                    "A monthly score Party B does not object to within %s days counts as confirmed.",
                    self.consent_days,
                )
            )
        return sentences

    def _get_penalty_cap_terms(self):
        """Return what all penalties together can cost, a sentence for each cap, as papers say it."""
        self.ensure_one()
        _, terms = self.env._, []
        if self.kind == "service" and self.period_penalty_cap_rate:
            terms.append(
                _(
                    "All penalties of one settlement period together come to at most %s of its fee, without "
                    "those for which the clause says otherwise.",
                    self._get_print_rate(self.period_penalty_cap_rate),
                )
            )
        if self.penalty_cap:
            amount = format_money(self, self.penalty_cap)
            terms.append(_("All penalties together come to at most %s.", amount))
        if self.penalty_cap_rate:
            terms.append(
                _(
                    "Of the contract amount, all penalties together come to at most %s, without those for "
                    "which the clause says otherwise.",
                    self._get_print_rate(self.penalty_cap_rate),
                )
            )
        return terms

    def _get_period_cap_terms(self, rows):
        """Return what all penalties of each period among the payment rows ``rows`` can cost, a sentence each.

        It says what was agreed, so a signed paper stays as it was whatever is established later.
        """
        self.ensure_one()
        caps = [(row, self._get_period_penalty_cap(row)) for row in rows]
        return [
            self.env._(
                "All penalties of %(period)s together come to at most %(cap)s (%(rate)s of its fee).",
                period=self._get_print_row_name(row),
                cap=format_money(self, cap),
                rate=self._get_print_rate(self.period_penalty_cap_rate),
            )
            for row, cap in caps
            if cap
        ]

    def _get_cited_clauses(self, fact_types):
        """Return the penalty clauses that answer to ``fact_types``, as papers cite them: 9.3 逾期整改."""
        self.ensure_one()
        numbers = self._get_clause_numbers()
        rules = self.rule_ids.filtered(
            lambda rule: rule.trigger in fact_types and rule.direction == "penalty"
        )
        return join_names(self.env, [f"{numbers[rule]} {rule.name}" for rule in rules])

    @api.model
    def _get_citation(self, number):
        """Return the words that cite the clause ``number``, 依据合同第9.3条; "" without one."""
        return self.env._("under clause %s of the contract", number) if number else ""


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
            what = labels["basis"].replace("%", f"{self.rate:g}%")
        elif self.basis == "fixed":
            what = format_money(self, self.amount, currency)
        else:
            what = labels["basis"]
        parts = [what, labels["per"]]
        if self.grace:
            parts.append(self.env._("free up to %s", f"{self.grace:g}"))
        if self.cap_period:
            cap = format_money(self, self.cap_period, currency)
            parts.append(self.env._("at most %s per period", cap))
        if self.cap_total:
            cap = format_money(self, self.cap_total, currency)
            parts.append(self.env._("at most %s in total", cap))
        if self.cap_rate and self.basis in PERCENT_BASES:
            parts.append(self.env._("at most %s", labels["basis"].replace("%", f"{self.cap_rate:g}%")))
        if self.outside_cap:
            parts.append(self.env._("not counted against the cap on all penalties"))
        parts.append(labels["tax_basis"])
        return join_phrases(self.env, parts)
