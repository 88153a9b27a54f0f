from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.gate import open_gate
from ..workflow.step_refusal import refuse_step
from .order_fields import CLOCK_INPUTS, CORRECTED, REPORTS

STAFF = "property_outsourcing.group_outsourcing_user"
CLOSED = ("1_done", "1_canceled")
ACTIVITY_HOLD = "property_outsourcing.activity_type_order_hold"


class ProjectTask(models.Model):
    """Hold, resume, reopen and close a work order; each by the party who may, with a reason on record."""

    _inherit = "project.task"

    outsourcing_date_closed = fields.Datetime("Closed on", readonly=True, copy=False)
    outsourcing_close_reason = fields.Text("Reason of Closing", readonly=True, copy=False, tracking=True)
    outsourcing_date_reopened = fields.Datetime("Reopened on", readonly=True, copy=False)
    outsourcing_reopen_count = fields.Integer("Times Reopened", readonly=True, copy=False)
    outsourcing_reopen_reason = fields.Text("Reason of Reopening", readonly=True, copy=False, tracking=True)

    # ---- buttons ----------------------------------------------------------------------------------------

    def _get_step_action(self, step, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "outsourcing.order.step",
            "view_mode": "form",
            "target": "new",
            "context": {"default_task_ids": self.ids, "default_step": step},
        }

    def action_outsourcing_reopen(self):
        """Open the dialogue that gives orders back which are not right."""
        return self._get_step_action("reopen", self.env._("Reopen"))

    def action_outsourcing_close(self):
        """Open the dialogue that closes orders the contractor has not reported done."""
        return self._get_step_action("close", self.env._("Close without Report"))

    def action_outsourcing_cancel(self):
        """Open the dialogue that cancels orders."""
        return self._get_step_action("cancel", self.env._("Cancel Order"))

    def action_outsourcing_done(self):
        """Close the orders the contractor has reported done."""
        self._check_order_staff()
        self.write({"state": "1_done"})

    # ---- steps ------------------------------------------------------------------------------------------

    def _check_order_staff(self):
        """Raise AccessError unless the acting person is staff who may dispatch the orders ``self``."""
        user = self.env.user
        if user.share or not user.has_group(STAFF):
            raise refuse_step(self.env, STAFF)
        self.check_access("write")
        if not all(order.outsourcing_contract_id for order in self.sudo()):  # tells an order from a task
            raise UserError(self.env._("This is for work orders of a contract."))

    def _close_orders(self, reason, state="1_done"):
        """Close the orders without the contractor's report, or cancel them.

        :param str reason: why; kept on the order
        """
        self._check_order_staff()
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason."))
        orders = self.sudo()  # the staff was checked above
        if any(order.is_closed for order in orders):
            raise UserError(self.env._("An order is closed already."))
        orders._end_holds()
        open_gate(orders).write({"state": state, "outsourcing_close_reason": reason.strip()})

    def _reopen_orders(self, reason):
        """Give orders back that are not right; their clock starts anew.

        :param str reason: what is wrong; kept on the order
        """
        self._check_order_staff()
        self.sudo()._process_reopening(reason)  # the staff was checked in the line before

    def _process_reopening(self, reason):
        """Reopen the orders ``self`` (in sudo); the caller has checked the actor."""
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason."))
        if not all(order.is_closed or order.outsourcing_date_completed for order in self):
            raise UserError(self.env._("Only a finished order can be reopened."))
        stage = self.env.ref("property_outsourcing.order_stage_dispatched")
        clocks = {}
        hours = {order: {"outsourcing_hours_before": order._get_hours_so_far(clocks)} for order in self}
        self._write_each(hours)
        for count, orders in self.grouped("outsourcing_reopen_count").items():
            open_gate(orders).write(
                {
                    **dict.fromkeys((*REPORTS, *CORRECTED), False),
                    "outsourcing_missed_limits": False,
                    "outsourcing_date_closed": False,
                    "outsourcing_close_reason": False,
                    "outsourcing_date_reopened": fields.Datetime.now(),
                    "outsourcing_reopen_count": count + 1,
                    "outsourcing_reopen_reason": reason.strip(),
                    "state": "01_in_progress",
                    "stage_id": stage.id,
                }
            )
        # that of a rectification is its defect's to record
        orders = self.filtered(lambda order: order.outsourcing_kind != "rectification")
        self.env["outsourcing.fact"]._record([order._prepare_reopening_fact() for order in orders])

    def _prepare_reopening_fact(self):
        return {
            "fact_type": "order_reopened",
            "contract": self.outsourcing_contract_id,
            "source": self,
            "community": self.outsourcing_community_id,
            "priority": self.outsourcing_priority,
            "key": f"order_reopened:project.task:{self.id}:{self.outsourcing_reopen_count}",
        }

    # ---- gates, called by create and write --------------------------------------------------------------

    def _check_order_write(self, vals):
        """Raise UserError where a client changes what only a step of the workflow may change."""
        if "outsourcing_contract_id" in vals and any(
            order.outsourcing_contract_id.id != vals["outsourcing_contract_id"] for order in self
        ):
            raise UserError(self.env._("A work order stays under its contract."))
        if "outsourcing_community_id" in vals:
            self._check_community_kept(vals["outsourcing_community_id"])
        if "outsourcing_date_requested" in vals and not vals["outsourcing_date_requested"]:
            raise UserError(self.env._("A work order needs the time it was requested."))
        if "state" in vals or "stage_id" in vals:
            self._check_order_state(vals)
        if vals.get("active") is False and not self.env.su and any(not order.is_closed for order in self):
            raise UserError(self.env._("An open work order is cancelled, not archived."))
        if CLOCK_INPUTS & set(vals):
            self._check_clock_inputs(vals)

    def _check_community_kept(self, community_id):
        """Raise UserError where an order that was sent moves to another community, whose people see it."""
        new = self.env.ref("property_outsourcing.order_stage_new")
        moved = self.filtered(lambda order: order.outsourcing_community_id.id != community_id)
        if moved.filtered(
            lambda order: order.is_closed or order.stage_id != new or order.outsourcing_date_responded
        ):
            raise UserError(self.env._("A work order that was sent stays in its community."))

    def _check_order_state(self, vals):
        done = self.env.ref("property_outsourcing.order_stage_done")
        new = self.env.ref("property_outsourcing.order_stage_new")
        target = vals.get("state") or (vals.get("stage_id") == done.id and "1_done")
        for order in self:
            answered = order.outsourcing_date_responded and not order.is_closed
            if "stage_id" in vals and vals["stage_id"] in (
                (False, None, new.id) if answered else (False, None)
            ):
                raise UserError(
                    self.env._("%s is under way: it keeps a stage, and is not new again.", order.name)
                )
            if order.is_closed and (target != order.state if target else vals.get("stage_id") != done.id):
                raise UserError(
                    self.env._("%s is closed: use the button to reopen it and give the reason.", order.name)
                )
            if target == "1_done" and not order.is_closed and not order.outsourcing_date_completed:
                raise UserError(
                    self.env._(
                        "%s has not been reported done: wait for the contractor's report, "
                        "or close it with a reason.",
                        order.name,
                    )
                )
            if target == "1_canceled" and not order.is_closed:
                raise UserError(
                    self.env._("%s: use the button to cancel it and give the reason.", order.name)
                )

    def _check_clock_inputs(self, vals):
        if self.env.su or self.env.user.has_group("property_outsourcing.group_outsourcing_manager"):
            return
        for order in self:
            started = order.outsourcing_date_responded or order.outsourcing_breach_count
            changed = any(
                order[name] != order._fields[name].convert_to_cache(vals[name], order)
                for name in CLOCK_INPUTS & set(vals)
            )
            if started and changed:
                raise UserError(
                    self.env._(
                        "%s: after the contractor's first report or a missed limit only a manager "
                        "changes what its time limits rest on.",
                        order.name,
                    )
                )

    @api.ondelete(at_uninstall=True)
    def _unlink_except_work_order(self):
        if any(order.outsourcing_contract_id for order in self.sudo()):  # tells an order from a task
            raise UserError(self.env._("A work order is cancelled, not deleted."))

    def _complete_order_vals(self, vals):
        """Return ``vals`` with stage and state in step, and the time of closing."""
        if "state" not in vals and "stage_id" not in vals:
            return vals
        vals = dict(vals)
        done = self.env.ref("property_outsourcing.order_stage_done")
        if vals.get("stage_id") == done.id:
            vals.setdefault("state", "1_done")
        if vals.get("state") == "1_done":
            vals.setdefault("stage_id", done.id)
        if vals.get("state") in CLOSED and not all(order.is_closed for order in self):
            vals["outsourcing_date_closed"] = fields.Datetime.now()
        return vals
