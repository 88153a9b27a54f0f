import re

from odoo import api, models
from odoo.fields import Domain

LINK = re.compile(r"/outsourcing/label/([^/?#\s]+)/?$")
OWN_CODE = re.compile(r"([A-Z])-(\d{1,9})")
PLACES = {  # what carries our labels: the letter, the model, the field that names its community
    "L": ("outsourcing.location", "community_id"),
    "E": ("maintenance.equipment", "outsourcing_community_id"),
}


class OutsourcingLocation(models.Model):
    _name = "outsourcing.location"
    _inherit = ["outsourcing.location", "outsourcing.label.mixin"]
    _label_letter = "L"

    def _get_label_code(self):
        return self.barcode or self._get_own_code()

    def _get_label_place(self):
        return " · ".join(filter(None, (self.community_id.name, self.parent_id.complete_name)))

    def _get_scan_domain(self, location_field, _equipment_field):
        """Return the domain of what is here or in a part of it."""
        # searched here: people of the portal do not read places
        return Domain(location_field, "in", self.search([("id", "child_of", self.ids)]).ids)

    @api.model
    def _resolve_code(self, code):
        printed = LINK.search(code or "")
        code = (printed[1] if printed else code or "").strip()
        if self.env.user.share and not self.env.su:
            return self._resolve_for_portal(code)
        own = self._resolve_own_code(code)
        return super()._resolve_code(code) or (own if own and own.has_access("read") else None)

    @api.model
    def _resolve_own_code(self, code):
        """Return the living record our label names by its id, or None; the caller asks who may see it."""
        match = OWN_CODE.fullmatch(code.upper())
        if not match or match[1] not in PLACES:
            return None
        model, _field = PLACES[match[1]]
        return self.env[model].search([("id", "=", int(match[2]))]) or None

    @api.model
    def _resolve_for_portal(self, code):
        """Return what ``code`` stands for in the communities the portal user has to do with, or None.

        These people read neither locations nor equipment: the page shows name and place, no more.
        """
        communities = self.env.user._get_outsourcing_scan_communities().ids
        for model, field in PLACES.values():
            places = self.env[model].sudo()  # limited to communities of the person's own in the next line
            own = self.sudo()._resolve_own_code(code)  # limited below as well
            found = places._find_by_code(code, Domain(field, "in", communities)) or (
                own and own._name == model and own[field].id in communities and own
            )
            if found:
                return found.sudo(False)
        return None
