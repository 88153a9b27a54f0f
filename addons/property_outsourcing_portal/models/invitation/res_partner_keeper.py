from odoo import models

MANAGER = "property_outsourcing.group_outsourcing_manager"
ADMIN = "property_outsourcing.group_outsourcing_admin"


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_outsourcing_keeper(self):
        """Return the manager who decides about the person's login, in sudo.

        Of the firm's latest contract, of the community the person represents, of its area; else any manager.
        """
        self.ensure_one()
        person = self.sudo()  # who of the staff is responsible, no data of theirs
        candidates = person._get_outsourcing_keepers()
        fit = candidates.filtered(lambda user: user.active and user.has_group(MANAGER))
        return fit[:1] or self._find_any_manager()

    def _get_outsourcing_keepers(self):
        """Return those who look after the person, nearest first (in sudo). Hook."""
        contracts = self.env["outsourcing.contract"].search(
            [("contractor_id", "=", self.commercial_partner_id.id)], order="date_start desc, id desc"
        )
        communities = self.env["outsourcing.community"].search([("representative_ids", "in", self.ids)])
        places = contracts.community_ids | communities
        return contracts.manager_id | places.manager_id | places.area_id.chain_manager_ids

    def _find_any_manager(self):
        company = self.company_id or self.env.company
        managers = (
            self.env.ref(MANAGER)
            .sudo()
            .all_user_ids.filtered(  # who is a manager
                lambda user: user.active and company in user.company_ids
            )
        )
        # an administrator only where there is nobody else
        return managers.sorted(lambda user: (user.has_group(ADMIN), user.id))[:1]
