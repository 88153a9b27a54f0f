from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.gate import open_gate
from ..workflow.trade_time import trade_today


class OutsourcingContract(models.Model):
    """How a running contract rests, goes on and ends before its time."""

    _inherit = "outsourcing.contract"

    suspension_ids = fields.One2many("outsourcing.contract.suspension", "contract_id", "Suspensions")
    termination_reason_id = fields.Many2one(
        "outsourcing.termination.reason", readonly=True, copy=False, ondelete="restrict", tracking=True
    )
    date_terminated = fields.Date("Terminated on", readonly=True, copy=False)
    date_notice = fields.Date("Notice Given on", readonly=True, copy=False)

    # ---- suspend and resume -----------------------------------------------------------------------------

    def action_suspend(self):
        """Ask why and for how long the contract rests."""
        self._check_actor("suspended")
        return self._get_step_wizard("outsourcing.contract.suspend", self.env._("Suspend"))

    def _suspend(self, reason, **vals):
        """Let ``self`` rest: no dispatch, no inspections.

        :param str reason: why
        :param vals: ``date_start`` (today by default), ``date_until``, ``pauses_limits``, ``pauses_fee``
        """
        self._check_actor("suspended")
        today = trade_today(self)
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason of the suspension."))
        if vals.get("date_start") and vals["date_start"] > today:
            raise UserError(self.env._("A suspension starts today or earlier, not in the future."))
        self._transition_to("suspended")
        row = {
            "date_start": today,
            "pauses_limits": True,
            **vals,
            "reason": reason.strip(),
            "suspended_by_id": self.env.uid,
        }
        rows = [{**row, "contract_id": contract.id} for contract in self]
        open_gate(self.env["outsourcing.contract.suspension"]).create(rows)

    def _get_suspension(self):
        """Return the suspension that is still open."""
        self.ensure_one()
        return self.suspension_ids.filtered(lambda row: not row.date_resumed)[:1]

    # ---- terminate --------------------------------------------------------------------------------------

    def action_open_termination(self):
        """Ask for reason, date and notice, and show what the end means for money and open work."""
        self._check_actor("terminated")
        return self._get_step_wizard("outsourcing.contract.terminate", self.env._("Terminate"))

    def _terminate(self, reason, explanation, date=None, date_notice=None, decisions=None):
        """End ``self`` before its time; what is accepted stays payable, the rest is closed.

        :param reason: ``outsourcing.termination.reason``
        :param str explanation: what happened, in words
        :param date: last day of the contract, today by default; not in the future
        :param date_notice: day the contractor was told
        :param dict decisions: what becomes of what is open, see :meth:`_decide_open_points`
        """
        self.ensure_one()
        self._check_actor("terminated")
        today = trade_today(self)
        date = date or today
        if date > today:
            raise UserError(self.env._("The contract ends today or earlier; terminate it on its last day."))
        if date_notice and date_notice > date:
            raise UserError(self.env._("The notice cannot be later than the end of the contract."))
        if not reason:
            raise UserError(self.env._("Choose the reason of the termination."))
        explanation = (explanation or "").strip() or reason.name
        self._gated().write({"end_reason": explanation, "termination_reason_id": reason.id})
        self._end_early(date, decisions)
        self._gated().write({"date_notice": date_notice})

    def action_terminate(self):
        """End the contracts today for the reason written on them; what is open goes as it is proposed."""
        self._check_actor("terminated")
        for contracts in self.grouped("company_id").values():
            contracts._end_early(trade_today(contracts))

    def _end_early(self, date, decisions=None):
        contracts = self.sudo()  # the actor was checked by the caller
        contracts._check_source_state("terminated")
        contracts._check_nothing_missing("terminated")
        contracts._as_of(date)._decide_open_points(decisions)
        self._as_of(date)._transition_to("terminated")

    # ---- workflow ---------------------------------------------------------------------------------------

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "terminated":
            vals["date_terminated"] = self._get_as_of()
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("active", "terminated"):
            self._end_suspensions()
        if target == "terminated":
            self.milestone_ids._close_unaccepted()

    # ---- helpers ----------------------------------------------------------------------------------------

    @api.model
    def _get_step_wizard(self, model, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_contract_id": self[:1].id},
        }
