from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money, join_names

ACTIVITY_CEILING = "property_outsourcing.activity_type_framework_ceiling"


class OutsourcingContract(models.Model):
    """A framework for small repairs: a unit-price list, orders called off from it, and a ceiling."""

    _inherit = "outsourcing.contract"

    amount_called_off = fields.Monetary(
        "Called off",
        compute="_compute_amount_called_off",
        store=True,
        help="Estimates of the open work orders and performed quantities of the reported ones.",
    )
    amount_callable = fields.Monetary("Left to Call off", compute="_compute_amount_callable")
    called_off_progress = fields.Integer("Called off (%)", compute="_compute_amount_callable")
    date_cap_warned = fields.Date("Warned on", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_cap_warned"}

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("kind", "task_ids.outsourcing_order_amount")
    def _compute_amount_called_off(self):
        frameworks = self.filtered(lambda contract: contract.kind == "repairs")
        # an archived order is owed all the same
        orders = self.env["project.task"].with_context(active_test=False)
        sums = {}
        if frameworks:
            rows = orders._read_group(
                [("outsourcing_contract_id", "in", frameworks.ids)],
                ["outsourcing_contract_id"],
                ["outsourcing_order_amount:sum"],
            )
            sums = {contract.id: total for contract, total in rows}
        for contract in self:
            total = sums.get(contract._origin.id, 0.0)
            contract.amount_called_off = contract.currency_id.round(total) if contract.currency_id else total

    @api.depends("amount_called_off", "amount_total")
    def _compute_amount_callable(self):
        for contract in self:
            total = contract.amount_total
            contract.amount_callable = max(total - contract.amount_called_off, 0.0)
            contract.called_off_progress = round(100 * contract.amount_called_off / total) if total else 0

    @api.depends("kind", "amount_total")
    def _compute_progress(self):
        result = super()._compute_progress()
        # the rows of a framework follow what was accepted: progress is measured by the ceiling
        for contract in self.filtered(lambda contract: contract.kind == "repairs" and contract.amount_total):
            contract.accepted_progress = round(100 * contract.amount_accepted / contract.amount_total)
            contract.billed_progress = round(100 * contract.amount_billed / contract.amount_total)
        return result

    # ---- the ceiling ------------------------------------------------------------------------------------

    @api.constrains("amount_called_off", "amount_total")
    def _check_called_off(self):
        # Every call-off changes the sum on the contract's row: two at once conflict, the second is run again
        # and sees the first, so that they cannot pass the ceiling together.
        frameworks = self.filtered(lambda contract: contract.kind == "repairs" and contract.amount_called_off)
        for contract in frameworks:
            if contract.currency_id.compare_amounts(contract.amount_called_off, contract.amount_total) > 0:
                raise ValidationError(
                    self.env._(
                        "%(contract)s: %(total)s would be called off, but the not-to-exceed amount is "
                        "%(cap)s.",
                        contract=contract.display_name,
                        total=format_money(contract, contract.amount_called_off),
                        cap=format_money(contract, contract.amount_total),
                    )
                )

    def _warn_called_off(self):
        """Tell the project manager, once, that a framework is called off up to its warning share."""
        for contract in self.sudo():  # figures of the contract whose orders the caller has just changed
            percent = contract.company_id.outsourcing_repairs_warning_percent
            if not percent or contract.date_cap_warned or contract.kind != "repairs":
                continue
            if contract.amount_called_off * 100 < contract.amount_total * percent:
                continue
            contract._gated().write({"date_cap_warned": trade_today(contract)})
            contract._schedule_event(
                ACTIVITY_CEILING,
                self.env._("%s %% of the framework is called off", contract.called_off_progress),
                note=self.env._(
                    "Called off: %(called)s of at most %(cap)s. Prepare an amendment or a new framework.",
                    called=format_money(contract, contract.amount_called_off),
                    cap=format_money(contract, contract.amount_total),
                ),
            )

    def copy_data(self, default=None):
        """Leave the rows of a framework behind: they are what was performed under it."""
        data = super().copy_data(default)
        for contract, vals in zip(self, data, strict=True):
            if contract.kind == "repairs":
                vals.pop("milestone_ids", None)
        return data

    # ---- terms ------------------------------------------------------------------------------------------

    def _get_missing_terms(self):
        if self.kind != "repairs":
            return super()._get_missing_terms()
        name, points = self.display_name, []
        if self.milestone_ids:
            sentence = self.env._(
                "%s: the payment rows of a framework follow from the monthly roll-up and are not written by "
                "hand.",
                name,
            )
            points.append(MissingPoint(sentence, record=self, page="payment", field="milestone_ids"))
        if self.currency_id.compare_amounts(self.amount_total, 0.0) <= 0:
            sentence = self.env._("%s: enter the not-to-exceed amount first.", name)
            points.append(MissingPoint(sentence, record=self, field="amount_total"))
        unpriced = self.item_ids.filtered(lambda item: item.price_unit <= 0)
        if not self.item_ids:
            sentence = self.env._("%s has no unit-price list yet.", name)
            points.append(MissingPoint(sentence, record=self, page="items", field="item_ids"))
        elif unpriced:
            items = join_names(self.env, unpriced.mapped("name"))
            sentence = self.env._("%(contract)s: %(items)s have no unit price.", contract=name, items=items)
            points.append(MissingPoint(sentence, record=self, page="items", field="item_ids"))
        return points

    def action_generate_periods(self):
        """Write the period rows of a service; those of a framework follow from its orders."""
        if any(contract.kind == "repairs" for contract in self):
            raise UserError(
                self.env._(
                    "A framework for small repairs has no periods: its orders are rolled up each month."
                )
            )
        return super().action_generate_periods()
