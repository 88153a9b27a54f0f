from math import ceil

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import format_money
from ..catalogue.outsourcing_rule_mixin import PERCENT_BASES, ROW_BASES


class OutsourcingContractRule(models.Model):
    _name = "outsourcing.contract.rule"
    _description = "Contract Penalty or Reward Clause"
    _inherit = ["outsourcing.rule.mixin", "outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    community_id = fields.Many2one(related="contract_id.community_id")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    clause = fields.Char(copy=False)
    adjustment_ids = fields.One2many("outsourcing.adjustment", "rule_id")
    example = fields.Char(compute="_compute_example", help="What the clause yields for one occurrence.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"amount_confirmed"}

    @api.depends("name", "clause")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = " ".join(part for part in (rule.clause, rule.name) if part)

    @api.depends(
        "basis", "rate", "amount", "cap_period", "cap_rate", "contract_id.milestone_ids.amount", "tax_basis"
    )
    @api.depends_context("lang")
    def _compute_example(self):
        for rule in self:
            row = rule.contract_id.milestone_ids[:1]
            figures = rule._get_figures(1.0, row)
            draft = self.env["outsourcing.adjustment"].new({"contract_id": rule.contract_id.id, **figures})
            rule.example = draft._get_formula() if rule.basis != "actual_loss" else False

    # ---- clause against contract ------------------------------------------------------------------------

    @api.constrains("basis", "rate", "cap_period", "cap_total", "outside_cap", "tax_basis", "contract_id")
    def _check_within_caps(self):
        self._check_against_contract()

    def _check_against_contract(self):
        """Raise ValidationError for a clause whose smallest consequence is above what caps it.

        A percentage may reach its cap by days and occurrences; it is wrong when already one passes it.
        """
        for message in self._get_cap_messages():
            raise ValidationError(message)

    def _get_cap_messages(self):
        """Return a sentence for each clause whose smallest consequence is above what caps it."""
        messages = []
        for rule in self:
            smallest = rule._get_smallest_amount()
            contract, currency = rule.contract_id, rule.contract_id.currency_id
            caps = [cap for cap in (rule.cap_period, rule.cap_total) if cap]
            if rule.direction == "penalty" and contract.penalty_cap and not rule.outside_cap:
                caps.append(contract.penalty_cap)
            if caps and currency.compare_amounts(smallest, min(caps)) > 0:
                messages.append(
                    self.env._(
                        "%(rule)s: already one case comes to %(amount)s and is above the cap of %(cap)s.",
                        rule=rule.display_name,
                        amount=format_money(contract, smallest),
                        cap=format_money(contract, min(caps)),
                    )
                )
        return messages

    def _get_idle_message(self):
        """Return the sentence why this clause never comes to anything under its contract, or False.

        What small orders, inspections and papers report belongs to a period; works have none, so a share of
        the period or milestone is a share of nothing.
        """
        self.ensure_one()
        periods = self.contract_id.milestone_ids.filtered(lambda row: row.kind == "period")
        trigger = self.env["outsourcing.fact"]._get_fact_types().get(self.trigger)
        if self.basis not in ROW_BASES or not (trigger and trigger.by_day) or periods:
            return False
        return self.env._(
            "%(rule)s never comes to anything: what it listens to belongs to no payment row. Choose a fixed "
            "amount, or a percentage of the contract.",
            rule=self.display_name,
        )

    def _get_smallest_amount(self):
        """Return what one case costs at least; 0 where the actual loss or missing amounts leave it open."""
        self.ensure_one()
        if self.basis == "actual_loss":
            return 0.0
        rows = self.contract_id.milestone_ids
        if self.basis == "percent_period":
            rows = rows.filtered(lambda row: row.kind == "period")
        smallest = min(rows, key=lambda row: row.amount, default=rows.browse())
        return self._get_figures(1.0, smallest)["uncapped_amount"]

    def action_preview(self):
        """Open a calculation of this clause with figures of one's own; nothing is kept."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Example of %s", self.display_name),
            "res_model": "outsourcing.rule.preview",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_rule_id": self.id},
        }

    # ---- figures ----------------------------------------------------------------------------------------

    def _get_once_key(self, fact):
        """Return the key under which this clause may be applied once: per period or per fact."""
        self.ensure_one()
        if self.per == "period":
            return self._get_period_key(fact.milestone_id, fact.date)
        return f"{self.id}:fact:{fact.id}"

    def _get_period_key(self, milestone, date):
        """Return the key of this clause in one period: that of the payment row, or the month."""
        scope = f"milestone:{milestone.id}" if milestone else f"month:{date:%Y-%m}"
        return f"{self.id}:{scope}"

    def _applies_to(self, fact):
        """Return whether the clause can be applied to a fact of its trigger already.

        A failure that has only begun cannot be counted in hours or days.
        """
        self.ensure_one()
        return not fact._get_type().begins or self.per not in ("hour", "day")

    def _get_quantity(self, fact, value=None):
        """Return how much of the clause a fact fulfils, in the clause's unit and before its grace.

        A delay counts in hours, in days begun, or once, whatever unit the fact measured it in.

        :param float value: what to count with instead of the value of the fact
        """
        self.ensure_one()
        value = fact.value if value is None else value
        unit = fact._get_type().hours_per_unit
        if not unit:
            return value
        hours = value * unit
        if self.per == "hour":
            return hours
        return float(ceil(round(hours / 24, 6))) if self.per == "day" else 1.0

    def _get_figures(self, quantity, milestone, loss=0.0):
        """Return the snapshot an adjustment takes from this clause.

        :param float quantity: occurrences, hours, days or units
        :param milestone: the payment row that is the basis of a percentage
        :param float loss: the amount of the actual loss, where the clause says so
        :return: dict of adjustment values, amounts in the contract's currency and the clause's tax basis
        """
        self.ensure_one()
        quantity = 1.0 if self.per == "period" or self.basis == "actual_loss" else quantity
        basis_amount = self._get_basis_amount(milestone)
        currency = self.contract_id.currency_id
        if self.basis in PERCENT_BASES:
            raw = basis_amount * self.rate / 100 * quantity
        elif self.basis == "fixed":
            raw = self.amount * quantity
        else:
            raw = loss
        raw = currency.round(raw) if currency else raw
        cap = self._get_period_cap(milestone)
        return {
            "direction": self.direction,
            "clause": self.clause,
            "basis": self.basis,
            "basis_amount": basis_amount,
            "rate": self.rate,
            "fixed_amount": self.amount,
            "quantity": quantity,
            "tax_basis": self.tax_basis,
            "uncapped_amount": raw,
            "amount": min(raw, cap) if cap else raw,
        }

    def _is_nothing(self, amount):
        """Return whether ``amount`` comes to nothing in the contract's currency."""
        currency = self.contract_id.currency_id
        return currency.is_zero(amount) if currency else not amount

    def _get_basis_amount(self, milestone):
        """Return the amount a percentage is taken of, on the clause's tax basis."""
        self.ensure_one()
        contract = self.contract_id
        if self.basis not in PERCENT_BASES:
            return 0.0
        amount = contract.amount_total if self.basis == "percent_contract" else milestone.amount
        if contract.tax_included and self.tax_basis == "net":
            amount /= 1 + contract.tax_rate / 100
        elif not contract.tax_included and self.tax_basis == "gross":
            amount *= 1 + contract.tax_rate / 100
        return contract.currency_id.round(amount) if contract.currency_id else amount

    # ---- proposals by hand ------------------------------------------------------------------------------

    def _get_likely_row(self, date, community):
        """Return the payment row a person most likely means: the period of the day, or the next milestone.

        None where the clause needs none and no period covers the day: it comes with the next settlement.
        """
        self.ensure_one()
        rows = self.contract_id.milestone_ids.filtered(
            lambda row: row.community_id == community and not row.is_prepayment
        )
        period = self.contract_id._get_period(date, community) if date else rows.browse()
        if period or self.basis not in ROW_BASES:
            return period
        return rows.filtered(lambda row: not row.date_accepted and not row.date_closed)[:1] or rows[-1:]

    def _get_missing_to_propose(self, figures, milestone):
        """Return the sentences about what keeps this clause from being applied, all at once.

        :param dict figures: as of :meth:`_get_figures`
        """
        self.ensure_one()
        missing = []
        if figures["quantity"] <= 0:
            missing.append(self.env._("Enter how often or how much: a quantity above zero."))
        if self.basis in ROW_BASES and not milestone:
            missing.append(self.env._("Choose the payment row the percentage is taken of."))
        elif self.basis == "actual_loss" and figures["uncapped_amount"] <= 0:
            missing.append(self.env._("Enter the actual loss."))
        elif not missing and (figures["amount"] < 0 or self._is_nothing(figures["amount"])):
            missing.append(self.env._("%s comes to nothing here.", self.display_name))
        return missing
