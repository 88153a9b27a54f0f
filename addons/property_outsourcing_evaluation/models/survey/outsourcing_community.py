from odoo import fields, models


class OutsourcingCommunity(models.Model):
    """The satisfaction surveys of a community, and what the latest one came to."""

    _inherit = "outsourcing.community"

    survey_round_ids = fields.One2many("outsourcing.survey.round", "community_id", "Satisfaction Surveys")
    survey_round_count = fields.Integer("Number of surveys", compute="_compute_survey_round_count")

    def _compute_survey_round_count(self):
        self._compute_count("survey_round_count", "outsourcing.survey.round", "community_id")

    def action_view_survey_rounds(self):
        """Open the satisfaction surveys of the community."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_survey_round_action"
        )
        domain = [("community_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"default_community_id": self.id}}
