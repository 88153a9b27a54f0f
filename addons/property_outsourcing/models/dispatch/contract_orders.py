from odoo import api, fields, models

from ..workflow.gate import is_gate_open, open_gate

CLOSED_TASK_STATES = ("1_done", "1_canceled")


class OutsourcingContract(models.Model):
    """The work orders of a contract: those its service type always has, and how far they slip."""

    _inherit = "outsourcing.contract"

    task_ids = fields.One2many(
        "project.task", "outsourcing_contract_id", "Work Orders", context={"active_test": False}
    )
    task_count = fields.Integer(compute="_compute_counters")
    override_ids = fields.One2many("outsourcing.dispatch.override", "contract_id", "Overrides", readonly=True)
    override_count = fields.Integer(compute="_compute_counters")
    delay_days = fields.Float("Delay (days)", compute="_compute_order_figures", digits=(16, 1))
    late_order_count = fields.Integer("Orders that Slip", compute="_compute_order_figures")
    overdue_order_count = fields.Integer("Overdue Orders", compute="_compute_counters")

    dispatch_blockers = fields.Text("Dispatch is Blocked", compute="_compute_dispatch_blockers")

    @api.model
    def _get_counters(self):
        orders = ("project.task", "outsourcing_contract_id")
        overdue = [("is_closed", "=", False), ("outsourcing_sla_rank", "=", 0)]
        return {
            **super()._get_counters(),
            "task_count": (*orders, []),
            "overdue_order_count": (*orders, overdue),
            "override_count": ("outsourcing.dispatch.override", "contract_id", []),
        }

    def _get_open_orders(self):
        """Return the work orders that are neither done nor cancelled."""
        return self.task_ids.filtered(lambda task: task.state not in CLOSED_TASK_STATES)

    @api.depends("state", "contractor_id")
    def _compute_dispatch_blockers(self):
        for contract in self:  # shown on the form of one contract
            blocked = contract.state == "active" and not contract._is_dispatch_overridden()
            blockers = contract._get_document_blockers_to_dispatch() if blocked else []
            contract.dispatch_blockers = "\n".join(blockers)

    def _compute_order_figures(self):
        tasks = self.env["project.task"]
        domain = [("outsourcing_contract_id", "in", self.ids), ("is_closed", "=", False)]
        late = tasks._read_group(
            [*domain, ("outsourcing_delay_days", ">", 0)],
            ["outsourcing_contract_id"],
            ["outsourcing_delay_days:max", "__count"],
        )
        delays = {contract.id: (days, count) for contract, days, count in late}
        for contract in self:
            contract.delay_days, contract.late_order_count = delays.get(contract._origin.id, (0.0, 0))

    def _activate(self):
        result = super()._activate()
        self._create_planned_orders()
        return result

    def _create_planned_orders(self, communities=None, first=None):
        """Create the work orders the service types plan, for all newly active contracts (in sudo) at once.

        :param communities: only for these
        :param first: only those that begin on this day or later
        """
        vals_list = []
        for contract in self:
            for template in contract.service_type_id.task_ids:
                served = contract.community_ids if template.per_community else contract.community_id
                vals_list += [
                    template._prepare_order_vals(contract, community, day)
                    for day in template._get_start_dates(contract)
                    if not first or day >= first
                    for community in (served if communities is None else served & communities)
                ]
        if vals_list:
            quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
            tasks = self.env["project.task"].with_context(**quiet)
            # an agreed change plans ahead, whatever keeps the contractor from being sent out today
            tasks = open_gate(tasks) if is_gate_open(self) else tasks
            tasks.create(vals_list)

    def action_view_tasks(self):
        """Open the work orders of the contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_order_action"
        )
        context = {"default_outsourcing_contract_id": self.id, "default_project_id": self.project_id.id}
        return {**action, "domain": [("outsourcing_contract_id", "=", self.id)], "context": context}

    def action_view_slipping_orders(self):
        """Open what slips under the contract, and why."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_order_slip_action"
        )
        domain = [("outsourcing_contract_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"search_default_late": 1}}

    def action_view_overdue_orders(self):
        """Open the orders of the contract whose time limit has passed."""
        action = self.action_view_tasks()
        domain = [*action["domain"], ("outsourcing_sla_rank", "=", 0)]
        return {**action, "name": self.env._("Overdue Orders"), "domain": domain}

    def action_view_overrides(self):
        """Open the overrides of missing documents."""
        return self._get_contract_action("property_outsourcing.outsourcing_dispatch_override_action")

    def action_override_dispatch(self):
        """Open the form in which a manager allows dispatch in spite of missing documents."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispatch in spite of Missing Documents"),
            "res_model": "outsourcing.dispatch.override",
            "view_mode": "form",
            "view_id": self.env.ref("property_outsourcing.outsourcing_dispatch_override_view_form_dialog").id,
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def action_compare_repairs(self):
        """Open the comparison of repair times before and after the start of the contract."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Repair Times before and after"),
            "res_model": "outsourcing.repair.comparison",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_date_split": fields.Date.to_string(self.date_start),
                "default_service_type_id": self.service_type_id.id,
                "default_community_ids": self.community_ids.ids,
            },
        }
