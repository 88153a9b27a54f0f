from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingContractAmendmentLine(models.Model):
    """What a change needs, what it may not say, and what else it would collide with."""

    _inherit = "outsourcing.contract.amendment.line"

    def _is_complete(self):
        self.ensure_one()
        return all(self[name] for name in self._get_change().required)

    def _check_complete(self):
        """Raise UserError naming what a change lacks, or what of it belongs to another contract."""
        for line in self:
            change = line._get_change()
            for name in change.required:
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
            line._check_variations()
            line._check_equipment()
            if problem := change.get_problem():
                raise UserError(problem)
            if min(line.price_unit, line.sla_hours, line.quantity) < 0 or (
                line.amount < 0 and not change.may_be_negative
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
                    amount=format_money(self, total),
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
            for key in line._get_change().get_subject_keys():
                subjects[key] = line.what
        return subjects
