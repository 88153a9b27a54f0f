from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    settlement_ids = fields.One2many("outsourcing.settlement", "contract_id", "Settlements")
    settlement_count = fields.Integer(compute="_compute_counters")

    @api.model
    def _get_counters(self):
        settlements = ("outsourcing.settlement", "contract_id", [])
        return {**super()._get_counters(), "settlement_count": settlements}

    def action_view_settlements(self):
        """Open the settlements of the contract."""
        return self._get_contract_action("property_outsourcing_finance.outsourcing_settlement_action")

    def action_settle(self):
        """Open the settlement that waits for its bill, else draw up one of everything accepted by now."""
        self.ensure_one()
        self.check_access("read")
        waiting = self.settlement_ids.filtered(
            lambda s: s.state in ("draft", "submitted", "checked", "approved")
        )
        if waiting:
            return waiting._get_open_action()
        milestones = self.milestone_ids.filtered(lambda row: row.amount_to_settle > 0)
        return milestones.action_create_settlements()

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        rows = target == "closed" and self.milestone_ids.filtered("amount_to_bill")
        if rows:
            sentence = self.env._("%s: accepted amounts are not billed yet.", self.display_name)
            points.append(MissingPoint(sentence, action=self._get_shown_action(rows)))
        return points
