from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..catalogue.outsourcing_sla_mixin import PRIORITIES
from ..workflow.trade_time import trade_today
from .fact_type import FactType


class OutsourcingFact(models.Model):
    """What happened under a contract, written once by whoever records it and never changed."""

    _name = "outsourcing.fact"
    _inherit = ["outsourcing.pivot.mixin"]
    _description = "Performance Fact"
    _order = "date desc, id desc"
    _rec_name = "unique_key"

    fact_type = fields.Selection("_get_fact_type_selection", required=True)
    date = fields.Date(required=True, index=True)
    value = fields.Float(
        default=1.0, help="How often, how many, or how much; the unit follows from the type."
    )
    value_mean = fields.Float("Mean Value", related="value", aggregator="avg")
    weight = fields.Float(
        default=1.0,
        aggregator=None,
        help="How much the value counts in a mean, e.g. the amount a percentage is taken of.",
    )
    note = fields.Char()
    priority = fields.Selection(
        PRIORITIES, help="The priority of the source when this was recorded, where it has one."
    )
    contract_id = fields.Many2one("outsourcing.contract", index=True, ondelete="restrict")
    contractor_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    community_id = fields.Many2one("outsourcing.community", index=True, ondelete="restrict")
    milestone_id = fields.Many2one("outsourcing.contract.milestone", index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", index=True, help="None: told of a firm that all companies share, for all of them."
    )
    res_model = fields.Char("Source Model", required=True)
    res_id = fields.Many2oneReference("Source Record", model_field="res_model", required=True, index=True)
    source_name = fields.Char("Source Document")
    unique_key = fields.Char(required=True, copy=False)
    case_key = fields.Char(
        index="btree_not_null",
        copy=False,
        help="The same for the facts that tell the beginning and the end of one failure.",
    )

    is_breach = fields.Boolean("Breach", compute="_compute_kind", search="_search_is_breach")
    is_measure = fields.Boolean(
        "Counted for Reports only", compute="_compute_kind", search="_search_is_measure"
    )
    active = fields.Boolean(
        "In Force", default=True, help="What has turned out otherwise stays on record and counts no more."
    )
    void_reason = fields.Char("Why it Counts no more")

    # by contract and with the day: a type alone finds the whole history
    # what a contract counts is read of the index alone
    _contract_type_date_idx = models.Index("(contract_id, fact_type, date) INCLUDE (company_id, active)")
    _type_date_idx = models.Index("(fact_type, date)")
    _of_firm_idx = models.Index("(fact_type, contractor_id, date) WHERE contract_id IS NULL")
    _unique_key_uniq = models.Constraint("UNIQUE(unique_key)", "This fact has already been recorded.")

    # ---- types ------------------------------------------------------------------------------------------

    @api.model
    def _get_fact_types(self):
        """Return what can be recorded: dict code -> :class:`FactType`. Hook: add to super's dict.

        Whoever records a fact declares its type. Those here are recorded by this add-on, or named by the
        preset clauses that contracts start from, whether or not the add-on that records them is installed.
        """
        _ = self.env._
        return {
            "inspection_done": FactType(_("Inspection done")),
            "inspection_missed": FactType(_("Inspection missed"), is_breach=True),
            "inspection_failed": FactType(_("Inspection failed"), is_breach=True),
            "defect_reopened": FactType(_("Defect reopened"), is_breach=True),
            "rectification_late": FactType(_("Rectification late"), hours_per_unit=24.0, is_breach=True),
            "order_counted": FactType(_("Work order dispatched"), is_measure=True),
            "order_limited": FactType(_("Work order with time limits done"), is_measure=True),
            "order_done": FactType(_("Work order done in time"), denominator="order_limited"),
            "order_response_hours": FactType(_("Hours to respond"), hours_per_unit=1.0, is_measure=True),
            "order_arrival_hours": FactType(_("Hours to arrive"), hours_per_unit=1.0, is_measure=True),
            "order_repair_hours": FactType(_("Hours to repair"), hours_per_unit=1.0, is_measure=True),
            "order_late": FactType(_("Work order late"), hours_per_unit=1.0, is_breach=True),
            "order_breached": FactType(_("Time limit missed"), begins="order_late"),
            "order_reopened": FactType(_("Work order reopened"), denominator="order_counted"),
            "completion_late": FactType(
                _("Completion late"), hours_per_unit=24.0, is_breach=True, by_day=False
            ),
            "deliverable_due": FactType(_("Deliverable due"), is_measure=True, by_day=False),
            "deliverable_late": FactType(
                _("Deliverable late or missing"),
                is_breach=True,
                by_day=False,
                denominator="deliverable_due",
            ),
            "concealed_unaccepted": FactType(
                _("Concealed work covered without acceptance"), is_breach=True, by_day=False
            ),
            "document_expired": FactType(_("Document expired"), is_breach=True, of_contract=False),
            "complaint": FactType(_("Complaint")),
            "incident": FactType(_("Incident"), is_breach=True),
            "manual": FactType(_("Established by the manager"), by_day=False),
        }

    @api.model
    def _get_fact_type_selection(self):
        return [(code, fact_type.label) for code, fact_type in self._get_fact_types().items()]

    @api.model
    def _get_trigger_selection(self):
        """Return what a clause or a criterion may listen to.

        Every type of a contract but failures that have only begun, and what is counted for reports only.
        """
        return [
            (code, fact_type.label)
            for code, fact_type in self._get_fact_types().items()
            if fact_type.of_contract and not fact_type.begins and not fact_type.is_measure
        ]

    def _get_type(self):
        """Return the :class:`FactType` of the fact."""
        self.ensure_one()
        return self._get_fact_types()[self.fact_type]

    @api.model
    def _get_breach_types(self):
        """Return the codes of the types that speak against the contractor."""
        return [code for code, fact_type in self._get_fact_types().items() if fact_type.is_breach]

    # ---- records ----------------------------------------------------------------------------------------

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

        :param list vals_list: dicts with ``fact_type`` and ``source`` (a record), with ``contract`` or, where
            it is of none, ``contractor``, and optionally ``value``, ``date``, ``community``, ``milestone``,
            ``key``, ``case``, ``note``, ``priority`` (that of the source, e.g. ``p1``, for rates by
            priority), ``weight`` (how much the value counts in a mean, 1 by default)
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
    def _keep_true(self, told, reason):
        """Bring facts in line with what their sources say today; what an accepted period has counted stays.

        What is told and not recorded yet is recorded; what is recorded and not told any more, or told
        otherwise, counts no more.

        :param dict told: unique key -> a dict as :meth:`_record` takes it, or None: nothing (more) to tell
        :param str reason: the sentence a fact that holds no longer keeps
        :return: the facts of ``told`` that were recorded before and are in force
        """
        known = self.sudo().search([("unique_key", "in", list(told))])  # see _record
        free = known.filtered(lambda fact: not fact.milestone_id.date_accepted)
        undone = free.filtered(lambda fact: told[fact.unique_key] is None)
        changed = (free - undone).filtered(lambda fact: fact._is_told_otherwise(**told[fact.unique_key]))
        kept = known - undone - changed
        left = told.keys() - set(kept.mapped("unique_key"))
        if undone:
            self.env["outsourcing.adjustment"]._withdraw(undone, reason)
        (undone | changed)._void(reason)
        self._record([{**vals, "key": key} for key, vals in told.items() if vals and key in left])
        return kept

    def _is_told_otherwise(self, value=1.0, priority=None, **_details):
        """Return whether the source says something else today than the fact."""
        self.ensure_one()
        return bool(
            float_compare(self.value, value, precision_digits=4) or self.priority != (priority or False)
        )

    @api.model
    def _search_known_keys(self, keys):
        rows = self.search_fetch([("unique_key", "in", list(keys))], ["unique_key"])
        return set(rows.mapped("unique_key"))

    @api.model
    def _prepare_fact_vals(
        self,
        fact_type,
        source,
        contract=None,
        contractor=None,
        value=1.0,
        date=None,
        community=None,
        milestone=None,
        key=None,
        case=None,
        note=None,
        priority=None,
        weight=1.0,
    ):
        """Return the values of one fact; the period and community follow from date and source."""
        contract_sudo = (contract or self.env["outsourcing.contract"]).sudo()  # its parties, for the record
        date = fields.Date.to_date(date) or trade_today(self)
        return {
            "fact_type": fact_type,
            "date": date,
            "value": value,
            "note": note,
            "priority": priority,
            "weight": weight,
            "contract_id": contract_sudo.id,
            "contractor_id": (contractor or contract_sudo.contractor_id).id,
            "res_model": source._name,
            "res_id": source.id,
            "source_name": self._get_source_name(source),
            "case_key": case,
            "unique_key": key or f"{fact_type}:{source._name}:{source.id}",
            **self._prepare_place_vals(contract_sudo, date, source, community, milestone),
        }

    @api.model
    def _get_source_name(self, source):
        """Return what a fact says of its source for good, to whoever may read the fact. Hook: by model."""
        return source.sudo().display_name  # whoever reads the fact knows of its source

    @api.model
    def _prepare_place_vals(self, contract_sudo, date, source, community=None, milestone=None):
        """Return where a fact counts: community, period and company, as far as they are not told."""
        community = community or contract_sudo.community_id
        if contract_sudo and not milestone:
            milestone = contract_sudo._get_period(date, community)
        company = contract_sudo.company_id or community.company_id or self._get_source_company(source)
        return {
            "community_id": community.id,
            "milestone_id": milestone.id if milestone else False,
            "company_id": company.id,
        }

    @api.model
    def _get_source_company(self, source):
        """Return the company of a source that is of no contract and community; none where all share it."""
        return source.sudo().company_id if "company_id" in source._fields else self.env.company  # no more

    def _propose_adjustments(self):
        """Apply the contracts' rules to the new facts ``self``, in two queries for all of them."""
        types = self._get_fact_types()
        triggers = {fact: types[fact.fact_type].begins or fact.fact_type for fact in self}
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
