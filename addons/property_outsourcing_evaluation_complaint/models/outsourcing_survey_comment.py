from odoo import fields, models

from odoo.addons.property_outsourcing.models.workflow.step_refusal import refuse_step
from odoo.addons.property_outsourcing_complaint.models.catalogue.outsourcing_complaint_limit import KINDS

from .outsourcing_complaint import MANAGER


class OutsourcingSurveyComment(models.Model):
    """A manager makes a complaint of a comment, once; who wrote it stays unknown."""

    _inherit = "outsourcing.survey.comment"

    matter_kind = fields.Selection(KINDS, "Made into", required=True, default="complaint")
    complaint_ids = fields.One2many("outsourcing.complaint", "survey_comment_id")

    def action_make_complaints(self):
        """Make a complaint of each comment that has become none; open those of all.

        :raise AccessError: who presses is no manager
        """
        if not self.env.user.has_group(MANAGER):
            raise refuse_step(self.env, MANAGER)
        self.check_access("write")
        waiting = self.filtered(lambda comment: not comment.res_id)
        waiting.community_id.sudo().fetch(["company_id"])  # whose numbers, of all at once
        complaints = self.env["outsourcing.complaint"]
        made = complaints._gated().create([comment._prepare_complaint_vals() for comment in waiting])
        waiting._take_up(made)
        return self._open_complaints()

    def _prepare_complaint_vals(self):
        """Return the values of the complaint; its words go where no contractor and no resident reads them."""
        vals = self._prepare_matter_vals()
        return {
            "community_id": vals["community_id"],
            "internal_note": vals["description"],
            "channel": "survey",
            "kind": self.matter_kind,
            "problem_id": self.problem_id.id,
            "service_type_id": self.service_type_id.id,
            "location_id": self.location_id.id,
            "survey_comment_id": self.id,
        }

    def _open_complaints(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_action"
        )
        made = self.complaint_ids
        if len(made) == 1:
            return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": made.id}
        return {**action, "domain": [("id", "in", made.ids)], "context": {}}
