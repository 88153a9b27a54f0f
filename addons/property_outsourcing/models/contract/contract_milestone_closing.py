from odoo import api, fields, models
from odoo.fields import Domain

from ..workflow.trade_time import trade_today


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

    def _get_closed_reason(self, source=None):
        if not self.date_closed:
            return super()._get_closed_reason(source)
        return self.env._(
            "%(row)s was closed on %(date)s when its contract ended early; nothing more of it is accepted.",
            row=self.display_name,
            date=self.date_closed,
        )

    @api.model
    def _get_acceptable_domain(self):
        return super()._get_acceptable_domain() & Domain("date_closed", "=", False)

    def _close_unaccepted(self):
        """Close what is not accepted of these rows (in sudo): the order commits the accepted amount only."""
        today = trade_today(self)
        rows = self.filtered(lambda row: row.currency_id.compare_amounts(row.amount_accepted, row.amount) < 0)
        rows._gated().write({"date_closed": today})
        rows._gated().purchase_line_ids._cap_at_accepted()
        rows._follow_amount()
