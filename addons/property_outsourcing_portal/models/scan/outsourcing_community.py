from odoo import models


class OutsourcingCommunity(models.Model):
    _inherit = "outsourcing.community"

    def _get_labels(self):
        """Return the labels of the equipment and the places of the communities; flats get none."""
        equipment = self.env["maintenance.equipment"].search(
            [("outsourcing_community_id", "in", self.ids)], order="outsourcing_community_id, name, id"
        )
        places = self.env["outsourcing.location"].search(
            [("community_id", "in", self.ids), ("kind", "!=", "room")]
        )
        return equipment._get_labels() + places._get_labels()
