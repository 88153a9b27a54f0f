from functools import partial

from odoo import models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_outsourcing_roles(self):
        """Return what the acting user is: set of the keys of :meth:`_get_outsourcing_role_domains`.

        It follows from the records that name the partner, under the user's own access, never from a flag.
        """
        self.ensure_one()
        asked = [
            SQL("SELECT %s WHERE EXISTS %s", role, query.subselect())
            for role, places in self._get_outsourcing_role_domains().items()
            for model, domain in places
            if (query := self._search_outsourcing(model, domain)) is not None
        ]
        if not asked:
            return set()
        # one query for all roles: every page asks
        return {role for (role,) in self.env.execute_query(SQL(" UNION ALL ").join(asked))}

    def _get_outsourcing_role_domains(self):
        """Return what makes the user this or that in the portal. Hook: extend super's dict.

        Whoever reads a record of one of the places has the role. Every page asks, so each domain needs an
        index that finds none as fast as one. A role opens nothing by itself: record rules do.

        :return: dict role -> list of (model name, domain)
        """
        self.ensure_one()
        firm = self.partner_id.commercial_partner_id
        spot_checks = [("party", "=", "third_party"), ("party_partner_id", "=", firm.id)]
        return {
            "contractor": [("outsourcing.contract", [("contractor_id", "=", firm.id)])],
            "dispatched": [("project.task", [("outsourcing_contractor_id", "=", firm.id)])],
            "representative": [("outsourcing.community", [("representative_ids", "in", self.partner_id.id)])],
            "third_party": [
                ("outsourcing.inspection", spot_checks),
                ("outsourcing.acceptance", [("third_party_id", "=", firm.id)]),
                ("outsourcing.concealed.work", [("third_party_id", "=", firm.id)]),
            ],
        }

    def _search_outsourcing(self, model, domain):
        """Return the query of documents under the user's own access, None where there can be none."""
        documents = self._get_outsourcing_documents(model)
        if not documents.has_access("read"):
            return None
        # bypass: what the rules let this user read is part of the domain
        query = documents._search(Domain(domain) & self._get_outsourcing_rules(documents), bypass_access=True)
        return None if query.is_empty() else query

    def _get_outsourcing_rules(self, documents):
        """Return the domain of what the user may read of the model; worked out once a request.

        Core looks for the children of the user's firm each time one of its rules is met.
        """
        kept = vars(request).setdefault("outsourcing_rules", {}) if request else {}
        key = (self.id, documents._name)
        if key not in kept:
            rules = Domain(documents.env["ir.rule"]._compute_domain(documents._name, "read"))
            rules = rules.map_conditions(partial(self._name_firm, documents))
            # sudo: rules are worked out as superuser, as in core
            kept[key] = rules.optimize_full(documents.sudo())
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
        """Return the ids of the user's firm and all below it; looked up once a request."""
        firm = self.partner_id.commercial_partner_id
        kept = vars(request).setdefault("outsourcing_firm", {}) if request else {}
        if firm.id not in kept:  # whoever logs in is another than the visitor the request began with
            partners = self.env["res.partner"].sudo()  # which partners are below the own firm
            kept[firm.id] = Domain("id", "child_of", firm.ids).optimize_full(partners).value
        return kept[firm.id]

    def _get_outsourcing_documents(self, model):
        """Return ``model`` under the access of this user: ``env.user`` itself comes in sudo."""
        return self.with_user(self).env[model]

    def _get_outsourcing_people(self, firm=None):
        """Return the persons of the user's firm who may be named as performers (in sudo)."""
        self.ensure_one()
        firm = (firm or self.partner_id.commercial_partner_id).sudo()  # names of colleagues only
        people = firm.child_ids.filtered(lambda person: person.type == "contact" and not person.is_company)
        return self.sudo().partner_id | people  # names of colleagues only
