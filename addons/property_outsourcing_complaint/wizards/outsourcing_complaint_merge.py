from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingComplaintMerge(models.TransientModel):
    """Several reports, one matter: which complaint is dealt with."""

    _name = "outsourcing.complaint.merge"
    _description = "Merging of Complaints"

    complaint_ids = fields.Many2many("outsourcing.complaint", required=True)
    found_ids = fields.Many2many(
        "outsourcing.complaint", "outsourcing_complaint_merge_found_rel", compute="_compute_found"
    )
    target_id = fields.Many2one(
        "outsourcing.complaint",
        "Goes on under",
        domain="[('id', 'in', found_ids)]",
        compute="_compute_target_id",
        store=True,
        readonly=False,
        help="One of those chosen, or what is open at the same place.",
    )

    @api.depends("complaint_ids")
    def _compute_found(self):
        for wizard in self:
            complaints = wizard.complaint_ids._origin
            same = complaints.browse()
            if len(complaints) == 1:
                same = complaints.search(complaints._get_duplicate_domain(), order="id", limit=80)
            wizard.found_ids = same or complaints

    @api.depends("complaint_ids")
    def _compute_target_id(self):
        for wizard in self:
            complaints, found = wizard.complaint_ids._origin, wizard.found_ids._origin
            others = found if len(complaints) > 1 else found - complaints
            wizard.target_id = others.sorted(lambda row: (not row.task_id, row.id))[:1]

    def action_confirm(self):
        """Merge the others into the one chosen; everybody who reported is told."""
        self.ensure_one()
        if not self.target_id:
            raise UserError(self.env._("Nothing else is open at this place: choose several in the list."))
        (self.complaint_ids - self.target_id)._merge_into(self.target_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.complaint",
            "res_id": self.target_id.id,
            "views": [(False, "form")],
        }
