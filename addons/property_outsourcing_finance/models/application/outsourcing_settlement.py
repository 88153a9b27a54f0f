from odoo import api, fields, models
from odoo.fields import Domain


class OutsourcingSettlement(models.Model):
    """A settlement answers what the contractor has applied for of its rows."""

    _inherit = "outsourcing.settlement"

    application_ids = fields.One2many(
        "outsourcing.payment.application", "settlement_id", "Payment Applications", readonly=True
    )

    def _get_applied_amounts(self):
        """A firm that applies for less than was accepted is paid that; the rest stays payable."""
        first = {row: one for one in self.sorted("id", reverse=True) for row in one.milestone_ids}
        return super()._get_applied_amounts() | {
            (line.settlement_id or first[line.milestone_id], line.milestone_id): line.amount
            for line in self._get_applied_lines()
        }

    def _get_applied_lines(self):
        """Return the rows of applications (in sudo) that ``self`` has taken, or may take: one for each row.

        What a settlement was drawn up for counts; a newer application of the same row is for the next one.
        """
        # sudo: amounts of the rows that are being settled; whoever settles was checked
        lines = self.env["outsourcing.payment.application.line"].sudo()
        free = Domain("state", "=", "submitted") & Domain("settlement_id", "=", False)
        may_take = free & Domain("milestone_id", "in", self.milestone_ids.ids)
        lines = lines.search(may_take | Domain("settlement_id", "in", self.ids), order="id")
        own = lines.filtered("settlement_id")
        return own | lines.filtered(lambda line: line.milestone_id not in own.milestone_id)

    def _generate_lines(self):
        result = super()._generate_lines()
        self._bind_applied_lines()
        return result

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "cancelled":
            self._bind_applied_lines()

    @api.ondelete(at_uninstall=False)
    def _unlink_free_applied_lines(self):
        # sudo: whoever deletes the settlement frees what it had taken
        lines = self.env["outsourcing.payment.application.line"].sudo()
        lines.search([("settlement_id", "in", self.ids)])._bind_to({})

    def _bind_applied_lines(self):
        """Bind the rows applied for to those of ``self`` that settle them; free those that none settles."""
        lines = self.line_ids.filtered(lambda line: line.kind == "milestone" and line.is_active)
        by_row = lines.grouped("milestone_id")
        self._get_applied_lines()._bind_to(
            {row: own.settlement_id.sorted("id") for row, own in by_row.items()}
        )
