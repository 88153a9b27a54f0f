from odoo import models


class OutsourcingComplaint(models.Model):
    """What was ordered, counted or paid in a community keeps the complaint there."""

    _inherit = "outsourcing.complaint"

    def _get_transfer_blockers(self):
        blockers, complaint = super()._get_transfer_blockers(), self.sudo()  # what there is, no more
        if complaint.task_id:
            blockers.append(self.env._("its work order is %s", complaint.task_id.name))
        if complaint.defect_ids:
            names = ", ".join(complaint.defect_ids.mapped("name"))
            blockers.append(self.env._("a defect was recorded: %s", names))
        if complaint.judgement:
            blockers.append(self.env._("it is judged, which counts for the contractor here"))
        if complaint.charge_ids:
            blockers.append(self.env._("money is noted on it"))
        return blockers

    def _prepare_transfer_vals(self):
        return {**super()._prepare_transfer_vals(), "contract_id": False, "own_user_id": False}
