import re
from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from ...tools import article_title

TEMPLATE = "property_outsourcing.report_outsourcing_contract_"


class Article(NamedTuple):
    """One article of the printed contract.

    ``key`` stays the same for ever, ``sequence`` is its place (1-999), ``template`` the xmlid of what it
    says, ``clauses`` are the records with a ``clause`` that are numbered within it, in the order printed.
    ``record`` is what the template prints, where it serves several articles.
    """

    key: str
    sequence: int
    template: str
    clauses: object = ()
    record: object = None


class OutsourcingContract(models.Model):
    """The articles of a contract: one number each, and one for each clause within, never given twice.

    What a contract signs is cited for years: the numbers are kept when it takes effect, and what an amendment
    adds later gets the next ones.
    """

    _inherit = "outsourcing.contract"

    article_numbers = fields.Json(
        "Numbers of the Articles as Signed",
        readonly=True,
        copy=False,
        prefetch=False,
        groups="base.group_system",
    )

    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"article_numbers"}

    def _get_articles(self):
        """Return the articles this contract prints, a list of :class:`Article` in any order.

        Hook: add to super's. The template reads ``o`` (the contract), ``article`` and ``clause_numbers``.
        """
        self.ensure_one()
        given = [
            ("scope", 100, True, ()),
            ("term", 200, True, ()),
            ("price", 300, True, ()),
            ("items", 400, self.item_ids, ()),
            ("sla", 500, self.sla_ids, ()),
            ("standards", 550, self.standard_ids, ()),
            ("people", 600, True, ()),
            ("documents", 620, self.required_document_type_ids or self.deliverable_term_ids, ()),
            ("duties", 700, self.duty_ids, self._get_printed_duties()),
            ("warranty", 800, self._has_warranty_terms(), ()),
            ("end", 850, True, ()),
            ("general", 950, True, ()),
            ("attachments", 990, self._get_print_attachments(), ()),
        ]
        return [
            Article(key, sequence, TEMPLATE + key, clauses)
            for key, sequence, is_printed, clauses in given
            if is_printed
        ]

    def _has_warranty_terms(self):
        self.ensure_one()
        return bool(self.retention_rate or self.retention_months or self.warranty_months)

    def _get_printed_duties(self):
        return self.env["outsourcing.contract.duty"].union(
            *(duties for _label, duties in self._get_print_duties())
        )

    # ---- numbers ----------------------------------------------------------------------------------------

    def _number_articles(self):
        """Return a list of (:class:`Article`, number); those of a signed contract keep theirs."""
        self.ensure_one()
        kept = self.sudo().article_numbers or {}  # numbers only; whoever prints may read the contract
        articles = sorted(self._get_articles(), key=lambda article: article.sequence)
        last = max(kept.values(), default=0)
        numbered = []
        for article in articles:
            last += article.key not in kept
            numbered.append((article, kept.get(article.key, last)))
        return sorted(numbered, key=lambda pair: pair[1])

    def _get_print_articles(self):
        """Return what the print calls one after the other, dicts of key, number, label, template, record."""
        return [
            article._asdict() | {"number": number, "label": article_title(self.env, number)}
            for article, number in self._number_articles()
        ]

    def _get_clause_numbers(self):
        """Return a dict: clause record -> its number, ``9.3``; what has one keeps it."""
        return self._number_clauses(self._number_articles(), self._get_taken_numbers())

    def _number_clauses(self, articles, taken):
        """Return a dict: clause record -> its number.

        :param list articles: what ``_number_articles`` says
        :param dict taken: (model, contract) -> numbers that are given, see ``_get_taken_numbers``
        """
        self.ensure_one()
        numbers = {}
        for article, number in articles:
            if not article.clauses:
                continue
            given = {*taken[article.clauses._name, self._origin], *article.clauses.mapped("clause")}
            position = max((_get_position(text or "", number) for text in given), default=0)
            for clause in article.clauses:
                position += not clause.clause
                numbers[clause] = clause.clause or f"{number}.{position}"
        return numbers

    def _get_taken_numbers(self):
        """Return the numbers clauses of ``self`` have, those an amendment has removed as well.

        :return: dict (model, contract) -> list of numbers; a query for each kind of clause
        """
        taken = defaultdict(list)
        for model in self._get_clause_models():
            numbered = [("contract_id", "in", self.ids), ("clause", "!=", False)]
            for clause in self.env[model].with_context(active_test=False).search(numbered):
                taken[model, clause.contract_id].append(clause.clause)
        return taken

    @api.model
    def _get_clause_models(self):
        """Return the models whose records are numbered clauses of an article. Hook: extend super's list."""
        return ["outsourcing.contract.duty"]

    def _keep_clause_numbers(self):
        """Write the numbers of articles and clauses (in sudo): from now on they are cited."""
        taken = self._get_taken_numbers()
        numbered = defaultdict(list)
        for contract in self._together():
            articles = contract._number_articles()
            for clause, number in contract._number_clauses(articles, taken).items():
                if clause.clause != number:
                    numbered[clause._name, number].append(clause.id)
            numbers = {article.key: number for article, number in articles}
            kept = contract.article_numbers or {}
            if numbers.keys() - kept.keys():
                contract._gated().write({"article_numbers": numbers | kept})
        for (model, number), ids in numbered.items():
            self.env[model].browse(ids)._gated().write({"clause": number})

    def _forget_signed(self):
        super()._forget_signed()
        self.filtered("article_numbers")._gated().write({"article_numbers": False})

    def _after_transition(self, target):
        if target == "active":
            self._keep_clause_numbers()  # before: what follows prints and cites them
        super()._after_transition(target)


def _get_position(text, number):
    match = re.fullmatch(rf"{number}\.(\d+)", text)
    return int(match[1]) if match else 0
