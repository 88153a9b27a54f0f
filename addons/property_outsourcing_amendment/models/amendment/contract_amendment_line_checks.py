from odoo import models
from odoo.exceptions import UserError

from .outsourcing_contract_amendment_line import EQUIPMENT_KINDS, ROW_KINDS

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
    "equipment_add": ("equipment_ids", "date"),
    "equipment_remove": ("equipment_ids", "date"),
    "item_add": ("name", "uom_id"),
    "item_change": ("item_id",),
    "rule_add": ("name", "rule_trigger", "rule_basis", "rule_per", "rule_direction"),
    "rule_change": ("rule_id", "name", "rule_basis", "rule_per"),
    "rule_remove": ("rule_id",),
    "sla": ("sla_priority", "sla_metric", "sla_hours"),
    "manager": ("partner_id",),
    "text": ("name", "new_text"),
}


class OutsourcingContractAmendmentLine(models.Model):
    """What a change needs, what it may not say, and what else it would collide with."""

    _inherit = "outsourcing.contract.amendment.line"

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
            line._check_equipment()
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
            communities = self.community_id or self.contract_id.sudo().community_ids  # ids only
            return [f"fee:{community.id}" for community in communities]
        if self.kind in ("community_add", "community_remove"):
            return [f"community:{self.community_id.id}"]
        if self.kind in EQUIPMENT_KINDS:
            return [f"equipment:{equipment.id}" for equipment in self.equipment_ids]
        if self.kind == "item_change":
            return [f"item:{self.item_id.id}"]
        if self.kind in ("rule_change", "rule_remove"):
            return [f"rule:{self.rule_id.id}"]
        if self.kind == "sla":
            return [f"sla:{self.sla_priority}:{self.sla_metric}"]
        if self.kind == "manager":
            return ["manager"]
        return [f"text:{self.name}"] if self.kind == "text" else []
