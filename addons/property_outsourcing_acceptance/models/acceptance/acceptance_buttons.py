from odoo import models
from odoo.exceptions import UserError


class OutsourcingAcceptance(models.Model):
    """Opens what lies behind an acceptance, and the form to sign it."""

    _inherit = "outsourcing.acceptance"

    def action_view_facts(self):
        """Open what was recorded about the contractor in the period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("property_outsourcing.outsourcing_fact_action")
        return {**action, "domain": [("milestone_id", "=", self.milestone_id.id)], "context": {}}

    def action_view_concealed(self):
        """Open the concealed works of the payment row."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_acceptance.outsourcing_concealed_work_action"
        )
        context = {"default_milestone_id": self.milestone_id.id}
        return {**action, "domain": [("milestone_id", "=", self.milestone_id.id)], "context": context}

    def action_open_sign(self):
        """Open the form to sign at the own level, or to enter what a party signed on paper."""
        self.ensure_one()
        if not self.sudo()._get_due_stages():  # whose turn it is
            raise UserError(self.env._("%s does not wait for a signature.", self.display_name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": "outsourcing.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_acceptance_id": self.id, **self.env.context.get("sign_context", {})},
        }
