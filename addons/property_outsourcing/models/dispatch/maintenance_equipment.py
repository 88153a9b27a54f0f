from odoo import fields, models


class MaintenanceEquipment(models.Model):
    """How often equipment was repaired, and how long it took."""

    _inherit = "maintenance.equipment"

    outsourcing_order_count = fields.Integer("Work Orders", compute="_compute_outsourcing_repairs")
    outsourcing_repair_count = fields.Integer("Repairs", compute="_compute_outsourcing_repairs")
    outsourcing_repair_mean = fields.Float(
        "Mean Repair Time (hours)", compute="_compute_outsourcing_repairs", digits=(16, 1)
    )

    def _compute_outsourcing_repairs(self):
        tasks = self.env["project.task"].with_context(active_test=False)  # contracts that ended count too
        counts, repairs = {}, {}
        if tasks.has_access("read"):
            domain = [("outsourcing_equipment_id", "in", self.ids)]
            groups = ["outsourcing_equipment_id"]
            counts = dict(tasks._read_group(domain, groups, ["__count"]))
            finished = [*domain, *tasks._get_repair_domain()]
            rows = tasks._read_group(finished, groups, ["__count", "outsourcing_repair_hours:avg"])
            repairs = {equipment: (count, mean) for equipment, count, mean in rows}
        for equipment in self:
            key = equipment._origin
            equipment.outsourcing_order_count = counts.get(key, 0)
            count, mean = repairs.get(key, (0, 0.0))
            equipment.outsourcing_repair_count = count
            equipment.outsourcing_repair_mean = mean

    def action_view_outsourcing_orders(self):
        """Open the work orders of the equipment."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_order_action"
        )
        return {
            **action,
            "domain": [("outsourcing_equipment_id", "=", self.id)],
            "context": {
                "active_test": False,
                "outsourcing_order": True,
                "default_outsourcing_equipment_id": self.id,
                "default_outsourcing_community_id": self.outsourcing_community_id.id,
            },
            "view_mode": "list,kanban,form",
            "views": [
                (self.env.ref("property_outsourcing.outsourcing_order_view_list").id, "list"),
                (self.env.ref("property_outsourcing.outsourcing_order_view_kanban").id, "kanban"),
                (False, "form"),
            ],
        }

    def action_view_outsourcing_repairs(self):
        """Open the repair times of the equipment, month by month."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_repair_action"
        )
        tasks = self.env["project.task"]
        domain = [*tasks._get_repair_domain(), ("outsourcing_equipment_id", "=", self.id)]
        return {**action, "domain": domain}
