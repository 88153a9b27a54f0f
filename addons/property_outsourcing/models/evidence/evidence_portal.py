from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL


class OutsourcingEvidence(models.Model):
    """Which files a portal user reads: those of the documents that person reads."""

    _inherit = "outsourcing.evidence"

    is_portal_readable = fields.Boolean(
        compute="_compute_is_portal_readable",
        search="_search_is_portal_readable",
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_is_portal_readable(self):
        self.is_portal_readable = False
        domains = self._get_portal_domains()
        for model, rows in self.grouped("res_model").items():
            if model not in domains:
                continue
            documents = self._get_documents(model).search(
                fields.Domain("id", "in", rows.mapped("res_id")) & domains[model]
            )
            for row in rows:
                row.is_portal_readable = row.res_id in documents._ids

    def _search_is_portal_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        documents = {
            model: self._get_documents(model)._search(domain)
            for model, domain in self._get_portal_domains().items()
        }
        readable = fields.Domain.custom(to_sql=partial(self._get_readable_sql, documents))
        return readable if True in value else ~readable

    @api.model
    def _get_readable_sql(self, documents, rows, alias, query):
        """Return the condition that a file is one of a document among ``documents``: dict model -> query.

        Of ten kinds of documents only those are looked up of which there are files: a case comes to no other.
        """
        res_id = rows._field_to_sql(alias, "res_id", query)
        cases = [
            SQL("WHEN %s THEN %s IN %s", model, res_id, found.subselect())
            for model, found in documents.items()
        ]
        if not cases:
            return SQL("FALSE")
        kind = rows._field_to_sql(alias, "res_model", query)
        return SQL("CASE %s %s ELSE FALSE END", kind, SQL(" ").join(cases))

    @api.model
    def _get_portal_domains(self):
        """Return which documents the user reads with their evidence: dict model name -> domain."""
        names = self.pool.descendants(["outsourcing.evidence.mixin"], "_inherit")
        models = [self._get_documents(name) for name in names if not self.pool[name]._abstract]
        return {
            model._name: fields.Domain(model._get_portal_evidence_domain())
            for model in models
            if model.has_access("read")
        }

    @api.model
    def _get_documents(self, model):
        # record rules are evaluated in sudo: the documents are asked for as the user, under their own rules
        return self.env[model].with_user(self.env.user).with_context(active_test=False)
