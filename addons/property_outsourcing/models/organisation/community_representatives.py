from odoo import api, models


class CommunityRepresentatives(models.Model):
    """Record rules keep in mind, in every process, whom each login represents: a change is told to all."""

    _inherit = "outsourcing.community"

    @api.model_create_multi
    def create(self, vals_list):
        communities = super().create(vals_list)
        if communities.sudo().representative_ids:  # whether there are any
            self._forget_representatives()
        return communities

    def write(self, vals):
        result = super().write(vals)
        if "representative_ids" in vals:
            self._forget_representatives()
        return result

    @api.model
    def _forget_representatives(self):
        """Have all processes evaluate record rules anew: this transaction now, the others from its end on."""
        self.env.registry.clear_cache()
        # another thread may have kept the former state in mind before this one was committed
        self.env.cr.postcommit.add(self.env.registry.clear_cache)
