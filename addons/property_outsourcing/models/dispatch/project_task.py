from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..catalogue.outsourcing_sla_mixin import PRIORITIES
from ..workflow.gate import close_gate, is_gate_open, open_gate
from .order_fields import ORDER_KINDS, REPORTS, SCHEDULE_INPUTS, SLA_INPUTS

# tells a write that the caller carries out what follows; an object, which no client can send
LATER_KEY, LATER = "outsourcing_later", object()


class ProjectTask(models.Model):
    """A work order: a task of a contract's project, dispatched to the contractor."""

    _inherit = "project.task"

    outsourcing_contract_id = fields.Many2one(
        "outsourcing.contract",
        "Contract",
        index="btree_not_null",
        ondelete="restrict",
        copy=True,
        tracking=True,
    )
    outsourcing_community_id = fields.Many2one(
        "outsourcing.community",
        "Community",
        compute="_compute_outsourcing_community_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    outsourcing_contractor_id = fields.Many2one(
        related="outsourcing_contract_id.contractor_id",
        string="Contractor",
        store=True,
        index="btree_not_null",
    )
    outsourcing_kind = fields.Selection(ORDER_KINDS, "Kind of Order", default="corrective")
    outsourcing_priority = fields.Selection(PRIORITIES, "Order Priority", default="p2", tracking=True)
    outsourcing_location_id = fields.Many2one(
        "outsourcing.location", "Location", index="btree_not_null", ondelete="restrict"
    )
    outsourcing_equipment_id = fields.Many2one(
        "maintenance.equipment", "Equipment", index="btree_not_null", ondelete="restrict"
    )
    outsourcing_performer_id = fields.Many2one(
        "res.partner",
        "Performer",
        index="btree_not_null",
        domain="[('commercial_partner_id', '=', outsourcing_contractor_id)]",
        help="The named person of the firm who does the work.",
    )
    outsourcing_date_requested = fields.Datetime(
        "Requested", copy=False, default=fields.Datetime.now, tracking=True
    )
    outsourcing_date_entered = fields.Datetime(
        "Entered",
        readonly=True,
        copy=False,
        help="When somebody entered the order. What lay before it is no matter of its time limits: nobody is "
        "late for what he could not know.",
    )

    @api.depends("outsourcing_contract_id")
    def _compute_outsourcing_community_id(self):
        for task in self:
            task.outsourcing_community_id = (
                task.outsourcing_community_id or task.outsourcing_contract_id.community_id
            )

    @api.constrains("outsourcing_contract_id", "outsourcing_community_id")
    def _check_outsourcing_community(self):
        for task in self.sudo():  # compares links only
            contract = task.outsourcing_contract_id
            communities = contract.community_ids | contract.community_id
            if contract and task.outsourcing_community_id not in communities:
                raise ValidationError(self.env._("%s: the community is not part of the contract.", task.name))

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {
            "outsourcing_contract_id",
            "outsourcing_contractor_id",
            "outsourcing_community_id",
            "outsourcing_kind",
            "outsourcing_priority",
            "outsourcing_location_id",
            "outsourcing_equipment_id",
            "outsourcing_performer_id",
            "outsourcing_date_requested",
            "outsourcing_date_responded",
            "outsourcing_date_arrived",
            "outsourcing_date_completed",
            "outsourcing_sla_response_deadline",
            "outsourcing_sla_arrival_deadline",
            "outsourcing_sla_completion_deadline",
            "outsourcing_next_deadline",
            "outsourcing_sla_state",
            "outsourcing_sla_rank",
            "outsourcing_planned_start",
            "outsourcing_planned_finish",
        }

    @api.model_create_multi
    def create(self, vals_list):
        gated, clean = is_gate_open(self), self
        if not gated and not self._is_portal_request():
            clean, vals_list = self._without_stamps(vals_list)
        default = self.env.context.get("default_outsourcing_contract_id")
        entered = not self.env.su and fields.Datetime.now()  # module code and data files tell the past
        for vals in vals_list:
            contract = self.env["outsourcing.contract"].browse(vals.get("outsourcing_contract_id", default))
            if contract and entered:
                self._check_may_dispatch_orders()
                vals["outsourcing_date_entered"] = entered
            if contract and not vals.get("project_id"):
                vals["project_id"] = contract.sudo().project_id.id  # nothing else of the contract is read
        tasks = super(ProjectTask, clean).create(vals_list).with_env(self.env)
        contract_tasks = tasks.filtered("outsourcing_contract_id")
        contract_tasks._check_not_portal()
        contract_tasks._check_contract_project()
        # only module code records work that is over already; that dispatches nobody
        # and plans work of later months, whatever keeps the contractor from being sent out today
        dispatched = contract_tasks.filtered(
            lambda order: not order.is_closed and not (gated and order.outsourcing_kind == "planned")
        )
        for contract in dispatched.sudo().outsourcing_contract_id:  # blockers only; the ACL allowed creating
            contract._check_may_dispatch()
        if contract_tasks:
            contract_tasks._process_created(gated)
        return tasks

    def _gated(self):
        """Return ``self`` in sudo with the gate open. For module code only, after the actor was checked."""
        return open_gate(self)

    def _process_created(self, gated):
        """Start the clocks of the new orders ``self``."""
        if not gated:
            self._check_starts_open()
        without = self.filtered(lambda order: not order.outsourcing_date_requested)
        if without:
            without.outsourcing_date_requested = fields.Datetime.now()
        self._update_sla_state()._announce_breaches()
        self._record_course()
        self._update_schedule()
        # what upper add-ons do about a new order; creating it was allowed
        entered = close_gate(self.sudo()).filtered(lambda order: not order.is_closed)
        entered._after_order_step("entered")

    def write(self, vals):
        orders = self.filtered("outsourcing_contract_id")
        if orders and orders != self:
            # what completes the values of an order is not meant for other tasks
            return (self - orders).write(vals) and orders.write(vals)
        # a link in a notice that a contractor's step sends out is no change of the order
        if not is_gate_open(self) and not (self.env.su and set(vals) == {"access_token"}):
            orders._check_not_portal()
            if not self._is_portal_request():
                self._check_reports_untouched(vals)
            orders._check_order_write(vals)
        if orders:
            vals = orders._complete_order_vals(vals)
        elif vals.get("outsourcing_contract_id") and not self.env.su:
            vals = {**vals, "outsourcing_date_entered": fields.Datetime.now()}
        names = set(vals)
        orders_sudo = orders.sudo()  # steps are compared and told of; super checks who may write
        before = orders_sudo._get_step_values(names)
        result = super().write(vals)
        if orders and self.env.context.get(LATER_KEY) is not LATER:
            orders._process_written(names)
            orders_sudo._tell_steps(before)
        if "project_id" in vals or "outsourcing_contract_id" in vals:
            self._check_contract_project()
        if vals.get("outsourcing_contract_id"):
            for contract in self.sudo().outsourcing_contract_id:  # blockers only; writing was allowed by ACL
                contract._check_may_dispatch()
            (self - orders)._process_created(gated=True)
        return result

    def _write_each(self, values):
        """Write on each order its own ``values`` (order -> dict); what follows is carried out once for all.

        For module code and for fields that complete no others.
        """
        names = {name for vals in values.values() for name in vals}
        orders = self.sudo()  # module code checked the actor before it wrote
        before = orders._get_step_values(names)
        for order, vals in values.items():
            open_gate(order).with_context(**{LATER_KEY: LATER}).write(vals)
        self._process_written(names)
        orders._tell_steps(before)

    def _process_written(self, names):
        """Carry out what follows for the orders ``self`` from having written the fields ``names``."""
        orders = self.sudo()  # clocks, forecasts and facts follow from what was allowed to be written
        if names & {"outsourcing_date_arrived", "outsourcing_date_completed", "outsourcing_date_closed"}:
            reached = orders.filtered(lambda order: order.outsourcing_date_arrived or order.is_closed)
            reached._end_holds_on_site()
        if names & SLA_INPUTS:
            orders._update_sla_state()._announce_breaches()
        over = names & {*REPORTS, "outsourcing_date_closed"}
        if over or names & SLA_INPUTS:
            late = orders if over else orders.filtered("outsourcing_missed_limits")
            late._record_lateness()
        if over:
            orders._close_breach_activities()
        if over or names & {*SLA_INPUTS, "stage_id"}:
            orders._record_course()
        if names & SCHEDULE_INPUTS:
            orders._update_schedule()

    def _check_not_portal(self):
        if self and self.env.user.share and not is_gate_open(self):
            raise AccessError(self.env._("Work orders are reported through the contractor's pages."))

    def _check_contract_project(self):
        for task in self.sudo():  # compares two links only
            if task.outsourcing_contract_id and task.project_id != task.outsourcing_contract_id.project_id:
                raise UserError(
                    self.env._("The work order %s must stay in the project of its contract.", task.name)
                )
