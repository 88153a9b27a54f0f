from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import join_names


class OutsourcingStepReason(models.TransientModel):
    """Asks why before a decision is taken; the reason goes on record with the step and stays."""

    _name = "outsourcing.step.reason"
    _description = "Reason of a Decision"

    res_model = fields.Char(required=True, readonly=True)
    record_ids = fields.Json(required=True, readonly=True)
    step = fields.Char(required=True, readonly=True)
    subject = fields.Char("Concerns", compute="_compute_subject")
    reason = fields.Text(required=True)

    @api.depends("res_model", "record_ids")
    def _compute_subject(self):
        for wizard in self:
            wizard.subject = join_names(self.env, wizard._get_records().mapped("display_name"))

    def _get_records(self):
        """Return the records of the step, as the acting person; what is no document of ours is refused."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or not isinstance(model, self.pool["outsourcing.workflow.mixin"]):
            raise UserError(self.env._("This step does not exist."))
        return model.browse(self.record_ids).exists()

    def action_confirm(self):
        """Take the step with the reason written."""
        self.ensure_one()
        self._get_records()._take_reasoned_step(self.step, self.reason)
        return {"type": "ir.actions.act_window_close"}
