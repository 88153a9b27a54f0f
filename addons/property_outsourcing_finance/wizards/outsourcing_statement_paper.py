from odoo import fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class OutsourcingStatementPaper(models.TransientModel):
    """Enter a statement the contractor confirmed on paper, with the scan that proves it."""

    _name = "outsourcing.statement.paper"
    _description = "Statement Signed on Paper"

    settlement_id = fields.Many2one("outsourcing.settlement", required=True, readonly=True)
    signer_name = fields.Char("Signed for the Contractor by", required=True)
    date = fields.Date("Signed on", required=True, default=trade_today)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Scan of the Signed Statement", bypass_search_access=True
    )

    def action_confirm(self):
        """Record the contractor's confirmation."""
        self.ensure_one()
        self.settlement_id._record_statement_paper(self.signer_name, self.date, self.attachment_ids)
        return {"type": "ir.actions.act_window_close"}
