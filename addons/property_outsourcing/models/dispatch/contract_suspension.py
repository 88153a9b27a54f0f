from datetime import time

from odoo import fields, models

from ..workflow.trade_time import trade_today, utc_moment


class OutsourcingContract(models.Model):
    """The clocks of open work orders rest with their contract: from the day it rests until it goes on."""

    _inherit = "outsourcing.contract"

    def _suspend(self, reason, **vals):
        super()._suspend(reason, **vals)
        if not vals.get("pauses_limits", True):
            return
        orders = self.env["project.task"].sudo()  # super has checked who suspends
        orders = orders.search(
            [
                ("outsourcing_contract_id", "in", self.ids),
                ("is_closed", "=", False),
                ("outsourcing_date_completed", "=", False),
                ("outsourcing_hold_ids", "not any", [("state", "in", ("requested", "granted"))]),
            ]
        )
        rests = {order: order._prepare_rest() for order in orders}
        decided = {"decided_by_id": self.env.uid}
        orders._create_holds(self._get_suspension_reason(), reason, "granted", rests, **decided)
        orders._apply_holds()

    def _end_suspensions(self):
        moments = {
            contract: contracts._get_moment_of(contracts._get_as_of())
            for contracts in self.grouped("company_id").values()
            for contract in contracts
        }
        result = super()._end_suspensions()
        orders = self.env["project.task"].sudo()  # the contract's own transition has checked who resumes
        orders = orders.search(
            [
                ("outsourcing_contract_id", "in", self.ids),
                ("outsourcing_hold_reason_id", "=", self._get_suspension_reason().id),
            ]
        )
        for moment, resting in orders.grouped(lambda order: moments[order.outsourcing_contract_id]).items():
            resting._end_holds(moment)
        return result

    def _after_resumption_corrected(self, suspension):
        super()._after_resumption_corrected(suspension)
        holds = self.env["outsourcing.order.hold"].search(
            [
                ("suspension_id", "=", suspension.id),
                ("state", "=", "ended"),
                ("task_id.outsourcing_date_completed", "=", False),  # its own report has ended the hold
                ("task_id.is_closed", "=", False),
            ]
        )
        moment = self._get_moment_of(suspension.date_resumed)
        for hold in holds:  # each between its own beginning and the next hold of its order
            later = hold.task_id.outsourcing_hold_ids.filtered(
                lambda h, own=hold: h.date_from > own.date_from
            )
            hold._end(min([moment, *later.mapped("date_from")]))
        holds._apply_decision()

    def _get_moment_of(self, date):
        """Return the moment at which ``date`` begins for the company of ``self``; now, if it is today."""
        today = date >= trade_today(self)
        return fields.Datetime.now() if today else utc_moment(self, date, time.min)

    def _get_suspension_reason(self):
        return self.env.ref("property_outsourcing.hold_reason_suspended").sudo()  # master data


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _prepare_rest(self):
        """Return the suspension the order (in sudo) rests with, and from which moment."""
        contract = self.outsourcing_contract_id
        suspension = contract._get_suspension()
        earlier = [until for until in self.outsourcing_hold_ids.mapped("date_until") if until]
        start = max([contract._get_moment_of(suspension.date_start), *earlier])
        return {"suspension_id": suspension.id, "date_from": start}
