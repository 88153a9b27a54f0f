from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingSecurityReturn(models.TransientModel):
    """What of the retention and of the cash bond goes back, whole or in part."""

    _name = "outsourcing.security.return"
    _description = "Return Retention and Bond"

    line_ids = fields.One2many("outsourcing.security.return.line", "wizard_id", string="Kept for Us")
    is_early = fields.Boolean(compute="_compute_is_early")
    early_reason = fields.Text("Reason for an Early Return")

    @api.depends("line_ids.amount", "line_ids.date_due")
    def _compute_is_early(self):
        for wizard in self:
            chosen = wizard.line_ids.filtered("amount")
            wizard.is_early = any(not line._is_due() for line in chosen)

    @api.model
    def default_get(self, fields):
        res = super().default_get(fields)
        records = self.env[self.env.context.get("active_model", "outsourcing.contract")]
        records = records.browse(self.env.context.get("active_ids", []))
        records.check_access("read")
        if "line_ids" in fields:
            res["line_ids"] = [Command.create(vals) for vals in self._prepare_lines_vals(records)]
        return res

    @api.model
    def _prepare_lines_vals(self, records):
        """Return values of a line for each retention and bond of contracts, or of settlement lines."""
        kept = self.env["outsourcing.settlement.line"]
        if records._name == kept._name:
            kept = records
        else:
            kept = kept.search([("contract_id", "in", records.ids), ("kind", "=", "retention")])
        kept = kept.filtered(lambda line: line.kind == "retention" and line.amount_withheld > 0)
        vals_list = [
            {
                "contract_id": line.contract_id.id,
                "returned_line_id": line.id,
                "amount": line.amount_withheld if line._is_due() else 0.0,
            }
            for line in kept.sorted(
                lambda line: (line.date_due or fields.Date.to_date("9999-12-31"), line.id)
            )
        ]
        if records._name == "outsourcing.contract":
            for contract in records.filtered(lambda contract: contract.amount_bond_kept > 0):
                has_ended = contract.state in ("completed", "terminated", "closed")
                amount = contract.amount_bond_kept if has_ended else 0.0
                vals_list.append({"contract_id": contract.id, "amount": amount})
        if not vals_list:
            raise UserError(self.env._("Nothing is withheld or deposited here that could go back."))
        return vals_list

    def action_confirm(self):
        """Draw up the returns and open them."""
        self.ensure_one()
        chosen = self.line_ids.filtered("amount")
        if not chosen:
            raise UserError(self.env._("Enter what goes back."))
        chosen._check_amounts()
        amounts = {line.returned_line_id: line.amount for line in chosen if line.returned_line_id}
        bonds = {line.contract_id: line.amount for line in chosen if not line.returned_line_id}
        settlements = self.env["outsourcing.settlement"]._create_returns(amounts, bonds, self.early_reason)
        return settlements._get_open_action()


class OutsourcingSecurityReturnLine(models.TransientModel):
    _name = "outsourcing.security.return.line"
    _description = "Retention or Bond to Return"

    wizard_id = fields.Many2one("outsourcing.security.return", required=True, ondelete="cascade")
    contract_id = fields.Many2one("outsourcing.contract", required=True)
    returned_line_id = fields.Many2one("outsourcing.settlement.line", "Withheld by")
    name = fields.Char("What", compute="_compute_kept")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    date_due = fields.Date("Due", compute="_compute_kept")
    amount_kept = fields.Monetary("Kept", compute="_compute_kept")
    amount = fields.Monetary("Goes Back")

    def _is_due(self):
        self.ensure_one()
        return bool(self.date_due) and self.date_due <= trade_today(self.contract_id)

    @api.depends("contract_id", "returned_line_id")
    def _compute_kept(self):
        for line in self:
            retention, contract = line.returned_line_id, line.contract_id
            if retention:
                line.name, line.date_due = retention.name, retention.date_due
                line.amount_kept = retention.amount_withheld
            else:
                line.name = self.env._("Performance bond: %s", contract.display_name or "")
                line.date_due = contract.date_terminated or contract.date_handed_over
                line.amount_kept = contract.amount_bond_kept

    def _check_amounts(self):
        for line in self:
            compare = line.currency_id.compare_amounts
            if compare(line.amount, 0.0) < 0 or compare(line.amount, line.amount_kept) > 0:
                raise UserError(
                    self.env._(
                        "%(line)s: between %(none)s and %(kept)s can go back, not %(amount)s.",
                        line=line.name,
                        none=format_money(line, 0.0),
                        kept=format_money(line, line.amount_kept),
                        amount=format_money(line, line.amount),
                    )
                )
