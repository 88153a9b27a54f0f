from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import labelled
from ..workflow.trade_time import trade_today

MANAGER = "property_outsourcing.group_outsourcing_manager"
PROPOSAL = "property_outsourcing.activity_type_adjustment_proposal"
# states of a contract under which somebody may be deducted from or rewarded
LIVING = ("active", "suspended", "completed", "terminated")


class OutsourcingAdjustment(models.Model):
    """A penalty or reward that a person proposes: the clause gives figures and period, another decides."""

    _inherit = "outsourcing.adjustment"

    proposed_by_id = fields.Many2one(
        "res.users",
        "Proposed by",
        readonly=True,
        copy=False,
        help="Empty where a recorded fact met the clause by itself.",
    )
    per = fields.Selection(related="rule_id.per", string="Counted by")
    may_decide = fields.Boolean(compute="_compute_may_decide", export_string_translation=False)
    cap_note = fields.Char("Caps", compute="_compute_cap_note")
    contract_community_ids = fields.Many2many(
        "outsourcing.community",
        string="Communities to choose from",
        compute="_compute_contract_community_ids",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"proposed_by_id"}

    @api.depends("state", "proposed_by_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        is_manager = self.env.user.has_group(MANAGER)
        for adjustment in self:
            own = adjustment.state == "proposed" and adjustment.proposed_by_id == self.env.user
            adjustment.may_decide = is_manager and not own

    @api.depends("rule_id", "milestone_id", "date", "amount", "state")
    @api.depends_context("lang")
    def _compute_cap_note(self):
        for adjustment in self:
            waiting = adjustment.state == "proposed" and adjustment.rule_id
            period = adjustment._get_penalty_period()
            notes = waiting and adjustment.rule_id._get_cap_notes(adjustment.amount, period)
            adjustment.cap_note = " ".join(notes or ())

    @api.depends("contract_id")
    @api.depends_context("uid")
    def _compute_contract_community_ids(self):
        for adjustment in self:
            served = adjustment.contract_id.sudo().community_ids  # filtered in the next line
            adjustment.contract_community_ids = served.sudo(self.env.su)._filtered_access("read")

    # ---- the form, while it is filled in ----------------------------------------------------------------

    @api.onchange("contract_id", "rule_id", "community_id", "date")
    def _onchange_place(self):
        contract = self.contract_id
        if self.rule_id.contract_id != contract:
            self.rule_id = False
        if contract and not self.milestone_id.community_id:
            self.community_id = self._get_own_community()
        if self.rule_id:
            self.milestone_id = self.rule_id._get_likely_row(self.date, self.community_id)

    @api.onchange("rule_id", "milestone_id", "quantity", "uncapped_amount")
    def _onchange_figures(self):
        if self.rule_id:
            # what stands there under another basis is a result, not a loss
            loss = self.uncapped_amount if self.basis == "actual_loss" else 0.0
            self.update(self.rule_id._get_figures(self.quantity, self.milestone_id, loss=loss))

    def _get_own_community(self):
        """Return the community the person most likely means: one of the contract he looks after."""
        communities, current = self.contract_community_ids._origin, self.community_id._origin
        if current in communities:
            return current
        own = communities.filtered(lambda community: self.env.user in community.member_ids)
        main = self.contract_id.community_id._origin
        return main if main in own or not own else own[:1]

    # ---- saving -----------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_gate_open():
            return super().create(vals_list)
        vals_list = [self._prepare_manual_vals(self._add_missing_default_values(vals)) for vals in vals_list]
        adjustments = super().create(vals_list)
        gated = adjustments._gated()  # super has checked what was sent and who may create
        gated.proposed_by_id = self.env.uid
        gated._claim_period()
        gated._ask_decider()
        return adjustments

    def _claim_period(self):
        """Give each proposal of a once-per-period clause the key of its period.

        :raise UserError: the clause has been applied to the period already
        """
        claims = {
            adjustment: adjustment.rule_id._get_period_key(adjustment.milestone_id, adjustment.date)
            for adjustment in self
            if adjustment.per == "period"
        }
        known = self.search([("once_key", "in", list(claims.values())), ("state", "!=", "waived")])
        taken = {adjustment.once_key: adjustment for adjustment in known}
        for adjustment, key in claims.items():
            if key in taken:  # two at once are told apart by the index
                raise UserError(
                    self.env._(
                        "%(clause)s has already been applied to this period: %(adjustment)s.",
                        clause=adjustment.rule_id.display_name,
                        adjustment=taken[key].name,
                    )
                )
            taken[key] = adjustment
            adjustment.once_key = key

    @api.model
    def _prepare_manual_vals(self, vals):
        """Return the values of a proposal made by hand: whatever is sent, the figures are the contract's.

        :raise UserError: names all that is missing at once
        """
        rule = self.env["outsourcing.contract.rule"].browse(vals.get("rule_id"))
        if not rule:
            raise UserError(self.env._("Choose the contract and the clause."))
        row = self.env["outsourcing.contract.milestone"].browse(vals.get("milestone_id"))
        loss = vals.get("uncapped_amount") or vals.get("amount") or 0.0
        figures = rule._get_figures(vals.get("quantity", 1.0), row, loss=loss)
        missing = rule._get_missing_to_propose(figures, row)
        if not (vals.get("reason") or "").strip() and not vals.get("fact_ids"):
            missing.append(self.env._("State the reason or the fact this penalty or reward rests on."))
        if missing:
            raise UserError("\n".join(missing))
        return {**vals, "contract_id": vals.get("contract_id") or rule.contract_id.id, **figures}

    @api.constrains("proposed_by_id", "date")
    def _check_manual_date(self):
        for adjustment in self.filtered("proposed_by_id"):
            contract, today = adjustment.contract_id, trade_today(adjustment)
            if contract.state not in LIVING:
                raise ValidationError(
                    self.env._(
                        "%(contract)s is %(state)s: nothing is deducted or rewarded under it.",
                        contract=contract.display_name,
                        state=contract._get_state_label(),
                    )
                )
            if not contract.date_start <= adjustment.date <= today:
                raise ValidationError(
                    self.env._(
                        "The day of a penalty or reward lies between the start of the contract, %s, "
                        "and today.",
                        contract.date_start,
                    )
                )

    # ---- who decides ------------------------------------------------------------------------------------

    def _get_deciders(self):
        """Return a dict: the manager who is to decide about each of ``self``, never who proposed it."""
        deciders = {}
        for proposer, adjustments in self.grouped("proposed_by_id").items():
            deciders |= adjustments._map_responsible_users(excluded=proposer, group=MANAGER)
        return deciders

    def _ask_decider(self):
        """Give each proposal of ``self`` (in sudo) to the manager who is to decide about it."""
        deciders = self._get_deciders()
        asked = {
            adjustment: {
                "summary": self.env._("Decide about the proposal"),
                "note": adjustment.reason
                or labelled(self.env, adjustment.rule_id.display_name, adjustment.formula),
                "date_deadline": adjustment._get_decision_date(),
                "users": deciders[adjustment],
            }
            for adjustment in self
        }
        self._schedule_events(PROPOSAL, asked)
