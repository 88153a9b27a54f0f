from odoo import api, fields, models


class OutsourcingContract(models.Model):
    """The complaints about the service of a contract."""

    _inherit = "outsourcing.contract"

    complaint_count = fields.Integer(
        "Complaints", compute="_compute_counters", groups="property_outsourcing.group_outsourcing_user"
    )

    @api.model
    def _get_counters(self):
        return {
            **super()._get_counters(),
            "complaint_count": ("outsourcing.complaint", "contract_id", []),
        }

    def action_view_complaints(self):
        """Open the complaints about the service of the contract."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_action"
        )
        return {**action, "domain": [("contract_id", "in", self.ids)], "context": {}}
