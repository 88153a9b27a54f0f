from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers

from ..deadline.outsourcing_deadline_mixin import CALENDAR

COLORS = [("yellow", "Yellow Card"), ("red", "Red Card")]
STATES = [
    ("proposed", "Proposed"),
    ("issued", "Card Issued"),
    ("appealed", "Appealed"),
    ("closed", "Closed"),
    ("lifted", "Lifted"),
    ("dropped", "Not Issued"),
]
IN_FORCE = ("issued", "appealed")
SHOWN = ("issued", "appealed", "closed", "lifted")  # to the contractor
MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingCard(models.Model):
    """A warning or a ban, with its grounds, its term and how it ended."""

    _name = "outsourcing.card"
    _description = "Yellow or Red Card"
    _inherit = [
        "outsourcing.signed.mixin",
        "outsourcing.deadline.mixin",
        "outsourcing.paper.mixin",
        "outsourcing.file.owner.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "contractor_id"]
    _deadline_terms = "rule_id"
    _deadline_kept_states = ("closed", "lifted", "dropped")
    _deletable_states = ()
    _unsigned_states = ("proposed", "dropped")
    _mail_post_access = "read"

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    rule_id = fields.Many2one(
        "outsourcing.card.rule",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('failed_type', '=', False)]",
    )
    color = fields.Selection(COLORS, "Card", required=True, default="yellow", tracking=True)
    contractor_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("outsourcing_state", "!=", False)],
    )
    contract_id = fields.Many2one(
        "outsourcing.contract",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('contractor_id', '=', contractor_id), ('state', 'in', ('active', 'suspended'))]",
        help="Under which the failures happened.",
    )
    fact_ids = fields.Many2many(
        "outsourcing.fact",
        "outsourcing_card_fact_rel",
        "card_id",
        "fact_id",
        "Failures",
        context={"active_test": False},
    )
    fact_count = fields.Integer("Number of Failures", compute="_compute_fact_count")
    grounds = fields.Text(help="What the failures do not say by themselves; the contractor reads it.")
    streak_key = fields.Char(copy=False)

    issued_by_id = fields.Many2one("res.users", "Issued by", readonly=True, copy=False)
    date_issued = fields.Datetime("Issued on", copy=False)
    date_until = fields.Date("In Force until", copy=False, index="btree_not_null", tracking=True)
    contractor_name = fields.Char("Contractor when Issued", copy=False)
    contract_name = fields.Char("Contract when Issued", copy=False)
    rule_name = fields.Char("Rule when Issued", copy=False)

    date_appealed = fields.Datetime("Appealed on", copy=False)
    appealed_by_id = fields.Many2one("res.users", "Appealed by", readonly=True, copy=False)
    appeal_reason = fields.Text("Appeal", copy=False)
    appeal_file_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_card_appeal_file_rel",
        "card_id",
        "attachment_id",
        "Files to the Appeal",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    appeal_deadline = fields.Date(
        "Appeal until", compute="_compute_appeal_deadline", store=True, index="btree_not_null"
    )
    answer_deadline = fields.Date(
        "Answer until", compute="_compute_answer_deadline", store=True, index="btree_not_null"
    )
    decision = fields.Text("Answer to the Appeal", copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)

    plan = fields.Text("Plan of Rectification", copy=False)
    plan_deadline = fields.Date("Plan until", copy=False, index="btree_not_null")
    date_plan = fields.Datetime("Plan Handed in on", copy=False)
    planned_by_id = fields.Many2one("res.users", "Plan Handed in by", readonly=True, copy=False)
    plan_note = fields.Text("Why the Plan was Returned", copy=False)
    plan_reminded = fields.Boolean("Reminded of the Plan", copy=False)

    end_reason = fields.Text("Why it Ended", copy=False, tracking=True)
    ended_by_id = fields.Many2one("res.users", "Ended by", readonly=True, copy=False)
    date_ended = fields.Datetime("Ended on", copy=False)
    is_sanction = fields.Boolean("Changed the Contractor's Status", copy=False)
    state = fields.Selection(
        STATES, required=True, copy=False, default="proposed", tracking=True, index=True, group_expand=True
    )

    # two runs at once: the second one proposes nothing
    _streak_uniq = models.Constraint("UNIQUE(streak_key)", "This card is proposed already.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "fact_ids", "streak_key", "issued_by_id", "date_issued", "date_until", "contractor_name",
            "contract_name", "rule_name", "date_appealed", "appealed_by_id", "appeal_reason", "decision",
            "appeal_file_ids", "decided_by_id", "plan", "plan_deadline", "date_plan", "planned_by_id",
            "plan_note", "plan_reminded", "end_reason", "ended_by_id", "date_ended", "is_sanction",
        }  # fmt: skip

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("fact_ids")
    def _compute_fact_count(self):
        for card in self:
            card.fact_count = len(card.fact_ids)

    @api.depends("date_issued", *CALENDAR)
    def _compute_appeal_deadline(self):
        self._set_deadlines("appeal_deadline", "date_issued", "appeal_days")

    @api.depends("date_appealed", *CALENDAR)
    def _compute_answer_deadline(self):
        self._set_deadlines("answer_deadline", "date_appealed", "answer_days")

    @api.depends("name", "color", "contractor_id", "contractor_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["color"]._description_selection(self.env))
        for card in self:
            firm = card.contractor_name or card.contractor_id.name
            parts = (labels.get(card.color), card.name if card.id else None, firm)
            card.display_name = " · ".join(part for part in parts if part)

    def _compute_access_url(self):
        super()._compute_access_url()
        for card in self:
            card.access_url = f"/my/outsourcing/cards/{card.id}"

    # ---- checks -----------------------------------------------------------------------------------------

    @api.constrains("contract_id", "contractor_id")
    def _check_contract(self):
        for card in self.sudo():  # the parties only
            if card.contract_id and card.contract_id.contractor_id != card.contractor_id:
                raise ValidationError(
                    self.env._(
                        "%(contract)s is no contract of %(contractor)s.",
                        contract=card.contract_id.display_name,
                        contractor=card.contractor_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = self.env["res.company"]
        default = self.env.company
        give_numbers(vals_list, self._name, lambda vals: companies.browse(vals.get("company_id")) or default)
        return super().create(vals_list)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates() | self.contract_id.manager_id
        return users.union(*(community._get_managers() for community in self.contract_id.community_ids))

    def action_view_facts(self):
        """Open the failures the card rests on."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("property_outsourcing.outsourcing_fact_action")
        domain, context = [("id", "in", self.fact_ids.ids)], {"active_test": False}
        return {**action, "name": self.env._("Failures"), "domain": domain, "context": context}
