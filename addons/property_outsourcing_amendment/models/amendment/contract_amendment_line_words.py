from odoo import fields, models

from odoo.addons.property_outsourcing.tools import format_hours, plain_number

from .outsourcing_contract_amendment_line import EQUIPMENT_KINDS, ROW_KINDS


class OutsourcingContractAmendmentLine(models.Model):
    """A change in words, as both parties read and sign it: what, old, new."""

    _inherit = "outsourcing.contract.amendment.line"

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
            "equipment_add": self._get_equipment_names(),
            "equipment_remove": self._get_equipment_names(),
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
            return self._fees(contract), self._from_day(self._money(self.amount))
        if self.kind == "community_add":
            return "–", self._from_day(self._money(self.amount))
        if self.kind == "community_remove":
            return self.community_id.name, self._from_day("–")
        if self.kind in EQUIPMENT_KINDS:
            change = self._get_fee_change()
            fee = self.env._("fee per period %s", f"{change:+,.2f}") if change else self.env._("same fee")
            return "–", self._from_day(fee)
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
            old = self._limit(term.hours, term.calendar_id) if term else "–"
            return old, self._limit(self.sla_hours, self.calendar_id)
        if self.kind == "manager":
            return contract.contractor_manager_id.name or "–", self.partner_id.name
        return self.old_text or "–", self.new_text

    def _get_equipment_names(self):
        return ", ".join(self.sudo().equipment_ids.mapped("name"))  # the contractor reads no register

    def _money(self, amount):
        return f"{amount:,.2f}"

    def _day(self, date):
        return fields.Date.to_string(date) if date else "–"

    def _limit(self, hours, calendar):
        return " ".join(filter(None, (format_hours(self.env, hours), calendar.sudo().name)))  # its name only

    def _fees(self, contract):
        """Return the fee per period in force, for each community where they differ."""
        communities, fees = self.community_id or contract.community_ids, contract._get_period_fees()
        if len({fees[community.id] for community in communities}) == 1:
            return self._money(fees[communities[0].id])
        return ", ".join(f"{community.name} {self._money(fees[community.id])}" for community in communities)

    def _from_day(self, text):
        return self.env._("%(value)s from %(date)s", value=text, date=self._day(self.date))

    def _item(self, price, quantity, uom):
        return f"{plain_number(quantity)} {uom.name} × {plain_number(price, least=2)}"

    def _rule(self, vals):
        basis = dict(self._get_rule_selection("basis"))[vals["basis"]]
        figure = f"{vals['rate']:g} %" if vals["basis"].startswith("percent") else self._money(vals["amount"])
        caps = " / ".join(self._money(vals[name]) for name in ("cap_period", "cap_total") if vals.get(name))
        cap = self.env._("cap %s", caps) if caps else False
        text = " ".join(filter(None, (vals["clause"], vals["name"])))
        return ", ".join(
            filter(None, (text, f"{basis} {figure}", dict(self._get_rule_selection("per"))[vals["per"]], cap))
        )

    def _snapshot(self):
        """Keep term, old and new as both parties are to sign them (in sudo), in the contract's language."""
        for line in self:
            words = line.with_context(lang=line.contract_id._get_print_lang())
            old, new = words._describe()
            line._gated().write({"what_value": words._get_what(), "old_value": old, "new_value": new})

    def _forget_snapshot(self):
        """Follow the contract again (in sudo): the amendment went back to its author."""
        self._gated().write(dict.fromkeys(("what_value", "old_value", "new_value"), False))
