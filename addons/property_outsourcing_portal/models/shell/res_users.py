from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_outsourcing_roles(self):
        """Return what the acting user is: set of contractor, third_party and representative.

        It follows from the records that name the partner, under the user's own access, never from a flag.
        """
        self.ensure_one()
        firm = self.partner_id.commercial_partner_id
        named = {
            "contractor": [("outsourcing.contract", [("contractor_id", "=", firm.id)])],
            "representative": [("outsourcing.community", [("representative_ids", "in", self.partner_id.id)])],
            "third_party": [
                (
                    "outsourcing.inspection",
                    [("party", "=", "third_party"), ("party_partner_id", "=", firm.id)],
                ),
                ("outsourcing.acceptance", [("third_party_id", "=", firm.id)]),
                ("outsourcing.concealed.work", [("third_party_id", "=", firm.id)]),
            ],
        }
        return {
            role
            for role, places in named.items()
            if any(self._count_outsourcing(model, domain, limit=1) for model, domain in places)
        }

    def _count_outsourcing(self, model, domain, limit=None):
        documents = self._get_outsourcing_documents(model)
        return documents.search_count(domain, limit=limit) if documents.has_access("read") else 0

    def _has_own_invoices(self):
        """Return whether the person is a customer as well, such as a representative who lives there."""
        self.ensure_one()
        domain = [("move_type", "in", ("out_invoice", "out_refund")), ("state", "=", "posted")]
        return self.share and bool(self._count_outsourcing("account.move", domain, limit=1))

    def _get_outsourcing_documents(self, model):
        """Return ``model`` under the access of this user: ``env.user`` itself comes in sudo."""
        return self.with_user(self).env[model]

    def _get_outsourcing_people(self, firm=None):
        """Return the persons of the user's firm who may be named as performers (in sudo)."""
        self.ensure_one()
        firm = (firm or self.partner_id.commercial_partner_id).sudo()  # names of colleagues only
        people = firm.child_ids.filtered(lambda person: person.type == "contact" and not person.is_company)
        return self.sudo().partner_id | people  # names of colleagues only
