from odoo import api, models

CHOICES = ("searchable", "groupable", "sortable", "exportable")


class PortalMixin(models.AbstractModel):
    """The key of a shared link is nothing to filter, group or export documents by."""

    _inherit = "portal.mixin"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Keep the key out of custom filters, groups and exports of the suite's documents."""
        found = super().fields_get(allfields, attributes)
        key = found.get("access_token", {}) if self._name.startswith("outsourcing.") else {}
        key.update({choice: False for choice in CHOICES if choice in key})
        return found
