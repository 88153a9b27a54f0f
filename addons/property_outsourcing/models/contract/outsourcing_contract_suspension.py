from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.gate import is_gate_open


class OutsourcingContractSuspension(models.Model):
    """A stretch in which a contract rests: why, from when, until when, and what pauses meanwhile."""

    _name = "outsourcing.contract.suspension"
    _description = "Suspension of a Contract"
    _order = "date_start desc, id desc"
    _rec_name = "date_start"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    reason = fields.Text(required=True)
    date_start = fields.Date("From", required=True)
    date_until = fields.Date("Planned until", help="A reminder follows if work is not resumed by then.")
    date_resumed = fields.Date("Resumed on", help="The day of resumption is paid and counted again.")
    pauses_limits = fields.Boolean("Time Limits Pause", help="Hours of these days do not count as late.")
    pauses_fee = fields.Boolean("Fee Pauses", help="The share of these days is taken off the payment rows.")
    suspended_by_id = fields.Many2one("res.users", ondelete="restrict")
    resumed_by_id = fields.Many2one("res.users", ondelete="restrict")

    _dates_ordered = models.Constraint(
        "CHECK(date_until >= date_start)", "A suspension cannot end before it starts."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_gate("create")
        return super().create(vals_list)

    def write(self, vals):
        self._check_gate("write")
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("Suspensions stay on record."))

    def _check_gate(self, operation):
        if not is_gate_open(self):
            self.check_access(operation)
            raise UserError(self.env._("Suspensions are recorded by the buttons of the contract."))
