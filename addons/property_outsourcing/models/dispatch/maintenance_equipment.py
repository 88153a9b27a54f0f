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

    def _get_dispatch_contracts(self):
        """Return the contracts under which work on the equipment can be dispatched today.

        Those whose scope names it; else those of its service type in its community.
        """
        self.ensure_one()
        contracts = self.outsourcing_contract_ids
        if not contracts and self.outsourcing_service_type_id:
            contracts = contracts.search(
                [
                    ("community_ids", "in", self.outsourcing_community_id.ids),
                    ("service_type_id", "=", self.outsourcing_service_type_id.id),
                    ("state", "=", "active"),
                ]
            )
        return contracts.filtered(lambda contract: contract.state == "active" and not contract.is_lapsed)

    def action_dispatch_outsourcing_order(self):
        """Open a new work order for the equipment; its contract and contractor are found."""
        self.ensure_one()
        action = self.action_view_outsourcing_orders()
        return {**action, "view_mode": "form", "views": [(False, "form")], "target": "current"}

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
