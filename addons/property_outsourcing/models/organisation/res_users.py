from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_represented_community_ids(self):
        """Return the ids of the communities whose owners the person represents, archived ones as well.

        Record rules take them as constants: ``('community_id', 'in', user._get_represented_community_ids())``
        uses an index where a path to the representatives reads every firm's documents. Odoo keeps the domain
        of a login in mind until the cache is cleared: :class:`CommunityRepresentatives` does.
        """
        self.ensure_one()
        person = self.sudo().partner_id  # which communities name the person, no more
        communities = person.env["outsourcing.community"].with_context(active_test=False)
        named = [("representative_ids", "in", person.ids)]
        return communities.search(named, order="id").ids

    @api.model
    def _get_invalidation_fields(self):
        # whoever becomes another person represents, and works for, others
        return super()._get_invalidation_fields() | {"partner_id"}

    def _get_outsourcing_offices(self):
        roles = super()._get_outsourcing_offices()
        areas = self.env["outsourcing.area"].search([("manager_id", "=", self.id)])
        roles += [self.env._("Area manager: %s", area.complete_name) for area in areas]
        communities = self.env["outsourcing.community"]
        own = communities.search([("manager_id", "=", self.id)])
        roles += [self.env._("Community manager: %s", community.name) for community in own]
        supervised = communities.search([("supervisor_ids", "in", self.ids)])
        roles += [self.env._("Supervisor: %s", community.name) for community in supervised]
        return roles
