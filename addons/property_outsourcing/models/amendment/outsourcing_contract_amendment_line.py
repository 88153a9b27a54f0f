from odoo import api, fields, models
from odoo.exceptions import UserError

from ..contract.outsourcing_sla_mixin import PRIORITIES

KINDS = [
    ("end_date", "End of the contract"),
    ("row_amount", "Amount of a payment row"),
    ("row_delta", "Payment row raised or lowered by"),
    ("row_cap", "Payment row capped at what is accepted"),
    ("row_date", "Planned date of a payment row"),
    ("row_new", "New payment row"),
    ("period_fee", "Fee per period"),
    ("community_add", "Community added"),
    ("community_remove", "Community removed"),
    ("item_add", "Item added"),
    ("item_change", "Price or quantity of an item"),
    ("rule_add", "Clause added"),
    ("rule_change", "Clause changed"),
    ("rule_remove", "Clause removed"),
    ("sla", "Time limit"),
    ("manager", "Contractor's manager"),
    ("text", "Other terms"),
]
# what each kind needs before it can be submitted
REQUIRED = {
    "end_date": ("date",),
    "row_amount": ("milestone_id",),
    "row_delta": ("milestone_id", "amount"),
    "row_cap": ("milestone_id",),
    "row_date": ("milestone_id", "date"),
    "row_new": ("name", "amount"),
    "period_fee": ("date", "amount"),
    "community_add": ("community_id", "date"),
    "community_remove": ("community_id", "date"),
    "item_add": ("name", "uom_id"),
    "item_change": ("item_id",),
    "rule_add": ("name", "rule_trigger", "rule_basis", "rule_per", "rule_direction"),
    "rule_change": ("rule_id", "name", "rule_basis", "rule_per"),
    "rule_remove": ("rule_id",),
    "sla": ("sla_priority", "sla_metric", "sla_hours"),
    "manager": ("partner_id",),
    "text": ("name", "new_text"),
}
ROW_KINDS = ("row_amount", "row_delta", "row_cap", "row_date")


