from odoo import api, fields, models
from odoo.fields import Domain


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

    def _get_applied_amounts(self):
        """A firm that applies for less than was accepted is paid that; the rest stays payable."""
        # sudo: amounts of the rows that are being settled; whoever settles was checked
        lines = self.env["outsourcing.payment.application.line"].sudo()
        own = Domain("state", "=", "settled") & Domain("application_id.settlement_id", "in", self.ids)
        applied = Domain("milestone_id", "in", self.milestone_ids.ids)
        lines = lines.search(applied & (own | Domain("state", "=", "submitted")), order="id")
        lines = lines.sorted(lambda line: line.state == "settled")  # what a draft was drawn up for counts
        return super()._get_applied_amounts() | {line.milestone_id: line.amount for line in lines}

    def _answer_applications(self):
        """Bind the open applications all of whose rows are settled by now to the settlements of ``self``.

        An application waits on while a row of it is not settled: the contractor cannot apply for it again.
        """
        # sudo: whoever settles the rows answers what waits for just that
        lines = self.env["outsourcing.payment.application.line"].sudo()
        open_lines = lines.search(
            [("milestone_id", "in", self.milestone_ids.ids), ("state", "=", "submitted")]
        )
        by_row = {row: settlement for settlement in self for row in settlement.milestone_ids}
        answered = open_lines.application_id._filter_settled()
        for application, own in open_lines.grouped("application_id").items():
            if application in answered:
                application._gated().write({"settlement_id": by_row[own[0].milestone_id.sudo(False)].id})
        answered._as_system()._transition_to("settled")


class OutsourcingPaymentApplication(models.Model):
    _inherit = "outsourcing.payment.application"

    def _filter_settled(self):
        """Return those (in sudo) of which every row was settled after they came in."""
        settled = self.env["outsourcing.settlement.line"]._read_group(
            [("milestone_id", "in", self.line_ids.milestone_id.ids), ("state", "!=", "cancelled")],
            ["milestone_id"],
            ["create_date:max"],
        )
        last = dict(settled)
        return self.filtered(
            lambda application: all(
                row in last and last[row] >= application.create_date
                for row in application.line_ids.milestone_id
            )
        )
