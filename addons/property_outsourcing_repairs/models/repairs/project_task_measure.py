from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.step_refusal import refuse_step
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names

from .project_task_answer import ACTIVITY_UNANSWERED

USER = "property_outsourcing.group_outsourcing_user"
MANAGER = "property_outsourcing.group_outsourcing_manager"
ACTIVITY_QUANTITIES = "property_outsourcing_repairs.activity_type_quantities_approval"


class ProjectTask(models.Model):
    """The second of two signatures: another person accepts what the contractor reported."""

    _inherit = "project.task"

    def action_outsourcing_accept_quantities(self):
        """Accept the performed quantities; a large order goes on to a manager."""
        self._accept_quantities()

    def _accept_quantities(self, date=None):
        """Accept the performed quantities as the acting supervisor.

        :param date: day of the acceptance, by default today
        """
        self._check_measure_actor(USER)
        orders = self.sudo()  # the actor was checked
        orders._check_measure_state("reported")
        orders._check_other_person("outsourcing_reported_by_id")
        orders._check_performed()
        large = orders.filtered(lambda order: order._needs_manager())
        stamps = {
            "outsourcing_checked_by_id": self.env.uid,
            "outsourcing_date_checked": fields.Datetime.now(),
        }
        open_gate(large).write({**stamps, "outsourcing_measure_state": "checked"})
        large._ask_manager()
        open_gate(orders - large).write(stamps)
        (orders - large)._finish_acceptance(date)

    def action_outsourcing_approve_quantities(self):
        """Accept the quantities of a large order as manager."""
        self._approve_quantities()

    def _approve_quantities(self, date=None):
        """Accept as manager what a supervisor has checked; ``date`` as in ``_accept_quantities``."""
        self._check_measure_actor(MANAGER)
        orders = self.sudo()  # the actor was checked
        orders._check_measure_state("checked")
        orders._check_other_person("outsourcing_reported_by_id", "outsourcing_checked_by_id")
        open_gate(orders).write({"outsourcing_approved_by_id": self.env.uid})
        orders._finish_acceptance(date)

    def action_outsourcing_return_quantities(self):
        """Send the report back to the contractor, who reports again."""
        self._check_measure_actor(USER)
        orders = self.sudo()  # the actor was checked
        orders._check_measure_state("reported", "checked")
        orders._send_back()

    def _send_back(self):
        """Let the contractor report the quantities of these orders (in sudo) again."""
        self._clear_measured()
        said = self.env._("The reported quantities were sent back to the contractor.")
        self._message_log_batch(dict.fromkeys(self.ids, said))

    def _clear_measured(self):
        stamps = (
            "outsourcing_reported_by_id", "outsourcing_date_reported",
            "outsourcing_checked_by_id", "outsourcing_date_checked",
            "outsourcing_date_answer_due", "outsourcing_date_answer_missed", "outsourcing_report_signer_id",
        )  # fmt: skip
        self.activity_unlink([ACTIVITY_QUANTITIES, ACTIVITY_UNANSWERED])
        open_gate(self).write({"outsourcing_measure_state": "estimate", **dict.fromkeys(stamps, False)})
        self.outsourcing_order_line_ids._gated().write({"quantity_performed": 0.0, "cut_reason": False})

    def _finish_acceptance(self, date=None):
        """Fix the quantities of these orders (in sudo) and count them on the items of the list."""
        if not self:
            return
        open_gate(self).write(
            {
                "outsourcing_measure_state": "accepted",
                "outsourcing_date_accepted": date or trade_today(self),
                "stage_id": self.env.ref("property_outsourcing.order_stage_done").id,
                "state": "1_done",
            }
        )
        self.activity_unlink([ACTIVITY_QUANTITIES, ACTIVITY_UNANSWERED])
        by_item = self.outsourcing_order_line_ids.grouped("item_id")
        self.env["outsourcing.contract.item"]._add_measured(
            {item: sum(lines.mapped("quantity_performed")) for item, lines in by_item.items()}
        )

    def _ask_manager(self):
        """Put these orders on the list of the manager who has to sign as well."""
        people = self._map_responsible_users(self.env.user, MANAGER)
        summary, asked = self.env._("Accept the quantities of a large order"), {}
        for order in self:
            near = order.outsourcing_contract_id.manager_id | order.outsourcing_community_id.manager_id
            manager = near.filtered(lambda user: user.has_group(MANAGER) and user != self.env.user)[:1]
            asked[order] = {"summary": summary, "users": manager or people[order]}
        self._schedule_events(ACTIVITY_QUANTITIES, asked)

    def _needs_manager(self):
        """Return whether the order is above what a supervisor accepts alone."""
        self.ensure_one()
        contract = self.outsourcing_contract_id
        company = contract.company_id
        return company._outsourcing_is_above(
            company.outsourcing_repairs_manager_amount, self.outsourcing_order_amount, contract.currency_id
        )

    # ---- the order is closed or given back otherwise ------------------------------------------------------

    def _close_orders(self, reason, state="1_done"):
        priced = self.sudo().filtered("outsourcing_measure_state")  # states only; super checks who asks
        if state == "1_done" and priced:
            raise UserError(
                self.env._(
                    "%s is priced by quantity: it is done when its quantities are accepted.", priced[0].name
                )
            )
        priced._check_measure_state("estimate")
        return super()._close_orders(reason, state)

    def _process_reopening(self, reason):
        for order in self:
            if order.outsourcing_measure_state in ("checked", "accepted", "rolled_up"):
                raise UserError(
                    self.env._(
                        "The quantities of %s are accepted: order a rectification instead.", order.name
                    )
                )
        return super()._process_reopening(reason)

    def _after_order_step(self, step):
        super()._after_order_step(step)
        if step == "reopened":
            self.filtered(lambda order: order.outsourcing_measure_state == "reported")._send_back()
        if step == "completed_undone":
            # it is reported together with the completion
            self.filtered(lambda order: order.outsourcing_measure_state == "reported")._clear_measured()

    def _get_take_back_problem(self):
        if self.outsourcing_measure_state in ("checked", "accepted", "rolled_up"):
            return self.env._(
                "%(order)s is %(state)s: this step is not open.",
                order=self.name,
                state=self._get_measure_label(),
            )
        return super()._get_take_back_problem()

    # ---- checks -----------------------------------------------------------------------------------------

    def _check_measure_actor(self, group):
        """Raise AccessError unless the acting person is staff in ``group`` who may write these orders."""
        user = self.env.user
        if user._is_superuser() or user.share or not user.has_group(group):
            raise refuse_step(self.env, group)
        self.check_access("write")

    def _check_measure_state(self, *states):
        for task in self:
            if task.outsourcing_measure_state not in states:
                raise UserError(
                    self.env._(
                        "%(order)s is %(state)s: this step is not open.",
                        order=task.name,
                        state=task._get_measure_label(),
                    )
                )

    def _check_other_person(self, *names):
        for task in self:
            for name in names:
                if self.env.user == task[name]:
                    raise UserError(
                        self.env._(
                            "%(order)s: %(user)s has already signed as %(role)s; another person must accept.",
                            order=task.name,
                            user=self.env.user.name,
                            role=task._fields[name]._description_string(self.env),
                        )
                    )

    def _check_performed(self):
        for task in self:
            lines = task.outsourcing_order_line_ids
            above = lines.filtered(lambda line: line.quantity_performed > line.quantity_reported)
            if above:
                raise UserError(
                    self.env._(
                        "%(order)s: no more of %(items)s is accepted than the contractor reported; send the "
                        "report back instead.",
                        order=task.name,
                        items=join_names(self.env, above.mapped("name")),
                    )
                )
            if not any(lines.mapped("quantity_performed")):
                raise UserError(self.env._("%s: nothing performed; send the report back instead.", task.name))
            unexplained = lines.filtered(lambda line: line.is_cut and not (line.cut_reason or "").strip())
            if unexplained:
                raise UserError(
                    self.env._(
                        "%(order)s: write why less of %(items)s is accepted than the contractor reported.",
                        order=task.name,
                        items=join_names(self.env, unexplained.mapped("name")),
                    )
                )

    def _check_not_rolled_up_by_signer(self):
        """Raise UserError if the acting person signed one of these orders: the roll-up is another's duty."""
        if self.env.user._is_superuser():
            return  # the schedule
        signed = self.filtered(
            lambda task: (
                self.env.user
                in task.outsourcing_reported_by_id
                | task.outsourcing_checked_by_id
                | task.outsourcing_approved_by_id
            )
        )
        if signed:
            raise UserError(
                self.env._(
                    "%(user)s has signed %(orders)s: another manager, or the schedule, draws up the roll-up.",
                    user=self.env.user.name,
                    orders=join_names(self.env, signed[:5].mapped("name")),
                )
            )
