from odoo import models


class OutsourcingContract(models.Model):
    """Where the smart buttons of a contract lead."""

    _inherit = "outsourcing.contract"

    def _get_contract_action(self, xmlid, **context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action |= {
            "domain": [("contract_id", "=", self.id)],
            "context": {"default_contract_id": self.id, **context},
        }
        return self._open_single(action)

    def action_view_milestones(self):
        """Open the payment rows of the contract."""
        return self._get_contract_action("property_outsourcing.outsourcing_contract_milestone_action")

    def action_view_documents(self):
        """Open the documents filed for the contract."""
        return self._get_contract_action(
            "property_outsourcing.outsourcing_document_action", default_partner_id=self.contractor_id.id
        )

    def action_view_purchase_order(self):
        """Open the purchase order that commits the contract's amount."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "purchase.order",
            "res_id": self.purchase_order_id.id,
            "view_mode": "form",
        }