class OutsourcingContractAmendmentLine(models.Model):
    """One change of a contract: what, old, new."""

    _name = "outsourcing.contract.amendment.line"
    _description = "Change by an Amendment"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "amendment_id, sequence, id"
    _workflow_parent = "amendment_id"
    _stamped_fields = ("old_value", "new_value")

    amendment_id = fields.Many2one(
        "outsourcing.contract.amendment", required=True, index=True, ondelete="cascade"
    )
    contract_id = fields.Many2one(related="amendment_id.contract_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="amendment_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, "Change of", required=True, default="row_new")
    name = fields.Char(
        "Wording",
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
        help="Name of the payment row, item or clause, or of the term that changes.",
    )
    date = fields.Date(help="The new date, or the day from which the change holds.")
    amount = fields.Monetary(help="The new amount or fee, or the difference.")
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Payment Row",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    community_id = fields.Many2one("outsourcing.community", index="btree_not_null", ondelete="restrict")
    partner_id = fields.Many2one("res.partner", "Person", ondelete="restrict")
    item_id = fields.Many2one(
        "outsourcing.contract.item",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    item_code = fields.Char()
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
    )
    price_unit = fields.Monetary(
        "Unit Price", compute="_compute_from_term", store=True, readonly=False, precompute=True
    )
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_from_term", store=True, readonly=False, precompute=True
    )
    rule_id = fields.Many2one(
        "outsourcing.contract.rule",
        "Clause",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    rule_clause = fields.Char(
        "Clause Number", compute="_compute_from_term", store=True, readonly=False, precompute=True
    )
    rule_trigger = fields.Selection(
        selection=lambda self: self._get_rule_selection("trigger"),
        string="Trigger",
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule_direction = fields.Selection(
        selection=lambda self: self._get_rule_selection("direction"),
        string="Direction",
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule_basis = fields.Selection(
        selection=lambda self: self._get_rule_selection("basis"),
        string="Basis",
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule_per = fields.Selection(
        selection=lambda self: self._get_rule_selection("per"),
        string="Per",
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule_rate = fields.Float(
        "Rate (%)",
        digits=(16, 4),
        compute="_compute_from_term",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule_amount = fields.Monetary(
        "Fixed Amount", compute="_compute_from_term", store=True, readonly=False, precompute=True
    )
    rule_cap_period = fields.Monetary(
        "Cap per Period", compute="_compute_from_term", store=True, readonly=False, precompute=True
    )
    rule_cap_total = fields.Monetary(
        "Cap in Total", compute="_compute_from_term", store=True, readonly=False, precompute=True
    )
    sla_priority = fields.Selection(PRIORITIES, "Priority")
    sla_metric = fields.Selection(
        [("response", "Response"), ("arrival", "Arrival on site"), ("completion", "Completion")], "Metric"
    )
    sla_hours = fields.Float("Limit (hours)")
    calendar_id = fields.Many2one(
        "resource.calendar", "Working Hours", ondelete="restrict", help="Empty means around the clock."
    )
    old_text = fields.Text("Old Wording")
    new_text = fields.Text("New Wording")
    variation_ids = fields.One2many(
        "outsourcing.variation", "amendment_line_id", "Site Variations", readonly=True
    )
    what = fields.Char(compute="_compute_what")
    old_value = fields.Char("Old", readonly=True, copy=False)
    new_value = fields.Char("New", readonly=True, copy=False)
    old_shown = fields.Char("Old Value", compute="_compute_shown")
    new_shown = fields.Char("New Value", compute="_compute_shown")

    # ---- computes ---------------------------------------------------------------------------------------

    def _get_rule_selection(self, name):
        return self.env["outsourcing.contract.rule"]._fields[name]._description_selection(self.env)

    @api.depends("rule_id", "item_id")
    def _compute_from_term(self):
        """Start from the values in force; only what differs has to be typed."""
        for line in self:
            rule, item = line.rule_id, line.item_id
            line.name = rule.name or item.name or line.name
            line.uom_id = item.uom_id or line.uom_id
            line.price_unit = item.price_unit if item else line.price_unit
            line.quantity = item.quantity if item else line.quantity
            for name in ("clause", "trigger", "direction", "basis", "per"):
                line[f"rule_{name}"] = rule[name] or line[f"rule_{name}"]
            for name in ("rate", "amount", "cap_period", "cap_total"):
                line[f"rule_{name}"] = rule[name] if rule else line[f"rule_{name}"]

    @api.depends(
        "kind", "name", "milestone_id", "community_id", "item_id", "rule_id", "sla_priority", "sla_metric"
    )
    @api.depends_context("lang")
    def _compute_what(self):
        for line in self:
            line.what = line._get_what()

    @api.depends(
        "kind", "name", "date", "amount", "milestone_id", "community_id", "partner_id", "item_id",
        "item_code", "price_unit", "quantity", "uom_id", "rule_id", "rule_clause", "rule_basis", "rule_rate",
        "rule_amount", "rule_per", "rule_cap_period", "rule_cap_total", "sla_priority", "sla_metric",
        "sla_hours", "calendar_id", "old_text", "new_text", "old_value", "new_value",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_shown(self):
        for line in self:
            if line.old_value or line.new_value:
                line.old_shown, line.new_shown = line.old_value, line.new_value
            elif line.kind and line._is_complete():
                line.old_shown, line.new_shown = line._describe()
            else:
                line.old_shown = line.new_shown = False

    @api.depends("what", "new_shown")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.what} {line.new_shown or ''}".strip()

    # ---- CRUD -------------------------------------------------------------------------------------------

    @api.ondelete(at_uninstall=True)
    def _unlink_release_variations(self):
        # sudo: whoever may delete the change frees the variations it took up
        self.sudo().variation_ids._release_from_amendment()

    # ---- checks -----------------------------------------------------------------------------------------

    def _is_complete(self):
        self.ensure_one()
        return all(self[name] for name in REQUIRED.get(self.kind, ()))

    def _check_complete(self):
        """Raise UserError naming what a change lacks, or what of it belongs to another contract."""
        for line in self:
            for name in REQUIRED[line.kind]:
                if not line[name]:
                    raise UserError(
                        self.env._(
                            "%(change)s: %(field)s is missing.",
                            change=line._get_kind_label(),
                            field=line._fields[name]._description_string(self.env),
                        )
                    )
            terms = (line.milestone_id, line.rule_id, line.item_id)
            if any(term and term.contract_id != line.contract_id for term in terms):
                raise UserError(self.env._("%s belongs to another contract.", line._get_kind_label()))
            if line.kind == "manager" and line.partner_id.parent_id != line.contract_id.contractor_id:
                raise UserError(
                    self.env._(
                        "%(person)s is not one of the people of %(firm)s.",
                        person=line.partner_id.name,
                        firm=line.contract_id.contractor_id.name,
                    )
                )
            line._check_variations()
            if line.kind in ("rule_add", "rule_change"):
                self.env["outsourcing.contract.rule"].new(line._prepare_rule_vals())._check_figures()
            if min(line.price_unit, line.sla_hours, line.quantity) < 0 or (
                line.kind != "row_delta" and line.amount < 0
            ):
                raise UserError(
                    self.env._("%s: a price, quantity or limit cannot be negative.", line._get_kind_label())
                )

    def _check_variations(self):
        """Raise UserError unless the change is worth what the site variations in it add up to."""
        self.ensure_one()
        total = sum(self.sudo().variation_ids.mapped("amount_total"))  # amounts of the contract amended
        if self.variation_ids and self.currency_id.compare_amounts(self.amount, total):
            raise UserError(
                self.env._(
                    "%(change)s: the site variations in it add up to %(amount)s.",
                    change=self.name or self._get_kind_label(),
                    amount=f"{total:,.2f}",
                )
            )

    def _check_unique_subjects(self):
        """Raise UserError if two changes of one amendment concern the same thing."""
        seen = set()
        for line in self:
            for key, label in line._get_subjects().items():
                if key in seen:
                    raise UserError(self.env._("%s is changed twice in this amendment.", label))
                seen.add(key)

    def _get_subjects(self):
        """Return what these changes concern: dict of a comparable key -> label for people."""
        subjects = {}
        for line in self:
            for key in line._get_subject_keys():
                subjects[key] = line.what
        return subjects

    def _get_subject_keys(self):
        self.ensure_one()
        if self.kind in ROW_KINDS:
            # amount and date of a row are two things, its amount however worded one
            return [f"row:{self.milestone_id.id}:{'date' if self.kind == 'row_date' else 'amount'}"]
        if self.kind == "end_date":
            return ["date_end"]
        if self.kind == "period_fee":
            communities = self.community_id or self.contract_id.sudo().community_ids
            return [f"fee:{community.id}" for community in communities]
        if self.kind in ("community_add", "community_remove"):
            return [f"community:{self.community_id.id}"]
        if self.kind == "item_change":
            return [f"item:{self.item_id.id}"]
        if self.kind in ("rule_change", "rule_remove"):
            return [f"rule:{self.rule_id.id}"]
        if self.kind == "sla":
            return [f"sla:{self.sla_priority}:{self.sla_metric}"]
        if self.kind == "manager":
            return ["manager"]
        return [f"text:{self.name}"] if self.kind == "text" else []

    # ---- words ------------------------------------------------------------------------------------------

    def _get_kind_label(self):
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    def _get_what(self):
        self.ensure_one()
        label = self._get_kind_label()
        if self.kind == "text":
            return self.name or label
        if self.kind == "sla" and self.sla_priority and self.sla_metric:
            return f"{label} {self.sla_priority.upper()} {self._label('sla_metric')}"
        subject = {
            "period_fee": self.community_id.name,
            "community_add": self.community_id.name,
            "community_remove": self.community_id.name,
            "item_change": self.item_id.name,
            "rule_change": self.rule_id.display_name,
            "rule_remove": self.rule_id.display_name,
        }.get(self.kind) or (self.milestone_id.name if self.kind in ROW_KINDS else False)
        return f"{label}: {subject}" if subject else label

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

    def _describe(self):
        """Return (old, new) of this change as text, with the values in force now."""
        self.ensure_one()
        contract, row = self.contract_id.sudo(), self.milestone_id.sudo()  # terms of the contract amended
        if self.kind in ("row_amount", "row_delta", "row_cap"):
            new = {
                "row_amount": self.amount,
                "row_delta": row.amount + self.amount,
                "row_cap": row.amount_accepted,
            }[self.kind]
            return self._money(row.amount), self._money(new)
        if self.kind == "row_date":
            return self._day(row.date_due), self._day(self.date)
        if self.kind == "end_date":
            return self._day(contract.date_end), self._day(self.date)
        if self.kind == "row_new":
            return "–", ", ".join(
                filter(None, (self.name, self._money(self.amount), self._day(self.date or contract.date_end)))
            )
        if self.kind == "period_fee":
            fee = contract._get_period_fee(self.community_id or contract.community_id)
            return self._money(fee), self._from_day(self._money(self.amount))
        if self.kind == "community_add":
            return "–", self._from_day(self._money(self.amount))
        if self.kind == "community_remove":
            return self.community_id.name, self._from_day("–")
        return self._describe_term(contract)

    def _describe_term(self, contract):
        if self.kind == "item_change":
            item = self.item_id
            return self._item(item.price_unit, item.quantity, item.uom_id), self._item(
                self.price_unit, self.quantity, self.uom_id
            )
        if self.kind == "item_add":
            text = self._item(self.price_unit, self.quantity, self.uom_id)
            return "–", " ".join(filter(None, (self.item_code, self.name, text)))
        if self.kind == "rule_add":
            return "–", self._rule(self._prepare_rule_vals())
        if self.kind == "rule_change":
            return self._rule(self.rule_id._prepare_rule_vals()), self._rule(self._prepare_rule_vals())
        if self.kind == "rule_remove":
            return self._rule(self.rule_id._prepare_rule_vals()), "–"
        if self.kind == "sla":
            term = self._get_sla()
            return f"{term.hours:g} h" if term else "–", " ".join(
                filter(None, (f"{self.sla_hours:g} h", self.calendar_id.name))
            )
        if self.kind == "manager":
            return contract.contractor_manager_id.name or "–", self.partner_id.name
        return self.old_text or "–", self.new_text

    def _money(self, amount):
        return f"{amount:,.2f}"

    def _day(self, date):
        return fields.Date.to_string(date) if date else "–"

    def _from_day(self, text):
        return self.env._("%(value)s from %(date)s", value=text, date=self._day(self.date))

    def _item(self, price, quantity, uom):
        return f"{quantity:g} {uom.name} × {self._money(price)}"

    def _rule(self, vals):
        basis = dict(self._get_rule_selection("basis"))[vals["basis"]]
        figure = f"{vals['rate']:g} %" if vals["basis"].startswith("percent") else self._money(vals["amount"])
        caps = " / ".join(self._money(vals[name]) for name in ("cap_period", "cap_total") if vals.get(name))
        cap = self.env._("cap %s", caps) if caps else False
        text = " ".join(filter(None, (vals["clause"], vals["name"])))
        return ", ".join(
            filter(None, (text, f"{basis} {figure}", dict(self._get_rule_selection("per"))[vals["per"]], cap))
        )

    # ---- values -----------------------------------------------------------------------------------------

    def _get_sla(self):
        return self.contract_id.sudo().sla_ids.filtered(  # a term of the contract amended
            lambda term: (term.priority, term.metric) == (self.sla_priority, self.sla_metric)
        )

    def _prepare_rule_vals(self):
        """Return the values of the clause this change writes."""
        self.ensure_one()
        return {
            "name": self.name,
            "clause": self.rule_clause,
            "trigger": self.rule_trigger,
            "direction": self.rule_direction,
            "basis": self.rule_basis,
            "per": self.rule_per,
            "rate": self.rule_rate,
            "amount": self.rule_amount,
            "cap_period": self.rule_cap_period,
            "cap_total": self.rule_cap_total,
        }

    def _snapshot(self):
        """Keep old and new as they are now (in sudo): afterwards the contract says something else."""
        for line in self:
            old, new = line._describe()
            line._gated().write({"old_value": old, "new_value": new})
