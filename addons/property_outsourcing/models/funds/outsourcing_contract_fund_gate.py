from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import join_names
from ..workflow.gate import is_gate_open, is_uninstalling, open_gate

ENDED_STATES = ("closed", "terminated", "cancelled")


class OutsourcingContractFundGate(models.Model):
    """A step the contract's fund demands: who has seen it done, when, and the paper that proves it."""

    _name = "outsourcing.contract.fund.gate"
    _description = "Fund Step of a Contract"
    _inherit = ["outsourcing.fund.gate.mixin", "outsourcing.guard.mixin", "outsourcing.file.owner.mixin"]
    _order = "contract_id, stage, sequence, id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    contract_state = fields.Selection(related="contract_id.state", string="State of Contract")
    is_done = fields.Boolean("Done", readonly=True, copy=False)
    date_done = fields.Datetime("Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True, copy=False)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, bypass_search_access=True)
    note = fields.Char("Reference", help="E.g. number of the resolution or of the filing.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "contract_id", "name", "description", "stage", "is_required", "requires_file", "is_done",
            "date_done", "done_by_id",
        }  # fmt: skip

    def write(self, vals):
        if not is_gate_open(self) and any(gate.is_done for gate in self):
            raise UserError(self.env._("A step that is done changes no more; a manager can reopen it."))
        return super().write(vals)

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": Domain("is_done", "=", True)}

    @api.ondelete(at_uninstall=True)
    def _unlink_except_agreed(self):
        if not is_gate_open(self) and not is_uninstalling(self.env):
            if any(gate.contract_id.sudo().state != "draft" for gate in self):  # reads the state only
                raise UserError(self.env._("The steps of a fund are part of the contract and stay."))

    def action_open_gate(self):
        """Open the step in a dialogue: to attach its paper and tick it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Step of the Fund"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_done(self):
        """Tick the step; who and when are recorded."""
        self._require_manager()
        for gate in self:
            if gate.is_done:
                raise UserError(self.env._("%s is already done.", gate.name))
            if gate.contract_state in ENDED_STATES:
                raise UserError(self.env._("%s has ended.", gate.contract_id.display_name))
            if gate.requires_file and not gate.attachment_ids:
                raise UserError(self.env._("%s: attach the file that proves it first.", gate.name))
        # the manager was checked above
        open_gate(self).write(
            {"is_done": True, "date_done": fields.Datetime.now(), "done_by_id": self.env.uid}
        )
        self._log(self.env._("Fund step done: %s"))

    def action_reopen(self):
        """Take the tick back; a step needed for the activation stays once the contract runs."""
        self._require_manager()
        for gate in self:
            running = gate.contract_state not in ("draft", "to_approve")
            if gate.contract_state in ENDED_STATES or (running and gate.stage == "activation"):
                raise UserError(
                    self.env._("%s was the ground of the activation and cannot be reopened.", gate.name)
                )
        # the manager was checked above
        open_gate(self).write({"is_done": False, "date_done": False, "done_by_id": False})
        self._log(self.env._("Fund step reopened: %s"))

    def _require_manager(self):
        self.check_access("write")
        self.env["outsourcing.contract"]._require_group("property_outsourcing.group_outsourcing_manager")

    def _log(self, text):
        by_contract = self.grouped("contract_id")
        self.contract_id._message_log_batch(
            {
                contract.id: text % join_names(self.env, gates.mapped("name"))
                for contract, gates in by_contract.items()
            }
        )
