from odoo import models
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
        acceptances = ("outsourcing.acceptance", [("third_party_id", "=", firm.id)])
        concealed = ("outsourcing.concealed.work", [("third_party_id", "=", firm.id)])
        return {
            "contractor": [("outsourcing.contract", [("contractor_id", "=", firm.id)])],
            "dispatched": [("project.task", [("outsourcing_contractor_id", "=", firm.id)])],
            "representative": [("outsourcing.community", [("representative_ids", "in", self.partner_id.id)])],
            "third_party": [("outsourcing.inspection", spot_checks), acceptances, concealed],
            "third_party_of_acceptances": [acceptances],
            "third_party_of_concealed": [concealed],
        }

    def _get_outsourcing_people(self, firm=None):
        """Return the persons of the user's firm who may be named as performers (in sudo)."""
        self.ensure_one()
        firm = (firm or self.partner_id.commercial_partner_id).sudo()  # names of colleagues only
        people = firm.child_ids.filtered(lambda person: person.type == "contact" and not person.is_company)
        return self.sudo().partner_id | people  # names of colleagues only
