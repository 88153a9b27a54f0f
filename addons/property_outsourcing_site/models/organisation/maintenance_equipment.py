from odoo import fields, models


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    outsourcing_inspection_count = fields.Integer(
        compute="_compute_outsourcing_site_counts", string="Inspections"
    )
    outsourcing_defect_open_count = fields.Integer(
        compute="_compute_outsourcing_site_counts", string="Open defects"
    )

    def _compute_outsourcing_site_counts(self):
        in_self = ("equipment_id", "in", self.ids)
        group = ["equipment_id"], ["__count"]
        # maintenance users without a role in outsourcing see the equipment, not the inspections
        allowed = self.env["outsourcing.inspection"].has_access("read")
        inspections = (
            dict(self.env["outsourcing.inspection"]._read_group([in_self], *group)) if allowed else {}
        )
        defects = (
            dict(self.env["outsourcing.defect"]._read_group([in_self, ("state", "!=", "closed")], *group))
            if allowed
            else {}
        )
        for equipment in self:
            equipment.outsourcing_inspection_count = inspections.get(equipment._origin, 0)
            equipment.outsourcing_defect_open_count = defects.get(equipment._origin, 0)

    def action_view_outsourcing_inspections(self):
        """Open the inspections of the equipment."""
        return self._get_outsourcing_site_action("outsourcing_inspection_action")

    def action_view_outsourcing_defects(self):
        """Open the defects of the equipment."""
        return self._get_outsourcing_site_action("outsourcing_defect_action")

    def _get_outsourcing_site_action(self, name):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"property_outsourcing_site.{name}")
        return {
            **action,
            "domain": [("equipment_id", "=", self.id)],
            "context": {"default_equipment_id": self.id},
        }
