from odoo import api, fields, models
from odoo.exceptions import UserError

from ..workflow.trade_time import trade_today

FACT_TYPES = [
    ("visit_done", "Visit done"),
    ("inspection_done", "Inspection done"),
    ("inspection_missed", "Inspection missed"),
    ("inspection_failed", "Inspection failed"),
    ("defect_found", "Defect found"),
    ("defect_reopened", "Defect reopened"),
    ("rectification_late", "Rectification late"),
    ("rectification_overdue", "Rectification overdue"),
    ("order_done", "Work order done in time"),
    ("order_late", "Work order late"),
    ("order_breached", "Time limit missed"),
    ("order_reopened", "Work order reopened"),
    ("completion_late", "Completion late"),
    ("deliverable_late", "Deliverable late or missing"),
    ("score", "Monthly score"),
    ("level_passed", "Acceptance level passed"),
    ("level_failed", "Acceptance level failed"),
    ("concealed_unaccepted", "Concealed work covered without acceptance"),
    ("complaint", "Complaint"),
    ("incident", "Incident"),
    ("manual", "Established by the manager"),
]
# a fact that begins a failure -> the fact that ends it, by whose clauses it is judged
BEGINNINGS = {"order_breached": "order_late"}
TRIGGERS = [(key, label) for key, label in FACT_TYPES if key not in BEGINNINGS]
# facts whose value is a time, and how many hours one unit of it has
TIME_FACTS = {"order_late": 1.0, "rectification_late": 24.0, "completion_late": 24.0}


class OutsourcingFact(models.Model):
    """What happened under a contract, written once by whoever records it and never changed."""

    _name = "outsourcing.fact"
    _description = "Performance Fact"
    _order = "date desc, id desc"
    _rec_name = "unique_key"

    fact_type = fields.Selection(FACT_TYPES, required=True, index=True)
    date = fields.Date(required=True, index=True)
    value = fields.Float(
        default=1.0, help="How often, how many, or how much; the unit follows from the type."
    )
    note = fields.Char()
    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    contractor_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    community_id = fields.Many2one("outsourcing.community", required=True, index=True, ondelete="restrict")
    milestone_id = fields.Many2one("outsourcing.contract.milestone", index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True)
    res_model = fields.Char("Source Model", required=True)
    res_id = fields.Many2oneReference("Source Record", model_field="res_model", required=True, index=True)
    source_name = fields.Char("Source Document")
    unique_key = fields.Char(required=True, copy=False)
    case_key = fields.Char(
        index="btree_not_null",
        copy=False,
        help="The same for the facts that tell the beginning and the end of one failure.",
    )

    active = fields.Boolean(
        "In Force", default=True, help="What has turned out otherwise stays on record and counts no more."
    )
    void_reason = fields.Char("Why it Counts no more")

    _unique_key_uniq = models.Constraint("UNIQUE(unique_key)", "This fact has already been recorded.")

    @api.depends("fact_type", "date", "source_name")
    def _compute_display_name(self):
        labels = dict(self._fields["fact_type"]._description_selection(self.env))
        for fact in self:
            parts = (labels.get(fact.fact_type), fact.source_name, fields.Date.to_string(fact.date))
            fact.display_name = " ".join(part for part in parts if part)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A fact is never changed."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("A fact is never deleted."))

    def _void(self, reason):  # pylint: disable=missing-return
        """Let the facts ``self`` count no more, because what they tell has turned out otherwise.

        They stay on record with the reason; their key is free again.
        """
        for fact in self.sudo():  # whoever set it going was checked with the source
            key = f"{fact.unique_key}:void:{fact.id}"
            vals = {"active": False, "void_reason": reason, "unique_key": key}
            super(OutsourcingFact, fact).write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _record(self, vals_list):
        """Write the facts that are not known yet and propose what the contract's rules say about them.

        :param list vals_list: dicts with ``fact_type``, ``contract`` and ``source`` (records) and optionally
            ``value``, ``date``, ``community``, ``milestone``, ``key``, ``case``, ``note``
        :return: the new facts only; recording the same key twice is harmless
        """
        prepared = {}
        for vals in vals_list:
            row = self._prepare_fact_vals(**vals)
            prepared.setdefault(row["unique_key"], row)
        # facts are written by the workflow of their source, which has checked its actor
        facts_sudo = self.sudo()
        known = facts_sudo._search_known_keys(prepared)
        facts = facts_sudo.create([row for key, row in prepared.items() if key not in known])
        facts._propose_adjustments()
        return facts.sudo(self.env.su)

    @api.model
    def _search_known_keys(self, keys):
        rows = self.search_fetch([("unique_key", "in", list(keys))], ["unique_key"])
        return set(rows.mapped("unique_key"))

    @api.model
    def _prepare_fact_vals(
        self,
        fact_type,
        contract,
        source,
        value=1.0,
        date=None,
        community=None,
        milestone=None,
        key=None,
        case=None,
        note=None,
    ):
        """Return the values of one fact; the period and community follow from date and source."""
        contract_sudo = contract.sudo()  # the contract's parties are read for the record only
        date = fields.Date.to_date(date) or trade_today(self)
        community = community or contract_sudo.community_id
        milestone = milestone or contract_sudo._get_period(date, community)
        return {
            "fact_type": fact_type,
            "date": date,
            "value": value,
            "note": note,
            "contract_id": contract.id,
            "contractor_id": contract_sudo.contractor_id.id,
            "community_id": community.id,
            "milestone_id": milestone.id if milestone else False,
            "company_id": contract_sudo.company_id.id,
            "res_model": source._name,
            "res_id": source.id,
            "source_name": source.sudo().display_name,
            "case_key": case,
            "unique_key": key or f"{fact_type}:{source._name}:{source.id}",
        }

    def _propose_adjustments(self):
        """Apply the contracts' rules to the new facts ``self``, in two queries for all of them."""
        triggers = {fact: BEGINNINGS.get(fact.fact_type, fact.fact_type) for fact in self}
        rules = self.env["outsourcing.contract.rule"].search(
            [("contract_id", "in", self.contract_id.ids), ("trigger", "in", list(set(triggers.values())))]
        )
        by_trigger = rules.grouped(lambda rule: (rule.contract_id, rule.trigger))
        pairs = [
            (rule, fact)
            for fact, trigger in triggers.items()
            for rule in by_trigger.get((fact.contract_id, trigger), ())
            if rule._applies_to(fact)
        ]
        return self.env["outsourcing.adjustment"]._propose(pairs)

    def action_open_source(self):
        """Open the document this fact was recorded from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
