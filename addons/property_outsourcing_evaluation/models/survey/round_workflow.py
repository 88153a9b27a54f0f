from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

MANAGER = "property_outsourcing.group_outsourcing_manager"
PUBLISH = "property_outsourcing_evaluation.activity_type_survey_publish"
ASKED = {"community_id", "survey_id", "date_quarter", "date_from", "min_answers", "min_rate"}


class OutsourcingSurveyRound(models.Model):
    """Started, counted after its last day, published: by managers; the schedule counts."""

    _inherit = "outsourcing.survey.round"

    _frozen_fields = {"running": ASKED, "counted": {"*"}, "published": {"*"}}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "running": ("draft",),
            "counted": ("running",),
            "published": ("counted",),
        }

    def action_start(self):
        """Give every household its ballot; people vote from the first day on."""
        self._transition_to("running")

    def action_count(self):
        """Count the answers; nobody votes any more."""
        self._transition_to("counted")

    def action_publish(self):
        """Show the result to the owners and tell it of the contracts that serve them."""
        self._transition_to("published")

    def _check_actor(self, target):
        super()._check_actor(target)
        if not (target == "counted" and self._is_system_actor()):
            self._require_group(MANAGER)

    def _get_awaited_steps(self):
        steps = [("running", self.env._("Before the start"))] if self.state == "draft" else []
        return super()._get_awaited_steps() + steps

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "running":
            points += self._get_points_of_questions()
            if not self._ask_together("_count_rooms").get(self.community_id.id):
                points.append(
                    self.env._(
                        "%s has no rooms among its locations: enter them first.", self.community_id.name
                    )
                )
            if self.date_to and self.date_to < trade_today(self):
                points.append(self.env._("The last day to vote has passed."))
        return points

    def _count_rooms(self):
        """Return how many households each community of ``self`` has: dict id -> number."""
        domain = [("community_id", "in", self.community_id.ids), ("kind", "=", "room")]
        # sudo: how many, for whoever reads the survey
        counts = self.env["outsourcing.location"].sudo()._read_group(domain, ["community_id"], ["__count"])
        return {community.id: count for community, count in counts}

    def _get_points_of_questions(self):
        levels = self._get_levels()
        if not levels:
            return [self.env._("%s has no question with levels.", self.survey_id.title)]
        points = [
            self.env._("%s needs five levels, best first.", question.title)
            for question, offered in levels
            if len(offered) != 5
        ]
        if not sum(question.outsourcing_weight for question, _offered in levels):
            points.append(self.env._("%s: give the questions weights.", self.survey_id.title))
        return points

    def _check_transition(self, target):
        super()._check_transition(target)
        if target != "counted":
            return
        for survey in self:
            if not survey.can_count:
                raise UserError(
                    self.env._(
                        "%(survey)s: people may vote until %(date)s; it is counted afterwards.",
                        survey=survey.display_name,
                        date=survey.date_to,
                    )
                )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "running":
            vals["started_by_id"] = self.env.uid
        elif target == "counted":
            vals["date_counted"] = now
        elif target == "published":
            vals |= {"published_by_id": self.env.uid, "date_published": now}
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "running":
            self._issue_ballots()
        elif target == "counted":
            self._count_answers()
            asked = {survey: {"summary": self.env._("Read the result and publish it")} for survey in self}
            self._schedule_events(PUBLISH, asked)
        elif target == "published":
            self.activity_unlink([PUBLISH])
            self._record_satisfaction()
