from odoo import fields, models


class OutsourcingCommunity(models.Model):
    """The contracts that serve a community."""

    _inherit = "outsourcing.community"

    contract_count = fields.Integer(
        string="Number of contracts", compute="_compute_contract_count", groups="base.group_user"
    )

    def _compute_contract_count(self):
        self._compute_count("contract_count", "outsourcing.contract", "community_ids")

    def action_view_contracts(self):
        """Open the contracts that serve this community."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_contract_action"
        )
        return action | {
            "domain": [("community_ids", "in", self.ids)],
            "context": {"default_community_id": self.id if len(self) == 1 else False},
        }
