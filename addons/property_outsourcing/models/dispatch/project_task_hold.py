from odoo import fields, models
from odoo.exceptions import UserError

from ..workflow.act_time import act_time
from ..workflow.gate import open_gate
from .order_fields import READERS

ACTIVITY_HOLD = "property_outsourcing.activity_type_order_hold"


class ProjectTask(models.Model):
    """A work order on hold: staff put it there, or the contractor asks for it and staff answer."""

    _inherit = "project.task"

    outsourcing_hold_ids = fields.One2many(
        "outsourcing.order.hold", "task_id", "Holds", readonly=True, groups=READERS
    )
    outsourcing_hold_id = fields.Many2one(
        "outsourcing.order.hold", "Current Hold", readonly=True, copy=False, index="btree_not_null"
    )
    outsourcing_hold_reason_id = fields.Many2one(
        related="outsourcing_hold_id.reason_id", string="Hold Reason", store=True, index="btree_not_null"
    )
    outsourcing_date_paused = fields.Datetime("Clock Stopped since", readonly=True, copy=False)
    outsourcing_has_hold_request = fields.Boolean("Asks for a Hold", readonly=True, copy=False)

    def action_outsourcing_hold(self):
        """Open the dialogue that puts the orders on hold."""
        return self._get_step_action("hold", self.env._("Put on Hold"))

    def action_outsourcing_resume(self):
        """End the hold; the clock goes on."""
        self._check_order_staff()
        orders = self.sudo()  # the staff was checked in the line before
        if not all(order.outsourcing_hold_id for order in orders):
            raise UserError(self.env._("Only an order on hold can be resumed."))
        orders._end_holds()
        orders._message_log_batch(dict.fromkeys(orders.ids, self.env._("The hold has ended.")))

    def _hold(self, reason, note=False):
        """Put the orders on hold, as staff.

        :param reason: ``outsourcing.hold.reason``
        """
        self._check_order_staff()
        orders = self.sudo()  # the staff was checked in the line before
        if not reason._is_choice():
            raise UserError(self.env._("Choose the reason."))
        orders._check_may_hold()
        orders._create_holds(reason, note, "granted", decided_by_id=self.env.uid)
        orders._apply_holds()
        text = " ".join(filter(None, (reason.name, note and f"– {note}")))
        orders._message_log_batch(dict.fromkeys(orders.ids, self.env._("On hold: %s", text)))

    def _portal_request_hold(self, reason, note=False):
        """Ask for a hold, as the contractor; staff grants or refuses it.

        :param reason: ``outsourcing.hold.reason``
        :raise AccessError: not the contractor of this work order
        :raise UserError: closed, reported done, or on hold already
        """
        self.ensure_one()
        order = self.sudo()  # the party is checked in the next line
        order._check_contractor(self.env.user)
        order._check_may_hold()
        if not reason._is_choice():  # a client may send any id
            raise UserError(self.env._("Choose the reason."))
        order._create_holds(reason, note, "requested")
        order._apply_holds()
        order._schedule_event(
            ACTIVITY_HOLD,
            self.env._("Answer the contractor's request for a hold"),
            users=order.outsourcing_contract_id.manager_id,
        )
        # sudo: the name of a reason, for a contractor who reads no list of reasons
        order.message_post(body=self.env._("The contractor asks for a hold: %s", reason.sudo().name))

    def _check_may_hold(self):
        for order in self:
            if order.is_closed or order.outsourcing_date_completed:
                raise UserError(self.env._("%s is finished: nothing is left to hold.", order.name))
            if {"requested", "granted"} & set(order.outsourcing_hold_ids.mapped("state")):
                raise UserError(self.env._("%s is on hold already, or a request is waiting.", order.name))

    def _create_holds(self, reason, note, state, own=None, **vals):
        """Create a hold of each order.

        :param dict own: order -> values of its hold alone
        """
        now = act_time(self, *self.mapped("outsourcing_date_entered"))
        decided = {"date_decided": now, **vals} if state == "granted" else vals
        # the actor was checked with the step
        return open_gate(self.env["outsourcing.order.hold"]).create(
            [
                {
                    "task_id": order.id,
                    "reason_id": reason.id,
                    "stops_clock": reason.sudo().stops_clock,  # what the reason does to the clock
                    "note": note,
                    "state": state,
                    "date_from": now,
                    "requested_by_id": self.env.uid,
                    **decided,
                    **(own or {}).get(order, {}),
                }
                for order in self
            ]
        )

    def _apply_holds(self):
        """Write on the orders ``self`` (in sudo) what their holds say."""
        values = {}
        for order in self:
            current = order.outsourcing_hold_ids.filtered(lambda hold: hold.state == "granted")[:1]
            values[order] = {
                "outsourcing_hold_id": current.id,
                "outsourcing_date_paused": current.stops_clock and current.date_from,
                "outsourcing_has_hold_request": "requested" in order.outsourcing_hold_ids.mapped("state"),
            }
        self._write_each(values)

    def _end_holds_on_site(self):
        """End the running holds of the orders ``self`` (in sudo) where somebody arrived or finished.

        At the time of that step: a phone without signal tells it later, and until then nothing was held.
        """
        holds = self.outsourcing_hold_ids.filtered(lambda hold: hold.state == "granted")
        now = fields.Datetime.now()
        for hold in holds:
            steps = (hold.task_id.outsourcing_date_arrived, hold.task_id.outsourcing_date_completed)
            hold._end(min((step for step in steps if step and step >= hold.date_from), default=now))
        if holds:
            holds.task_id._apply_holds()

    def _end_holds(self, moment=None):
        """End the running holds of the orders ``self`` (in sudo)."""
        holds = self.outsourcing_hold_ids.filtered(lambda hold: hold.state == "granted")
        if holds:
            holds._end(moment or fields.Datetime.now())
            holds.task_id._apply_holds()
