from odoo import api, fields, models

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingComplaint(models.Model):
    """Complaints made of a comment: nobody reported them, and contractors read none of its words."""

    _inherit = "outsourcing.complaint"

    channel = fields.Selection(
        selection_add=[("survey", "Satisfaction Survey")],
        # without the add-on they are what staff has seen, whatever state they are in
        ondelete={"survey": lambda complaints: complaints._gated().write({"channel": "staff"})},
    )
    survey_comment_id = fields.Many2one(
        "outsourcing.survey.comment",
        "Comment of a Household",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=MANAGER,
    )

    _survey_comment_uniq = models.UniqueIndex(
        "(survey_comment_id) WHERE survey_comment_id IS NOT NULL", "This comment was taken up already."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"survey_comment_id"}

    @api.depends("channel")
    def _compute_title(self):
        result = super()._compute_title()
        for complaint in self:
            if complaint.channel == "survey" and not complaint.title:
                complaint.title = self.env._("Comment in a satisfaction survey")
        return result

    def action_view_survey_comment(self):
        """Open the survey whose comment it was made of."""
        self.ensure_one()
        survey = self.survey_comment_id.round_id
        return {
            "type": "ir.actions.act_window",
            "res_model": survey._name,
            "res_id": survey.id,
            "view_mode": "form",
        }
