from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import join_names


class OutsourcingContract(models.Model):
    """A supervisor of some of the communities does not act for the others the contract serves."""

    _inherit = "outsourcing.contract"

    serves_own_communities = fields.Boolean(
        compute="_compute_serves_own_communities",
        help="The acting person belongs to every community of the contract.",
    )

    @api.depends("community_ids", "community_id")
    @api.depends_context("uid")
    def _compute_serves_own_communities(self):
        for contract in self:
            contract.serves_own_communities = not contract._get_foreign_communities()

    def _get_foreign_communities(self):
        """Return the communities of the contracts that the acting person does not read (in sudo)."""
        contracts = self.sudo()  # names of places only
        communities = contracts.community_ids | contracts.community_id
        own = communities._origin.sudo(self.env.su)._filtered_access("read")
        return communities._origin - own.sudo()  # names of places only

    def _check_own_communities(self):
        """Raise AccessError unless the acting person belongs to every community of the contracts."""
        foreign_to_all = self._get_foreign_communities()
        for contract in self.sudo() if foreign_to_all else ():  # names of places only
            foreign = (contract.community_ids | contract.community_id) & foreign_to_all
            if foreign:
                raise AccessError(
                    self.env._(
                        "%(contract)s also serves %(communities)s: only who belongs to all its communities, "
                        "or a manager, does this.",
                        contract=contract.display_name,
                        communities=join_names(self.env, foreign.mapped("name")),
                    )
                )
