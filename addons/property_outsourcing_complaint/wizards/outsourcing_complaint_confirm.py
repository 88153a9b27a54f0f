from odoo import fields, models


class OutsourcingComplaintConfirm(models.TransientModel):
    """What the resident said on the telephone: it is right, and how well it was done."""

    _name = "outsourcing.complaint.confirm"
    _description = "Confirmation by Telephone"

    complaint_id = fields.Many2one("outsourcing.complaint", required=True)
    stars = fields.Selection(
        [("5", "Very good"), ("4", "Good"), ("3", "Fair"), ("2", "Poor"), ("1", "Very poor")]
    )
    comment = fields.Text("What the Resident Says")

    def action_confirm(self):
        """Record that the resident says it is right."""
        self.ensure_one()
        self.complaint_id._confirm("desk", int(self.stars or 0), self.comment)
        return {"type": "ir.actions.act_window_close"}
