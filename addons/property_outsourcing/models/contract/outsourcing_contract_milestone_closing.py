from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingContractMilestone(models.Model):
    """A payment row whose contract ended early: what is accepted stays payable, the rest is closed."""

    _inherit = "outsourcing.contract.milestone"

    date_closed = fields.Date(
        readonly=True, copy=False, help="The contract ended; nothing more of this row is accepted."
    )
    progress = fields.Selection(selection_add=[("closed", "Closed unaccepted")])

    @api.depends("date_closed")
    def _compute_progress(self):
        result = super()._compute_progress()
        for row in self.filtered("date_closed"):
            if row.progress in ("planned", "due"):
                row.progress = "closed"
        return result

    def _record_acceptance(self, amount, date, source):
        if self.date_closed:
            raise UserError(self.env._("%s was closed when its contract ended early.", self.display_name))
        return super()._record_acceptance(amount, date, source)

    def _close_unaccepted(self):
        """Close what is not accepted of these rows (in sudo): the order commits the accepted amount only."""
        today = fields.Date.context_today(self)
        rows = self.filtered(lambda row: row.currency_id.compare_amounts(row.amount_accepted, row.amount) < 0)
        rows._gated().write({"date_closed": today})
        for line in rows._gated().purchase_line_ids:  # each line keeps another amount
            line._cap_at_accepted()
