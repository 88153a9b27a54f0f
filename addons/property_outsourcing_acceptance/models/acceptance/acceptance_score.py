from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names

from .acceptance_deadlines import ACTIVITY_OBJECTION

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingAcceptance(models.Model):
    """A month of service: scored, confirmed (or left unanswered), accepted at its factor."""

    _inherit = "outsourcing.acceptance"

    score_template_id = fields.Many2one(
        "outsourcing.score.template", string="Score sheet", readonly=True, copy=False, ondelete="restrict"
    )
    score_line_ids = fields.One2many("outsourcing.acceptance.score.line", "acceptance_id", string="Scores")
    deduction = fields.Float(
        string="Further deduction",
        digits=(16, 2),
        copy=False,
        help="Points taken off the total besides the criteria.",
    )
    deduction_reason = fields.Char(string="Reason of the further deduction", copy=False)
    score = fields.Float(
        compute="_compute_score", store=True, digits=(16, 2), aggregator="avg", tracking=True
    )
    factor = fields.Float(
        string="Share of the fee (%)", compute="_compute_factor", store=True, digits=(16, 2), aggregator="avg"
    )
    scored_by_id = fields.Many2one("res.users", string="Scored by", readonly=True, copy=False)
    date_scored = fields.Datetime(string="Scored on", readonly=True, copy=False)
    _deduction_range = models.Constraint(
        "CHECK(deduction >= 0 AND deduction <= 100)", "A deduction is written without a sign, at most 100."
    )

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends(
        "score_line_ids.points", "score_line_ids.max_points", "score_line_ids.weight", "deduction", "method"
    )
    def _compute_score(self):
        for acceptance in self:
            total = sum(acceptance.score_line_ids.mapped("weighted")) - acceptance.deduction
            acceptance.score = round(max(total, 0.0), 2) if acceptance.method == "score" else 0.0

    @api.depends("score")
    def _compute_factor(self):
        # depends on the score alone: a band edited later never reprices a month that is scored
        sheets = self.filtered(lambda acceptance: acceptance.method == "score")
        (self - sheets).factor = 100.0
        pairs = [(sheet.service_type_id, sheet.score) for sheet in sheets]
        for sheet, factor in zip(sheets, self.env["outsourcing.score.band"]._get_factors(pairs), strict=True):
            sheet.factor = factor

    # ---- sheets of the periods that have ended ----------------------------------------------------------

    @api.model
    def _get_periods_without_sheet(self, today, contracts=None, limit=None):
        """Return the period rows that ended before ``today`` and have neither a sheet nor an acceptance."""
        domain = Domain(
            [
                ("kind", "=", "period"),
                ("date_end", "<", today),
                ("date_accepted", "=", False),
                ("acceptance_ids", "not any", [("state", "!=", "rejected")]),
            ]
        )
        rows = self.env["outsourcing.contract.milestone"]
        domain &= rows._get_acceptable_domain() & ~rows._get_wholly_paused_domain()
        if contracts:
            domain &= Domain("contract_id", "in", contracts.ids)
        return rows.search(domain, order="date_end, id", limit=limit)

    def action_create_month_sheets(self):
        """Create the draft score sheet of every ended period that has none, and list the drafts."""
        self.browse().check_access("create")
        periods = self._get_periods_without_sheet(trade_today(self))
        self._create_month_sheets(periods)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_acceptance.outsourcing_month_score_action"
        )
        return {**action, "context": {"search_default_to_score": 1}}

    @api.model
    def _create_month_sheets(self, periods):
        """Create one draft sheet per row of ``periods``, scored from the recorded facts; set-based."""
        # the responsible people find the sheets in one list; sixty notifications would say no more
        quiet = self.with_context(mail_auto_subscribe_no_notify=True, mail_create_nosubscribe=True)
        return quiet.create([row._prepare_acceptance_vals() for row in periods.with_prefetch()]).with_env(
            self.env
        )

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        if self.env.context.get("mail_create_nosubscribe"):
            return []  # sheets made in bulk
        return super()._message_auto_subscribe_followers(updated_values, default_subtype_ids)

    @api.model
    def _cron_create_month_sheets(self):
        """Create the draft score sheets of the periods that have ended."""
        periods = self._get_periods_without_sheet(trade_today(self))
        periods._run_in_batches("_create_month_sheets")

    def _load_score_sheet(self):
        """Copy the criteria of the service's sheet; facts of the period take their points off."""
        templates = self.env["outsourcing.score.template"]._get_templates(self.service_type_id)
        penalties = self._get_charging_penalties()
        clauses = self._get_clauses_of_facts(penalties)
        facts = self._get_fact_values(penalties)
        vals_list = []
        self.score_line_ids._gated().unlink()
        for service, acceptances in self.grouped("service_type_id").items():
            if templates.get(service):
                acceptances._gated().write({"score_template_id": templates[service].id})
        for acceptance in self:
            template = templates.get(acceptance.service_type_id)
            if not template:
                raise UserError(
                    self.env._(
                        "%s has no monthly score sheet. Add a template.", acceptance.service_type_id.name
                    )
                )
            for criterion in template.criterion_ids:
                key = (acceptance.milestone_id.id, criterion.fact_type)
                vals = criterion._prepare_score_line_vals(facts[key], clauses[key])
                vals_list.append({**vals, "acceptance_id": acceptance.id})
        # sudo: criteria come from the template; who creates the sheet was checked
        lines = self.env["outsourcing.acceptance.score.line"]._gated().create(vals_list)
        lines._copy_wording()

    def _get_fact_values(self, penalties):
        """Return how much of each fact type takes points off in each period: dict (row id, type) -> value.

        A fact that one of ``penalties`` already charges takes none: one fact is not punished twice.
        """
        # sudo: counts only; a sheet may be created by the schedule
        rows = (
            self.env["outsourcing.fact"]
            .sudo()
            ._read_group(
                [
                    ("milestone_id", "in", self.milestone_id.ids),
                    ("id", "not in", penalties.fact_ids.ids),
                ],
                ["milestone_id", "fact_type"],
                ["value:sum"],
            )
        )
        return defaultdict(float, {(row.id, fact_type): value for row, fact_type, value in rows})

    def _get_charging_penalties(self):
        """Return the penalties that rest on facts of these periods and were not waived or dropped."""
        # sudo: a sheet may be created by the schedule
        adjustments = self.env["outsourcing.adjustment"].sudo()
        return adjustments.search(
            [
                ("fact_ids.milestone_id", "in", self.milestone_id.ids),
                ("direction", "=", "penalty"),
                ("state", "!=", "waived"),
            ]
        )

    def _get_clauses_of_facts(self, penalties):
        """Return the clauses that charge facts: dict (row id, fact type) -> ``outsourcing.contract.rule``."""
        clauses = defaultdict(self.env["outsourcing.contract.rule"].browse)
        for penalty in penalties:
            for fact in penalty.fact_ids:
                clauses[fact.milestone_id.id, fact.fact_type] |= penalty.rule_id
        return clauses

    def action_reload_facts(self):
        """Score again from the facts recorded until now; what was corrected by hand is replaced."""
        self.check_access("write")
        for acceptance in self:
            if acceptance.method != "score" or acceptance.state not in ("draft", "disputed"):
                raise UserError(self.env._("%s is no longer being scored.", acceptance.display_name))
        self._load_score_sheet()

    # ---- scoring and answer -----------------------------------------------------------------------------

    def action_score(self):
        """Hand the scores over to the contractors for confirmation, any number at once."""
        self._transition_to("to_confirm")

    def action_decide_score(self):
        """Ask why, then decide on the contractor's objection: the score as it stands now counts."""
        self._check_objected()
        return self._ask_reason("decide_score", "accepted")

    def _decide_score(self, reason):
        self._check_objected()
        self._transition_to("accepted")
        self._gated().write({"decision": reason})  # the transition has checked who acts

    def _check_objected(self):
        if any(acceptance.state != "disputed" for acceptance in self):
            raise UserError(self.env._("Only a score the contractor objected to is decided."))

    @api.model
    def _get_reasoned_steps(self):
        step = (self.env._("Decide on the objection"), "_decide_score")
        return {**super()._get_reasoned_steps(), "decide_score": step}

    def _check_scored(self):
        for acceptance in self:
            if not acceptance.score_line_ids:
                raise UserError(self.env._("%s has no criteria.", acceptance.display_name))
            lost = acceptance.score_line_ids.filtered(lambda line: line.points < line.max_points)
            unexplained = [line.name for line in lost if not (line.note or "").strip()]
            if acceptance.deduction and not (acceptance.deduction_reason or "").strip():
                unexplained.append(self._fields["deduction"]._description_string(self.env))
            if unexplained:
                raise UserError(
                    self.env._(
                        "%(record)s: write why points are taken off (%(criteria)s).",
                        record=acceptance.display_name,
                        criteria=join_names(self.env, unexplained),
                    )
                )

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "to_confirm":
            self._set_confirm_deadlines()
            self.activity_unlink([ACTIVITY_OBJECTION])
        elif target == "disputed":
            self._set_answer_deadlines()
        elif target == "accepted":
            self._stamp_confirmation()

    def _set_confirm_deadlines(self):
        today = trade_today(self)
        for days, sheets in self.grouped(lambda sheet: sheet.contract_id.consent_days).items():
            deadline = today + timedelta(days=days)
            sheets._gated().write(
                {"confirm_deadline": deadline, "date_deadline": deadline, "is_deemed": False}
            )
        # one batch: sixty sheets are handed over together; the contractor finds them in the portal's list
        self._message_log_batch(
            bodies={
                sheet.id: self.env._(
                    "Score %(score)s, %(factor)s %% of the fee. Please confirm or object until %(date)s; "
                    "no answer "
                    "counts as confirmed.",
                    score=f"{sheet.score:g}",
                    factor=f"{sheet.factor:g}",
                    date=sheet.confirm_deadline,
                )
                for sheet in self
            }
        )

    def _record_score_facts(self):
        sheets = self.filtered(lambda sheet: sheet.method == "score")
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "score",
                    "contract": sheet.contract_id,
                    "source": sheet,
                    "value": sheet.score,
                    "date": sheet.milestone_id.date_end,
                    "community": sheet.community_id,
                    "milestone": sheet.milestone_id,
                    "key": f"score:{sheet._name}:{sheet.id}:{sheet.score:.2f}",
                }
                for sheet in sheets
            ]
        )
