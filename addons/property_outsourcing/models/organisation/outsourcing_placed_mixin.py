from odoo import api, models
from odoo.exceptions import ValidationError

PLACES = ("community_id", "location_id", "equipment_id")


class OutsourcingPlacedMixin(models.AbstractModel):
    """Documents about a place: the community, location and equipment they name belong together."""

    _name = "outsourcing.placed.mixin"
    _description = "Document about a Place"

    @api.constrains(lambda self: [name for name in PLACES if name in self._fields])
    def _check_places(self):
        for record in self.sudo():  # compares links only
            communities = record.location_id.community_id
            if "equipment_id" in self._fields:
                communities |= record.equipment_id.outsourcing_community_id
            if communities - record.community_id:
                raise ValidationError(
                    self.env._("%s: place and equipment are in another community.", record.display_name)
                )
