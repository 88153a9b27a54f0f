from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

STATES = [
    ("proposed", "Proposed"),
    ("awarded", "Awarded"),
    ("refused", "Not Awarded"),
    ("revoked", "Revoked"),
]


class OutsourcingAward(models.Model):
    """A gold partner of one year: why it is proposed, who decided, until when it holds."""

    _name = "outsourcing.award"
    _description = "Gold Partner"
    _inherit = [
        "outsourcing.signed.mixin",
        "outsourcing.paper.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "year desc, score desc, id"
    _check_company_auto = True
    _rec_names_search = ["name", "contractor_id"]
    _deletable_states = ()
    _unsigned_states = ("proposed", "refused")
    _mail_post_access = "read"

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True)
    contractor_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="restrict"
    )
    year = fields.Char(required=True, index=True)
    evaluation_ids = fields.Many2many(
        "outsourcing.evaluation",
        "outsourcing_award_evaluation_rel",
        "award_id",
        "evaluation_id",
        "Evaluations of the Year",
    )
    score = fields.Float("Mean Score", digits=(16, 2), aggregator="avg")
    quarter_count = fields.Integer("Quarters Rated")
    rank = fields.Integer("Place", compute="_compute_rank", help="Among those proposed for the year.")
    reason = fields.Char("Why it is Proposed", compute="_compute_reason", compute_sudo=True)

    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    date_decided = fields.Datetime("Decided on", copy=False)
    date_from = fields.Date("Valid from", copy=False)
    date_until = fields.Date("Valid until", copy=False, index="btree_not_null")
    contractor_name = fields.Char("Contractor on the Certificate", copy=False)
    end_reason = fields.Text("Why Not, or Why Revoked", copy=False, tracking=True)
    is_valid = fields.Boolean("Valid Today", compute="_compute_is_valid", search="_search_is_valid")
    state = fields.Selection(
        STATES, required=True, copy=False, default="proposed", tracking=True, index=True, group_expand=True
    )

    _year_uniq = models.Constraint(
        "UNIQUE(company_id, contractor_id, year)", "This contractor is proposed for the year already."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "evaluation_ids", "score", "quarter_count", "decided_by_id", "date_decided", "date_from",
            "date_until", "contractor_name", "end_reason",
        }  # fmt: skip

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("year", "score", "company_id")
    def _compute_rank(self):
        # sudo: the place among all of the year, not who they are
        rows = self.sudo().search([("year", "in", self.mapped("year"))], order="score desc, id")
        by_year = rows.grouped(lambda award: (award.company_id, award.year))
        for award in self:
            together = by_year.get((award.company_id, award.year), self.browse())
            award.rank = 1 + sum(1 for other in together if other.score > award.score)

    @api.depends("score", "quarter_count", "evaluation_ids")
    @api.depends_context("lang")
    def _compute_reason(self):
        for award in self:
            services = award.evaluation_ids.service_type_id.mapped("name")
            award.reason = self.env._(
                "%(quarters)s quarters rated, each with the best grade; mean %(score)s; no card; "
                "%(services)s",
                quarters=award.quarter_count,
                score=f"{award.score:g}",
                services=award._get_print_list(services),
            )

    @api.depends("state", "date_from", "date_until")
    def _compute_is_valid(self):
        today = trade_today(self)
        for award in self:
            lasts = award.date_until and award.date_from <= today <= award.date_until
            award.is_valid = award.state == "awarded" and bool(lasts)

    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        domain = fields.Domain(
            [("state", "=", "awarded"), ("date_from", "<=", today), ("date_until", ">=", today)]
        )
        return domain if True in value else ~domain

    @api.depends("year", "contractor_id", "contractor_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for award in self:
            firm = award.contractor_name or award.contractor_id.name
            award.display_name = self.env._(
                "Gold partner %(year)s · %(contractor)s", year=award.year, contractor=firm
            )

    def _compute_access_url(self):
        super()._compute_access_url()
        for award in self:
            award.access_url = f"/my/outsourcing/awards/{award.id}"

    @api.model_create_multi
    def create(self, vals_list):
        companies = self.env["res.company"]
        give_numbers(vals_list, self._name, lambda vals: companies.browse(vals["company_id"]))
        return super().create(vals_list)

    def _get_responsible_candidates(self):
        contracts = self.evaluation_ids.contract_ids
        return super()._get_responsible_candidates() | contracts.manager_id
