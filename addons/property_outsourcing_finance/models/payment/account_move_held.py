from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import format_money


class AccountMove(models.Model):
    """What the contractor holds already is offered on the bill, and used before more is paid."""

    _inherit = "account.move"

    outsourcing_amount_held = fields.Monetary(
        "Paid in Advance",
        compute="_compute_outsourcing_amount_held",
        help="What the contractor holds of ours and this bill can use up.",
    )

    @api.depends("outsourcing_settlement_id", "state", "amount_residual")
    def _compute_outsourcing_amount_held(self):
        for move in self:
            held = move._get_outsourcing_open_payables()._get_outsourcing_held_items()
            move.outsourcing_amount_held = sum(held.mapped("amount_residual_currency"))

    def _get_outsourcing_open_payables(self):
        bills = self.filtered(
            lambda m: m.outsourcing_settlement_id and m.move_type == "in_invoice" and m.state == "posted"
        )
        return bills.line_ids.filtered(
            lambda li: li.account_type == "liability_payable" and not li.reconciled
        )

    def _get_alerts(self):
        alerts = super()._get_alerts()
        if self.outsourcing_settlement_id and self.move_type == "in_invoice":
            alerts.update(self._get_outsourcing_alerts())
        return alerts

    def _get_outsourcing_alerts(self):
        """Return what is to be said of a settlement's bill, by the keys core's form reads."""
        alerts = {}
        is_open = self.state == "draft" or self.payment_state in ("not_paid", "partial")
        if not self.outsourcing_fapiao_number and self.state != "cancel":
            message = self.env._("The vendor's fapiao is not entered yet.")
            alerts["outsourcing_fapiao"] = {"level": "warning", "message": message}
        firm = self.commercial_partner_id.with_company(self.company_id)
        blockers = firm._get_outsourcing_payout_blockers() if is_open else []
        if blockers:
            alerts["outsourcing_payout"] = {"level": "danger", "message": "\n".join(blockers)}
        if self.outsourcing_amount_held:
            alerts["outsourcing_held"] = {
                "level": "info",
                "message": self.env._(
                    "%(contractor)s already holds %(amount)s paid in advance; a payment uses it first.",
                    contractor=self.commercial_partner_id.name,
                    amount=format_money(self, self.outsourcing_amount_held),
                ),
                "action_text": self.env._("Use it now"),
                "action_call": (self._name, "action_outsourcing_use_held", self.ids),
            }
        return alerts

    def action_outsourcing_use_held(self):
        """Match the bill with what the contractor holds already."""
        self.ensure_one()
        lines = self._get_outsourcing_open_payables()
        held = lines._get_outsourcing_held_items()
        if not held:
            raise UserError(self.env._("%s: the contractor holds nothing.", self.display_name))
        (lines | held).reconcile()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_outsourcing_held_items(self):
        """Return the open debits of the contractors of these settled bills that can clear them."""
        held = self.browse()
        settled = self.filtered("move_id.outsourcing_settlement_id")
        for (company, currency), lines in settled.grouped(lambda li: (li.company_id, li.currency_id)).items():
            items = lines.partner_id._get_outsourcing_held_items(company, currency)
            pairs = {(line.partner_id, line.account_id) for line in lines}
            held |= items.filtered(lambda item, p=pairs: (item.partner_id, item.account_id) in p)
        return held - self

    def _is_outsourcing_held(self):
        self.ensure_one()
        settlement = self.move_id.outsourcing_settlement_id.sudo()  # its sums only
        return not settlement or settlement.amount_excess > 0

    def _check_outsourcing_leaves_due(self, lines):
        """Raise UserError if what the contractors hold, ``self``, clears the bills of ``lines`` in full."""
        currency = lines.company_currency_id[:1]
        for partner, held in self.grouped("partner_id").items():
            due = -sum(lines.filtered(lambda li, p=partner: li.partner_id == p).mapped("amount_residual"))
            if sum(held.mapped("amount_residual")) >= due:
                raise UserError(
                    self.env._(
                        "%(contractor)s already holds %(held)s, and %(due)s is due: nothing is left to pay. "
                        "Use what it holds by the link on the bill.",
                        contractor=partner.name,
                        held=format_money(lines, sum(held.mapped("amount_residual")), currency),
                        due=format_money(lines, due, currency),
                    )
                )
