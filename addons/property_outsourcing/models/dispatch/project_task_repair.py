from odoo import api, fields, models

REPAIR_KINDS = ("corrective", "complaint", "rectification", "emergency")


class ProjectTask(models.Model):
    """How long a repair took, and where a work order leads to."""

    _inherit = "project.task"

    outsourcing_service_type_id = fields.Many2one(
        related="outsourcing_contract_id.service_type_id",
        string="Service Type",
        store=True,
        index="btree_not_null",
    )
    outsourcing_repair_hours = fields.Float(
        "Repair Time (hours)",
        compute="_compute_outsourcing_repair_hours",
        store=True,
        copy=False,
        aggregator="avg",
        help="From the request to the report that it is done, less the time on hold.",
    )
    outsourcing_contact_id = fields.Many2one(
        "res.partner", "Contractor's Contact", compute="_compute_outsourcing_contact"
    )
    outsourcing_contact_phone = fields.Char("Contact's Phone", compute="_compute_outsourcing_contact")
    outsourcing_fact_count = fields.Integer("Facts", compute="_compute_outsourcing_fact_count")
    outsourcing_adjustment_count = fields.Integer(
        "Penalties and Rewards", compute="_compute_outsourcing_fact_count"
    )

    @api.depends(
        "outsourcing_date_requested",
        "outsourcing_date_completed",
        "outsourcing_hold_ids.date_until",
        "outsourcing_hold_ids.state",
    )
    def _compute_outsourcing_repair_hours(self):
        for task in self:
            since, until = task.outsourcing_date_requested, task.outsourcing_date_completed
            if not since or not until or until <= since:
                task.outsourcing_repair_hours = 0.0
                continue
            seconds = (until - since).total_seconds()
            for hold in task._get_stopping_holds():
                held_until = min(hold.date_until or until, until)
                seconds -= max((held_until - max(hold.date_from, since)).total_seconds(), 0)
            task.outsourcing_repair_hours = max(seconds, 0) / 3600

    @api.depends("outsourcing_performer_id", "outsourcing_contract_id")
    def _compute_outsourcing_contact(self):
        for task in self:
            contract = task.outsourcing_contract_id.sudo()  # the number to call, for whoever sees the order
            contact = task.outsourcing_performer_id or contract.contractor_manager_id
            task.outsourcing_contact_id = contact or contract.contractor_id
            task.outsourcing_contact_phone = contact.phone or contract.contractor_id.phone

    def _compute_outsourcing_fact_count(self):
        facts = self.env["outsourcing.fact"]
        if not facts.has_access("read"):  # who uses projects without outsourcing
            self.outsourcing_fact_count = self.outsourcing_adjustment_count = 0
            return
        facts = facts.search_fetch(self._get_fact_domain(), ["res_id"])
        by_order = facts.grouped("res_id")
        adjustments = self.env["outsourcing.adjustment"].search([("fact_ids", "in", facts.ids)])
        for task in self:
            own = by_order.get(task.id, self.env["outsourcing.fact"])
            task.outsourcing_fact_count = len(own)
            task.outsourcing_adjustment_count = len(
                adjustments.filtered(lambda adjustment, own=own: adjustment.fact_ids & own)
            )

    @api.model
    def _get_repair_domain(self):
        """Return the domain of finished repairs."""
        return [("outsourcing_date_completed", "!=", False), ("outsourcing_kind", "in", REPAIR_KINDS)]

    def _get_fact_domain(self):
        return [("res_model", "=", "project.task"), ("res_id", "in", self.ids)]

    def action_view_outsourcing_contract(self):
        """Open the contract of the order."""
        return self._open_outsourcing_record(self.outsourcing_contract_id)

    def action_view_outsourcing_equipment(self):
        """Open the equipment the order is about."""
        return self._open_outsourcing_record(
            self.outsourcing_equipment_id,
            [(self.env.ref("property_outsourcing.outsourcing_equipment_view_form").id, "form")],
        )

    def _open_outsourcing_record(self, record, views=None):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": views or [(False, "form")],
        }

    def action_view_outsourcing_facts(self):
        """Open what has been recorded of the order."""
        action = self.env["ir.actions.act_window"]._for_xml_id("property_outsourcing.outsourcing_fact_action")
        return {**action, "domain": self._get_fact_domain(), "context": {}}

    def action_view_outsourcing_adjustments(self):
        """Open the penalties and rewards that follow from the order."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_adjustment_action"
        )
        facts = self.env["outsourcing.fact"].search(self._get_fact_domain())
        return {**action, "domain": [("fact_ids", "in", facts.ids)], "context": {}}
