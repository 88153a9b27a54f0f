from odoo import fields, models


class OutsourcingAdjustment(models.Model):
    _inherit = "outsourcing.adjustment"

    settlement_line_ids = fields.One2many("outsourcing.settlement.line", "adjustment_id", "Settlement Lines")
    settlement_id = fields.Many2one("outsourcing.settlement", compute="_compute_settlement_id")

    def _compute_settlement_id(self):
        lines = self.env["outsourcing.settlement.line"].search(
            [("adjustment_id", "in", self.ids), ("is_active", "=", True)]
        )
        by_adjustment = {line.adjustment_id.id: line.settlement_id for line in lines}
        for adjustment in self:
            adjustment.settlement_id = by_adjustment.get(adjustment._origin.id, False)

    def _reopen_from_settlement(self):
        """Take settled adjustments back to confirmed, because the bill that settled them is gone."""
        settled = self.filtered(lambda adjustment: adjustment.state == "settled")
        settled._gated().write({"state": "confirmed"})

    def _settle_again(self):
        """Mark confirmed adjustments as settled, because the bill that settled them stands again."""
        confirmed = self.filtered(lambda adjustment: adjustment.state == "confirmed")
        confirmed._gated().write({"state": "settled"})

    def action_view_settlement(self):
        """Open the settlement that takes this penalty or reward to a bill."""
        return self.settlement_id._get_open_action()
