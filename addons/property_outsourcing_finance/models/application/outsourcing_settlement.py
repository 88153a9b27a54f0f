from odoo import api, fields, models


class OutsourcingSettlement(models.Model):
    """A settlement answers what the contractor has applied for of its rows."""

    _inherit = "outsourcing.settlement"

    application_ids = fields.One2many(
        "outsourcing.payment.application", "settlement_id", "Payment Applications", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        settlements = super().create(vals_list)
        settlements._answer_applications()
        return settlements

    def _answer_applications(self):
        """Bind the open applications for the rows of ``self`` to the settlements that took them."""
        # sudo: whoever settles the rows answers what waits for just that
        lines = self.env["outsourcing.payment.application.line"].sudo()
        open_lines = lines.search(
            [("milestone_id", "in", self.milestone_ids.ids), ("state", "=", "submitted")]
        )
        by_row = {row: settlement for settlement in self for row in settlement.milestone_ids}
        answered = open_lines.application_id
        for application, own in open_lines.grouped("application_id").items():
            application._gated().write({"settlement_id": by_row[own[0].milestone_id.sudo(False)].id})
        answered._as_system()._transition_to("settled")
