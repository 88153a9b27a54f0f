from odoo import fields, models


class OutsourcingEvidenceUpload(models.TransientModel):
    """The dialogue also records a rectification the contractor reported on paper or by telephone."""

    _inherit = "outsourcing.evidence.upload"

    mode = fields.Selection(
        selection_add=[("rectify", "Record a rectification")], ondelete={"rectify": "cascade"}
    )
    note = fields.Text(string="What was done")
