from odoo import api, fields, models


class OutsourcingComplaintTransfer(models.TransientModel):
    """It was reported to the wrong community, or lies in another one."""

    _name = "outsourcing.complaint.transfer"
    _description = "Passing on of a Complaint"

    complaint_id = fields.Many2one("outsourcing.complaint", required=True)
    company_id = fields.Many2one(related="complaint_id.company_id")
    old_community_id = fields.Many2one(related="complaint_id.community_id", string="From")
    community_id = fields.Many2one(
        "outsourcing.community",
        "To",
        required=True,
        domain="[('company_id', '=', company_id), ('id', '!=', old_community_id)]",
    )
    location_id = fields.Many2one(
        "outsourcing.location",
        domain="[('community_id', '=', community_id)]",
        compute="_compute_place",
        store=True,
        readonly=False,
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        domain="[('outsourcing_community_id', '=', community_id)]",
        compute="_compute_place",
        store=True,
        readonly=False,
    )
    reason = fields.Text("Why", required=True)

    @api.depends("community_id")
    def _compute_place(self):
        for wizard in self:
            if wizard.location_id.community_id != wizard.community_id:
                wizard.location_id = False
            if wizard.equipment_id.outsourcing_community_id != wizard.community_id:
                wizard.equipment_id = False

    def action_confirm(self):
        """Pass the complaint on; the list is shown, as it may no longer be seen."""
        self.ensure_one()
        self.complaint_id._transfer(self.community_id, self.location_id, self.equipment_id, self.reason)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_action"
        )
