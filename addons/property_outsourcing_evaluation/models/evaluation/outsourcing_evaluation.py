from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers

STATES = [("draft", "Being judged"), ("preview", "Preview"), ("appealed", "Appealed"), ("final", "Final")]


class OutsourcingEvaluation(models.Model):
    """How a contractor did in one service in one quarter."""

    _name = "outsourcing.evaluation"
    _description = "Evaluation"
    _inherit = [
        "outsourcing.signed.mixin",
        "outsourcing.deadline.mixin",
        "outsourcing.paper.mixin",
        "outsourcing.file.owner.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_from desc, service_type_id, score desc, id"
    _check_company_auto = True
    _deadline_terms = "scorecard_id"
    _deadline_kept_states = ("final",)
    _rec_names_search = ["name", "contractor_id"]
    _mail_post_access = "read"  # supervisors judge the lines and talk about them

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True)
    contractor_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="restrict"
    )
    contractor_name = fields.Char("Name when Final", copy=False)
    service_type_id = fields.Many2one(
        "outsourcing.service.type", required=True, index=True, ondelete="restrict"
    )
    scorecard_id = fields.Many2one("outsourcing.scorecard", required=True, index=True, ondelete="restrict")
    date_from = fields.Date("First Day", required=True, index=True)
    date_to = fields.Date("Last Day", required=True)
    period_label = fields.Char("Quarter", compute="_compute_period_label")
    contract_ids = fields.Many2many(
        "outsourcing.contract",
        "outsourcing_evaluation_contract_rel",
        "evaluation_id",
        "contract_id",
        "Contracts",
        help="Those with something recorded in the quarter.",
    )
    community_ids = fields.Many2many(
        "outsourcing.community",
        "outsourcing_evaluation_community_rel",
        "evaluation_id",
        "community_id",
        "Communities",
        context={"active_test": False},
    )
    household_count = fields.Integer("Households", help="Of the communities served, as counted.")

    date_counted = fields.Datetime("Counted on", copy=False)
    last_fact_id = fields.Integer("Last Fact Counted", copy=False)
    carry_from = fields.Date("Late Facts from", copy=False)
    carry_after_id = fields.Integer("Late Facts after", copy=False)
    late_fact_count = fields.Integer(
        "Facts of Earlier Quarters",
        copy=False,
        help="Recorded after the evaluation of their own quarter was counted: they count here.",
    )
    line_ids = fields.One2many("outsourcing.evaluation.line", "evaluation_id", "Criteria")
    veto_ids = fields.One2many("outsourcing.evaluation.veto", "evaluation_id", "Vetoes")
    is_vetoed = fields.Boolean("Vetoed", compute="_compute_score", store=True)
    min_rated_weight = fields.Float("Least Weight Rated (%)", digits=(16, 2))
    rated_weight = fields.Float("Weight Rated (%)", compute="_compute_score", store=True, digits=(16, 2))
    score = fields.Float(compute="_compute_score", store=True, digits=(16, 2), aggregator="avg")
    is_graded = fields.Boolean("Graded", compute="_compute_score", store=True)
    grade_id = fields.Many2one(
        "outsourcing.grade", compute="_compute_score", store=True, index=True, ondelete="restrict"
    )
    grade_color = fields.Integer("Color", related="grade_id.color")
    advice = fields.Selection(string="Advice on Renewal", related="grade_id.advice")
    pay_factor = fields.Float(
        "Share of the Fee (%)",
        digits=(16, 2),
        default=100.0,
        help="As the grade said when the result became final.",
    )
    rank = fields.Integer(compute="_compute_rank", help="Among the graded contractors of the service.")
    rank_label = fields.Char("Place", compute="_compute_rank")

    date_preview = fields.Datetime("Preview since", copy=False)
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)
    appeal_deadline = fields.Date(
        "Appeal until", compute="_compute_appeal_deadline", store=True, index="btree_not_null"
    )
    date_appealed = fields.Datetime("Appealed on", copy=False)
    appealed_by_id = fields.Many2one("res.users", "Appealed by", readonly=True, copy=False)
    appeal_reason = fields.Text("Appeal", copy=False)
    appeal_file_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_evaluation_appeal_file_rel",
        "evaluation_id",
        "attachment_id",
        "Files to the Appeal",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    answer_deadline = fields.Date(
        "Answer until", compute="_compute_answer_deadline", store=True, index="btree_not_null"
    )
    decision = fields.Text("Answer", copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    date_final = fields.Datetime("Final since", copy=False)
    state = fields.Selection(
        STATES, required=True, copy=False, default="draft", tracking=True, index=True, group_expand=True
    )

    _quarter_uniq = models.Constraint(
        "UNIQUE(company_id, contractor_id, service_type_id, date_from)",
        "This contractor has an evaluation of the service and quarter already.",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "contractor_name", "contract_ids", "community_ids", "household_count", "date_counted",
            "last_fact_id", "carry_from", "carry_after_id", "late_fact_count", "min_rated_weight",
            "date_preview",
            "published_by_id", "date_appealed", "appealed_by_id", "appeal_reason",
            "appeal_file_ids", "decision", "decided_by_id", "date_final", "pay_factor",
        }  # fmt: skip

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("date_from")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for evaluation in self:
            day = evaluation.date_from
            evaluation.period_label = day and self.env._(
                "Q%(quarter)s %(year)s", quarter=(day.month + 2) // 3, year=day.year
            )

    @api.depends("name", "contractor_id", "contractor_name", "service_type_id", "period_label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for evaluation in self:
            firm = evaluation.contractor_name or evaluation.contractor_id.name
            parts = (firm, evaluation.service_type_id.name, evaluation.period_label)
            evaluation.display_name = " · ".join(part for part in parts if part)

    def _compute_access_url(self):
        super()._compute_access_url()
        for evaluation in self:
            evaluation.access_url = f"/my/outsourcing/evaluations/{evaluation.id}"

    @api.depends("score", "is_graded")
    def _compute_rank(self):
        ranks = self._map_ranks()
        for evaluation in self:
            rank, count = ranks.get(evaluation.id, (0, 0))
            evaluation.rank = rank
            evaluation.rank_label = f"{rank} / {count}" if rank else False

    def _map_ranks(self):
        """Return a dict id -> (place, number of contractors) within company, service and quarter."""
        if not self.ids:
            return {}
        self.flush_model(["score", "is_graded"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT ranked.id, ranked.place, ranked.total
                  FROM (SELECT other.id,
                               RANK() OVER (PARTITION BY other.company_id, other.service_type_id,
                                                           other.date_from
                                                ORDER BY other.is_vetoed, other.score DESC) AS place,
                               COUNT(*) OVER (PARTITION BY other.company_id, other.service_type_id,
                                                           other.date_from) AS total
                          FROM outsourcing_evaluation other
                         WHERE other.is_graded
                           AND (other.company_id, other.service_type_id, other.date_from) IN (
                               SELECT company_id, service_type_id, date_from
                                 FROM outsourcing_evaluation WHERE id = ANY(%(ids)s))) ranked
                 WHERE ranked.id = ANY(%(ids)s)
                """,
                ids=list(self.ids),
            )
        )
        return {evaluation_id: (place, total) for evaluation_id, place, total in rows}

    @api.model_create_multi
    def create(self, vals_list):
        companies = self.env["res.company"]
        give_numbers(vals_list, self._name, lambda vals: companies.browse(vals["company_id"]))
        return super().create(vals_list)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates() | self.contract_ids.manager_id
        return users.union(*(community._get_managers() for community in self.community_ids))

    # ---- what stands behind ------------------------------------------------------------------------------

    def _get_facts_domain(self):
        """Return the facts that were counted, also after some of them have turned out otherwise."""
        self.ensure_one()
        date = [("date", ">=", self.date_from), ("date", "<=", self.date_to)]
        if self.carry_from:
            late = [
                ("date", ">=", self.carry_from),
                ("date", "<", self.date_from),
                ("id", ">", self.carry_after_id),
            ]
            date = ["|", "&", *date, "&", "&", *late]
        return [
            ("contractor_id", "=", self.contractor_id.id),
            ("contract_id", "in", [*self.contract_ids.ids, False]),
            ("company_id", "in", [self.company_id.id, False]),
            ("id", "<=", self.last_fact_id),
            ("res_model", "!=", self._name),  # what it has told itself
            "|", ("active", "=", True), ("write_date", ">", self.date_counted),
            *date,
        ]  # fmt: skip

    def action_view_facts(self):
        """Open all facts that were counted."""
        return self._get_facts_action(self.env._("Facts"), [])

    def _get_facts_action(self, title, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("property_outsourcing.outsourcing_fact_action")
        return {
            **action,
            "name": title,
            "domain": [*self._get_facts_domain(), *domain],
            "context": {"active_test": False},
        }
