import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import date_utils

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("counted", "Answers counted"),
    ("published", "Published"),
]
DAYS = 10  # as long as the practice of the trade asks people


class OutsourcingSurveyRound(models.Model):
    """The satisfaction survey of a community in a quarter: one ballot per household, no names on answers."""

    _name = "outsourcing.survey.round"
    _description = "Satisfaction Survey"
    _inherit = [
        "outsourcing.workflow.mixin", "outsourcing.file.owner.mixin", "portal.mixin", "mail.thread",
        "mail.activity.mixin",
    ]  # fmt: skip
    _order = "date_quarter desc, community_id, id"
    _check_company_auto = True
    _rec_names_search = ["name", "community_id"]

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    community_id = fields.Many2one(
        "outsourcing.community", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True, index=True, precompute=True)
    survey_id = fields.Many2one(
        "survey.survey",
        "Questions",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_outsourcing_household", "=", True)],
        default=lambda self: self._get_default_survey(),
    )
    date_quarter = fields.Date(
        "Quarter begins",
        required=True,
        index=True,
        default=lambda self: date_utils.start_of(trade_today(self), "quarter"),
        help="The quarter people are asked about; any day of it will do.",
    )
    period_label = fields.Char("Quarter", compute="_compute_period_label")
    date_from = fields.Date("First Day to Vote", required=True, default=trade_today, tracking=True)
    date_to = fields.Date(
        "Last Day to Vote",
        required=True,
        default=lambda self: trade_today(self) + timedelta(days=DAYS - 1),
        tracking=True,
    )
    min_answers = fields.Integer(
        "Least Answers",
        required=True,
        compute="_compute_least",
        store=True,
        readonly=False,
        precompute=True,
        help="With fewer valid answers the result is not representative and has no effect.",
    )
    min_rate = fields.Float(
        "Least Share of Households (%)",
        required=True,
        digits=(16, 2),
        compute="_compute_least",
        store=True,
        readonly=False,
        precompute=True,
    )
    ballot_ids = fields.One2many("outsourcing.ballot", "round_id", "Ballots")
    building_ids = fields.One2many("outsourcing.survey.building", "round_id", "Buildings")
    result_ids = fields.One2many("outsourcing.survey.result", "round_id", "Results")
    comment_ids = fields.One2many(
        "outsourcing.survey.comment",
        "round_id",
        "Comments",
        groups="property_outsourcing.group_outsourcing_manager",
    )
    scan_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_survey_round_scan_rel",
        "round_id",
        "attachment_id",
        "Scans of Paper Ballots",
        copy=False,
        bypass_search_access=True,
        help="Without the part that names the household.",
    )

    issued_count = fields.Integer("Issued", readonly=True, copy=False)
    returned_count = fields.Integer("Returned", compute="_compute_returned_count")
    response_rate = fields.Float("Response (%)", compute="_compute_returned_count", digits=(16, 1))
    valid_count = fields.Integer("Valid Answers", readonly=True, copy=False)
    score = fields.Float(
        "Satisfaction Index", readonly=True, copy=False, digits=(16, 1), aggregator="avg", tracking=True
    )
    satisfied_rate = fields.Float(
        "Satisfied (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg",
        help="Share of very satisfied and satisfied among valid answers, by the weights of the questions.",
    )  # fmt: skip
    is_representative = fields.Boolean("Representative", readonly=True, copy=False)

    started_by_id = fields.Many2one("res.users", "Started by", readonly=True, copy=False)
    date_counted = fields.Datetime("Counted on", readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)
    date_published = fields.Datetime("Published on", readonly=True, copy=False)
    public_token = fields.Char(
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(16),
        groups=fields.NO_ACCESS,
    )
    public_link = fields.Char("Page of the Result", compute="_compute_public_link")
    state = fields.Selection(
        STATES, required=True, copy=False, default="draft", tracking=True, index=True, group_expand=True
    )

    is_open = fields.Boolean(compute="_compute_is_open", export_string_translation=False)
    can_count = fields.Boolean(compute="_compute_is_open", export_string_translation=False)

    _quarter_uniq = models.Constraint(
        "UNIQUE (community_id, date_quarter)", "The community has its survey of this quarter already."
    )
    _least_sensible = models.Constraint(
        "CHECK (min_answers > 0 AND min_rate >= 0 AND min_rate <= 100)",
        "A survey needs one answer at least, and a share between 0 and 100.",
    )

    @api.model
    def _get_default_survey(self):
        domain = [("is_outsourcing_household", "=", True)]
        return self.env["survey.survey"].search(domain, order="id", limit=1)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "issued_count", "valid_count", "score", "satisfied_rate", "is_representative", "started_by_id",
            "date_counted", "published_by_id", "date_published",
        }  # fmt: skip

    @api.model
    def _get_kept_files_domains(self):
        kept = Domain("state", "in", ("counted", "published"))
        return super()._get_kept_files_domains() | {"scan_ids": kept}

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("date_quarter")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for survey in self:
            day = survey.date_quarter
            survey.period_label = day and self.env._(
                "Q%(quarter)s %(year)s", quarter=(day.month + 2) // 3, year=day.year
            )

    @api.depends("community_id", "period_label")
    def _compute_display_name(self):
        for survey in self:
            parts = (survey.community_id.name, survey.period_label)
            survey.display_name = " · ".join(part for part in parts if part)

    @api.depends("community_id")
    def _compute_least(self):
        for survey in self:
            company = survey.community_id.company_id or self.env.company
            survey.min_answers = company._get_outsourcing_setting("outsourcing_survey_min_answers")
            survey.min_rate = company._get_outsourcing_setting("outsourcing_survey_min_rate")

    @api.depends("ballot_ids.is_returned", "issued_count")
    def _compute_returned_count(self):
        domain = [("round_id", "in", self.ids), ("is_returned", "=", True)]
        # sudo: how many, for whoever reads the survey
        counts = dict(self.env["outsourcing.ballot"].sudo()._read_group(domain, ["round_id"], ["__count"]))
        counts = {survey.id: count for survey, count in counts.items()}
        for survey in self:
            survey.returned_count = counts.get(survey._origin.id, 0)
            issued = survey.issued_count
            survey.response_rate = issued and 100.0 * survey.returned_count / issued

    @api.depends("state", "date_from", "date_to", "returned_count")
    def _compute_is_open(self):
        for survey in self:
            survey.is_open = survey._is_open()
            over = survey.date_to and survey.date_to < trade_today(survey)
            survey.can_count = over or survey.returned_count >= survey.issued_count

    @api.depends("state")
    def _compute_public_link(self):
        for survey in self:
            known = survey.sudo()  # the link is for everybody, once there is something to see
            path = known.state == "published" and known._get_public_path()
            survey.public_link = path and f"{known.company_id.get_base_url()}{path}"

    def _get_public_path(self):
        return f"/outsourcing/satisfaction/{self.sudo().public_token}"  # callers show the published alone

    def _compute_access_url(self):
        super()._compute_access_url()
        for survey in self:
            survey.access_url = f"/my/outsourcing/surveys/{survey.id}"

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        for survey in self:
            if survey.date_to and survey.date_from and survey.date_to < survey.date_from:
                raise ValidationError(self.env._("The last day to vote lies before the first one."))

    @api.model_create_multi
    def create(self, vals_list):
        communities = self.env["outsourcing.community"]
        vals_list = [self._begin_quarter(vals) for vals in vals_list]
        give_numbers(
            vals_list,
            self._name,
            lambda vals: communities.browse(vals.get("community_id")).company_id or self.env.company,
        )
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._begin_quarter(vals))

    @api.model
    def _begin_quarter(self, vals):
        day = fields.Date.to_date(vals.get("date_quarter"))
        return {**vals, "date_quarter": date_utils.start_of(day, "quarter")} if day else vals

    @api.model
    def _has_talk(self):
        return False  # its page takes no messages: a household stays unnamed

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.community_id._get_managers()

    # ---- what belongs to it -----------------------------------------------------------------------------

    def _get_levels(self):
        """Return the questions with their five levels, best first: list of (question, levels)."""
        self.ensure_one()
        questions = self.survey_id.sudo()._get_outsourcing_questions()  # what households are asked
        return [(question, question.suggested_answer_ids) for question in questions]

    def _check_counted(self):
        """Raise UserError unless there are figures to print."""
        for survey in self:
            if survey.state not in ("counted", "published"):
                raise UserError(self.env._("%s is not counted yet.", survey.display_name))

    def action_view_ballots(self):
        """Open the ballots: which households have voted, never what."""
        self.ensure_one()
        return self._open("outsourcing_ballot_action", [("round_id", "=", self.id)])

    def action_view_results(self):
        """Open the figures by question."""
        return self._open("outsourcing_survey_result_action", [("round_id", "in", self.ids)])

    def action_view_comments(self):
        """Open what households have written."""
        return self._open("outsourcing_survey_comment_action", [("round_id", "in", self.ids)])

    def _open(self, action, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(f"property_outsourcing_evaluation.{action}")
        return {**action, "domain": domain, "context": {}}
