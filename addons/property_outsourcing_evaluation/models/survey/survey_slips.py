import base64

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.step_refusal import refuse_step
from odoo.addons.property_outsourcing_portal.models.invitation.qr_code import make_qr_code

STAFF = "property_outsourcing.group_outsourcing_user"


class OutsourcingSurveyBuilding(models.Model):
    """The sheets of a building: a slip with a code per household, and the poster for the entrance."""

    _inherit = "outsourcing.survey.building"

    @api.model
    def _find(self, code):
        """Return the building (in sudo) whose poster was scanned, or an empty recordset."""
        buildings = self.sudo()  # whoever stands before the poster may read whose it is
        if not code or not code.isprintable():  # no database looks for every sign
            return buildings
        return buildings.search([("code", "=", code), ("round_id.state", "!=", "draft")])

    def action_print_slips(self):
        """Print the slips of the households."""
        return self._print(
            "report_survey_slips", self.env._("Slips printed: %s", ", ".join(self.mapped("name")))
        )

    def action_print_posters(self):
        """Print the posters."""
        return self._print("report_survey_posters")

    def _print(self, report, note=None):
        self._check_may_print()
        if note:
            for survey in self.round_id.sudo():  # a note on what was read
                survey.message_post(body=note, author_id=self.env.user.partner_id.id)
        return self.env.ref(f"property_outsourcing_evaluation.{report}").report_action(self)

    def _check_may_print(self):
        """Raise unless the acting person belongs to the community and people can still vote."""
        if not self.env.user.has_group(STAFF):
            raise refuse_step(self.env, STAFF)
        self.check_access("read")
        if any(survey.state != "running" for survey in self.round_id):
            raise UserError(self.env._("The survey is closed: nobody votes with these any more."))

    def _get_slips(self):
        """Return what is printed for the households: list of dicts, in the order of the rooms.

        The codes leave the database here alone.
        """
        self.ensure_one()
        self._check_may_print()
        base = self.community_id.company_id.sudo().get_base_url()  # the address of the site
        return [
            {
                "room": ballot.location_id.complete_name,
                "code": f"{ballot.code[:5]}-{ballot.code[5:]}",
                "qr_code": base64.b64encode(make_qr_code(f"{base}{ballot._get_path()}")),
            }
            for ballot in self.sudo()._get_ballots_by_room()  # who may print was checked
        ]


class OutsourcingSurveyRound(models.Model):
    _inherit = "outsourcing.survey.round"

    def action_print_slips(self):
        """Print the slips of all buildings."""
        self.ensure_one()
        return self.building_ids.action_print_slips()

    def action_print_posters(self):
        """Print the posters of all buildings."""
        self.ensure_one()
        return self.building_ids.action_print_posters()

    @api.model
    def _find_published(self, token):
        """Return the round (in sudo) whose published result the link shows, or an empty recordset."""
        surveys = self.sudo()  # a published result is for everybody who has the link
        if not token or not token.isprintable():  # no database looks for every sign
            return surveys
        return surveys.search([("public_token", "=", token), ("state", "=", "published")])
