from odoo import models
from odoo.fields import Domain


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "outsourcing.label.mixin"]
    _label_letter = "E"

    def _get_label_code(self):
        return self.outsourcing_barcode or self._get_own_code()

    def _get_label_place(self):
        names = (self.outsourcing_community_id.name, self.outsourcing_location_id.complete_name)
        return " · ".join(filter(None, names))

    def _get_scan_domain(self, _location_field, equipment_field):
        """Return the domain of what is done to this equipment."""
        return Domain(equipment_field, "in", self.ids)
