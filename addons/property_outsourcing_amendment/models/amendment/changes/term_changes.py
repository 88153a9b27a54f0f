from odoo.tools.translate import LazyTranslate

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tools import format_limit, format_price, join_names, plain_number

from .change_kind import ChangeKind

_lt = LazyTranslate(__name__)
RULE_FIGURES = (
    "rule_clause", "rule_rate", "rule_amount", "rule_cap_period", "rule_cap_total", "rule_cap_rate",
)  # fmt: skip


class ItemChange(ChangeKind):
    label = _lt("Price or quantity of an item")
    required = ("item_id",)
    optional = ("price_unit", "quantity")

    def get_subject(self):
        return self.line.item_id.name

    def get_subject_keys(self):
        return [f"item:{self.line.item_id.id}"]

    def describe(self):
        line, item = self.line, self.line.item_id
        old = self.describe_item(item.price_unit, item.quantity, item.uom_id)
        return old, self.describe_item(line.price_unit, line.quantity, line.uom_id)

    def describe_item(self, price, quantity, uom):
        return f"{plain_number(quantity)} {uom.name} × {format_price(self.contract, price)}"

    def apply(self):
        line = self.line
        line.item_id._gated().write({"price_unit": line.price_unit, "quantity": line.quantity})


class ItemAdd(ItemChange):
    label = _lt("Item added")
    required = ("name", "uom_id")
    optional = ("item_code", "price_unit", "quantity")

    def get_subject(self):
        return False

    def get_subject_keys(self):
        return []

    def describe(self):
        line = self.line
        text = self.describe_item(line.price_unit, line.quantity, line.uom_id)
        return "–", " ".join(filter(None, (line.item_code, line.name, text)))

    def apply(self):
        line = self.line
        vals = {
            "contract_id": self.contract.id,
            "code": line.item_code,
            "name": line.name,
            "uom_id": line.uom_id.id,
            "price_unit": line.price_unit,
            "quantity": line.quantity,
        }
        open_gate(self.env["outsourcing.contract.item"]).create(vals)


class RuleAdd(ChangeKind):
    label = _lt("Clause added")
    required = ("name", "rule_trigger", "rule_basis", "rule_per", "rule_direction")
    optional = RULE_FIGURES

    def describe(self):
        return "–", self.describe_rule(self.line._prepare_rule_vals())

    def describe_rule(self, vals):
        selection = self.line._get_rule_selection
        basis = dict(selection("basis"))[vals["basis"]]
        figure = f"{vals['rate']:g}%" if vals["basis"].startswith("percent") else self.money(vals["amount"])
        caps = [self.money(vals[name]) for name in ("cap_period", "cap_total") if vals.get(name)]
        if vals["cap_rate"] and vals["basis"].startswith("percent"):
            caps.append(f"{vals['cap_rate']:g}%")
        cap = self.env._("cap %s", " / ".join(caps)) if caps else False
        text = " ".join(filter(None, (vals["clause"], vals["name"])))
        return join_names(
            self.env, filter(None, (text, f"{basis} {figure}", dict(selection("per"))[vals["per"]], cap))
        )

    def get_problem(self):
        # what a clause may say, the clause itself refuses
        self.env["outsourcing.contract.rule"].new(self.line._prepare_rule_vals())._check_figures()
        return None

    def apply(self):
        vals = {**self.line._prepare_rule_vals(), "contract_id": self.contract.id}
        open_gate(self.env["outsourcing.contract.rule"]).create(vals)


class RuleChange(RuleAdd):
    label = _lt("Clause changed")
    required = ("rule_id", "name", "rule_basis", "rule_per")
    optional = ("rule_direction", "rule_trigger", *RULE_FIGURES)

    def get_subject(self):
        return self.line.rule_id.display_name

    def get_subject_keys(self):
        return [f"rule:{self.line.rule_id.id}"]

    def describe_old(self):
        rule = self.line.rule_id
        return self.describe_rule({"clause": rule.clause, **rule._prepare_rule_vals()})

    def describe(self):
        return self.describe_old(), self.describe_rule(self.line._prepare_rule_vals())

    def apply(self):
        self.line.rule_id._gated().write(self.line._prepare_rule_vals())


class RuleRemove(RuleChange):
    label = _lt("Clause removed")
    required = ("rule_id",)
    optional = ()

    def describe(self):
        return self.describe_old(), "–"

    def get_problem(self):
        return None

    def apply(self):
        self.line.rule_id._gated().write({"active": False})


class TimeLimit(ChangeKind):
    label = _lt("Time limit")
    required = ("sla_priority", "sla_metric", "sla_hours")
    optional = ("calendar_id",)

    def get_what(self):
        line = self.line
        if not (line.sla_priority and line.sla_metric):
            return super().get_what()
        metric = dict(line._fields["sla_metric"]._description_selection(self.env))[line.sla_metric]
        return f"{self.get_label(self.env)} {line.sla_priority.upper()} {metric}"

    def get_subject_keys(self):
        return [f"sla:{self.line.sla_priority}:{self.line.sla_metric}"]

    def _get_term(self):
        return self.contract.sla_ids.filtered(
            lambda term: (term.priority, term.metric) == (self.line.sla_priority, self.line.sla_metric)
        )

    def describe(self):
        term = self._get_term()
        old = self._describe_limit(term.hours, term.calendar_id) if term else "–"
        return old, self._describe_limit(self.line.sla_hours, self.line.calendar_id)

    def _describe_limit(self, hours, calendar):
        return " ".join(filter(None, (format_limit(self.env, hours), calendar.sudo().name)))  # its name only

    def apply(self):
        line = self.line
        vals = {"hours": line.sla_hours, "calendar_id": line.calendar_id.id}
        if term := self._get_term():
            term._gated().write(vals)
            return
        vals.update(contract_id=self.contract.id, priority=line.sla_priority, metric=line.sla_metric)
        open_gate(self.env["outsourcing.contract.sla"]).create(vals)


class Manager(ChangeKind):
    label = _lt("Contractor's manager")
    required = ("partner_id",)

    def get_subject_keys(self):
        return ["manager"]

    def describe(self):
        return self.contract.contractor_manager_id.name or "–", self.line.partner_id.name

    def get_problem(self):
        person, firm = self.line.partner_id, self.contract.contractor_id
        if person.parent_id == firm:
            return None
        return self.env._(
            "%(person)s is not one of the people of %(firm)s.", person=person.name, firm=firm.name
        )

    def prepare_contract_vals(self):
        return {"contractor_manager_id": self.line.partner_id.id}


class Text(ChangeKind):
    label = _lt("Other terms")
    required = ("name", "new_text")
    optional = ("old_text",)

    def get_what(self):
        return self.line.name or super().get_what()

    def get_subject_keys(self):
        return [f"text:{self.line.name}"]

    def describe(self):
        return self.line.old_text or "–", self.line.new_text
