from odoo import fields, models


class OutsourcingComplaintCallbackResult(models.TransientModel):
    """What a resident said when somebody called back."""

    _name = "outsourcing.complaint.callback.result"
    _description = "Result of a Call-back"

    callback_id = fields.Many2one("outsourcing.complaint.callback", required=True)
    result = fields.Selection(
        [
            ("satisfied", "Satisfied"),
            ("unsatisfied", "Not satisfied: give it back"),
            ("unreached", "Not reached"),
        ],
        "Result of the Call",
        required=True,
        default="satisfied",
    )
    comment = fields.Text("What the Resident Says")

    def action_confirm(self):
        """Record what was said; who is not satisfied gets the complaint returned."""
        self.ensure_one()
        self.callback_id._record_result(self.result, self.comment)
        return {"type": "ir.actions.act_window_close"}
