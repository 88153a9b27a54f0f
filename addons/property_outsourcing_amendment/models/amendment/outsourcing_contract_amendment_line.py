from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_sla_mixin import PRIORITIES
from odoo.addons.property_outsourcing.models.units.uom_uom import UNITS
from odoo.addons.property_outsourcing.tools import Quantity, UnitPrice

from .changes import row_changes, service_changes, term_changes
from .changes.change_kind import UnknownChange

# filled in from the clause or item that changes; only what differs has to be typed
FROM_TERM = {"compute": "_compute_from_term", "store": True, "readonly": False, "precompute": True}


class OutsourcingContractAmendmentLine(models.Model):
    """One change of a contract: what, old, new."""

    _name = "outsourcing.contract.amendment.line"
    _description = "Change by an Amendment"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "amendment_id, sequence, id"
    _workflow_parent = "amendment_id"

    amendment_id = fields.Many2one(
        "outsourcing.contract.amendment", required=True, index=True, ondelete="cascade"
    )
    contract_id = fields.Many2one(related="amendment_id.contract_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="amendment_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection("_get_kind_selection", "Change of", required=True, default="row_new")
    shown_fields = fields.Json(compute="_compute_shown_fields", export_string_translation=False)
    required_fields = fields.Json(compute="_compute_shown_fields", export_string_translation=False)
    name = fields.Char(
        "Wording", help="Name of the payment row, item or clause, or of the term that changes.", **FROM_TERM
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
    allowed_community_ids = fields.Many2many(related="contract_id.community_ids", string="Communities")
    equipment_ids = fields.Many2many(
        "maintenance.equipment",
        "outsourcing_contract_amendment_line_equipment_rel",
        "line_id",
        "equipment_id",
        domain="[('outsourcing_community_id', 'in', allowed_community_ids)]",
        context={"active_test": False},  # what was scrapped since stays named in what was signed
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        ondelete="restrict",
        domain="[('parent_id', '=', contractor_id), ('is_company', '=', False)]",
    )
    item_id = fields.Many2one(
        "outsourcing.contract.item",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    item_code = fields.Char()
    uom_id = fields.Many2one("uom.uom", "Unit", domain=UNITS, **FROM_TERM)
    price_unit = UnitPrice("Unit Price", **FROM_TERM)
    quantity = Quantity(**FROM_TERM)
    rule_id = fields.Many2one(
        "outsourcing.contract.rule",
        "Clause",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    rule_clause = fields.Char("Clause Number", **FROM_TERM)
    rule_trigger = fields.Selection(
        selection=lambda self: self._get_rule_selection("trigger"), string="Trigger", **FROM_TERM
    )
    rule_direction = fields.Selection(
        selection=lambda self: self._get_rule_selection("direction"), string="Direction", **FROM_TERM
    )
    rule_basis = fields.Selection(
        selection=lambda self: self._get_rule_selection("basis"), string="Basis", **FROM_TERM
    )
    rule_per = fields.Selection(
        selection=lambda self: self._get_rule_selection("per"), string="Per", **FROM_TERM
    )
    rule_rate = fields.Float("Rate (%)", digits=(16, 4), **FROM_TERM)
    rule_amount = fields.Monetary("Fixed Amount", **FROM_TERM)
    rule_cap_period = fields.Monetary("Cap per Period", **FROM_TERM)
    rule_cap_total = fields.Monetary("Cap in Total", **FROM_TERM)
    rule_cap_rate = fields.Float("Cap (%)", digits=(16, 4), **FROM_TERM)
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
    # in sudo: who reads the change reads its words, also where it names another community's terms
    what = fields.Char(compute="_compute_what", compute_sudo=True)
    # as both parties signed it: the contract, its items and people go by other names later
    what_value = fields.Char("Term as Signed", readonly=True, copy=False)
    old_value = fields.Char("Old", readonly=True, copy=False)
    new_value = fields.Char("New", readonly=True, copy=False)
    old_shown = fields.Char("Old Value", compute="_compute_shown", compute_sudo=True)
    new_shown = fields.Char("New Value", compute="_compute_shown", compute_sudo=True)

    # ---- kinds ------------------------------------------------------------------------------------------

    @api.model
    def _get_change_kinds(self):
        """Return what an amendment may change: dict kind -> ``ChangeKind`` subclass. Hook: add to super's."""
        return {
            "end_date": service_changes.EndDate,
            "row_amount": row_changes.RowAmount,
            "row_delta": row_changes.RowDelta,
            "row_cap": row_changes.RowCap,
            "row_date": row_changes.RowDate,
            "row_new": row_changes.RowNew,
            "period_fee": service_changes.PeriodFee,
            "community_add": service_changes.CommunityAdd,
            "community_remove": service_changes.CommunityRemove,
            "equipment_add": service_changes.EquipmentAdd,
            "equipment_remove": service_changes.EquipmentRemove,
            "item_add": term_changes.ItemAdd,
            "item_change": term_changes.ItemChange,
            "rule_add": term_changes.RuleAdd,
            "rule_change": term_changes.RuleChange,
            "rule_remove": term_changes.RuleRemove,
            "sla": term_changes.TimeLimit,
            "manager": term_changes.Manager,
            "text": term_changes.Text,
        }

    @api.model
    def _get_kind_selection(self):
        return [(name, kind.get_label(self.env)) for name, kind in self._get_change_kinds().items()]

    def _get_change(self):
        """Return the change as an instance of its kind."""
        self.ensure_one()
        return self._get_change_kinds().get(self.kind, UnknownChange)(self)

    @api.depends("kind")
    def _compute_shown_fields(self):
        for line in self:
            change = line._get_change()
            line.shown_fields = [*change.required, *change.optional]
            line.required_fields = [*change.required]

    # ---- computes ---------------------------------------------------------------------------------------

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"what_value", "old_value", "new_value"}

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
            for name in ("rate", "amount", "cap_period", "cap_total", "cap_rate"):
                line[f"rule_{name}"] = rule[name] if rule else line[f"rule_{name}"]

    @api.depends(
        "kind", "name", "milestone_id", "community_id", "equipment_ids", "item_id", "rule_id", "sla_priority",
        "sla_metric", "what_value",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_what(self):
        for line in self:
            line.what = line.what_value or line._get_change().get_what()

    @api.depends(
        "kind", "name", "date", "amount", "milestone_id", "community_id", "equipment_ids", "partner_id",
        "item_id", "item_code", "price_unit", "quantity", "uom_id", "rule_id", "rule_clause", "rule_basis",
        "rule_rate", "rule_amount", "rule_per", "rule_cap_period", "rule_cap_total", "rule_cap_rate",
        "sla_priority", "sla_metric", "sla_hours", "calendar_id", "old_text", "new_text", "old_value",
        "new_value",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_shown(self):
        for line in self:
            if line.old_value or line.new_value:
                line.old_shown, line.new_shown = line.old_value, line.new_value
            elif line.kind and line._is_complete():
                line.old_shown, line.new_shown = line._get_change().describe()
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

    # ---- values -----------------------------------------------------------------------------------------

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
            "cap_rate": self.rule_cap_rate,
        }
