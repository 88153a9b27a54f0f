from functools import partial

from odoo import models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import Query, ormcache

from .plain_domain import describe, get_certain, implies, is_plain


class ResUsers(models.Model):
    """What waits for a person is asked for in one query of many parts, each cheap to put together."""

    _inherit = "res.users"

    def _search_outsourcing(self, model, domain):
        """Return the query of documents under the user's own access, None where there can be none."""
        documents = self._get_outsourcing_documents(model)
        if not documents.has_access("read"):
            return None
        domain = Domain(domain)
        rules, rules_key = self._get_outsourcing_rules(documents)
        key = describe(domain)
        where = None
        if key and rules_key:
            keys = (key, rules_key, tuple(self._get_firm_ids()))
            where = self._get_outsourcing_where(documents, domain, rules, keys)
        if where is None:
            query = self._prepare_outsourcing_query(documents, domain, rules)
        else:
            query = Query(self.env, documents._table, documents._table_sql)
            query.add_where(where)
        return None if query.is_empty() else query

    @ormcache(
        "documents._name",
        "keys",
        "self._get_group_ids()",
        "documents.env.context.get('active_test', True)",
    )
    def _get_outsourcing_where(self, documents, domain, rules, keys):
        """Return what ``domain`` and ``rules`` come to as SQL, None where it may change by tomorrow.

        Worked out once: of plain conditions nothing else has a say in it but the fields one may read.

        :param keys: what ``describe`` says of both, and the persons of the firm the rules speak of
        """
        narrowed = self._narrow_outsourcing_rules(documents, domain.optimize(documents), rules)
        if not is_plain(documents, domain) or not is_plain(documents, narrowed):
            return None
        return self._prepare_outsourcing_query(documents, domain, rules).where_clause

    def _prepare_outsourcing_query(self, documents, domain, rules):
        domain = domain.optimize_full(documents)
        # bypass: what the rules let this user read is added below
        query = documents._search(domain, bypass_access=True)
        rules = self._narrow_outsourcing_rules(documents, domain, rules)
        rules = rules.optimize_full(documents.sudo())  # rules are worked out as superuser, as in core
        if not rules.is_true():
            query.add_where(rules._to_sql(documents.sudo(), query.table, query))  # as above
        return query

    def _narrow_outsourcing_rules(self, documents, domain, rules):
        """Return the ``rules`` without what ``domain``, which is optimized, says itself: planned once."""
        rules = rules.map_conditions(partial(self._name_firm, documents)).optimize(documents)
        certain = get_certain(domain)
        return rules.map_conditions(
            lambda rule: Domain.TRUE if any(implies(known, rule) for known in certain) else rule
        )

    def _get_outsourcing_rules(self, documents):
        """Return (domain of what the user may read of the model, its key); looked up once a request."""
        kept = vars(request).setdefault("outsourcing_rules", {}) if request else {}
        key = (self.id, documents._name)
        if key not in kept:
            rules = Domain(documents.env["ir.rule"]._compute_domain(documents._name, "read"))
            kept[key] = (rules, describe(rules))
        return kept[key]

    def _name_firm(self, documents, condition):
        """Return the condition of a rule with the persons of the user's firm instead of "below the firm"."""
        field = documents._fields.get(condition.field_expr)
        if condition.operator != "child_of" or getattr(field, "comodel_name", None) != "res.partner":
            return condition  # also a place, say, whose number happens to be that of the firm
        value = condition.value
        ids = [value] if isinstance(value, int | str) else [*value]
        if ids != self.partner_id.commercial_partner_id.ids:
            return condition
        return Domain(condition.field_expr, "in", self._get_firm_ids())

    def _get_firm_ids(self):
        """Return the ids of the user's firm and all below it; looked up once a request.

        Core looks for them each time one of its rules is met.
        """
        firm = self.partner_id.commercial_partner_id
        kept = vars(request).setdefault("outsourcing_firm", {}) if request else {}
        if firm.id not in kept:  # whoever logs in is another than the visitor the request began with
            partners = self.env["res.partner"].sudo()  # which partners are below the own firm
            kept[firm.id] = Domain("id", "child_of", firm.ids).optimize_full(partners).value
        return kept[firm.id]

    def _get_outsourcing_documents(self, model):
        """Return ``model`` under the access of this user: ``env.user`` itself comes in sudo."""
        kept = vars(request).setdefault("outsourcing_env", {}) if request else {}
        key = (self.id, self.env)
        if key not in kept:
            kept[key] = self.with_user(self).env
        return kept[key][model]
