from odoo import api, models


class MaintenanceEquipment(models.Model):
    """A machine's model is its type number; core's Chinese of "Model" is that of a data model or a mould."""

    _inherit = "maintenance.equipment"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        found = super().fields_get(allfields, attributes)
        if "string" in found.get("model", {}):
            found["model"]["string"] = self.env._("Model Number")
        return found
