from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..models.workflow.trade_time import trade_today


class OutsourcingContractTerminate(models.TransientModel):
    """Reason, date and notice; shows what stays payable and what is closed before anybody confirms."""

    _name = "outsourcing.contract.terminate"
    _description = "Terminate a Contract"

    contract_id = fields.Many2one("outsourcing.contract", required=True, readonly=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    reason_id = fields.Many2one("outsourcing.termination.reason", required=True)
    explanation = fields.Text(required=True)
    date = fields.Date("Last Day", required=True, default=trade_today)
    date_notice = fields.Date("Notice Given on")
    notice_warning = fields.Char(compute="_compute_notice_warning")
    amount_accepted = fields.Monetary("Accepted, stays payable", related="contract_id.amount_accepted")
    amount_to_bill = fields.Monetary("of it not Billed yet", compute="_compute_amounts")
    amount_closed = fields.Monetary("Not Accepted, will be closed", compute="_compute_amounts")
    row_ids = fields.Many2many(
        "outsourcing.contract.milestone", string="Rows without Full Acceptance", compute="_compute_amounts"
    )
    line_ids = fields.One2many(
        "outsourcing.contract.terminate.line",
        "wizard_id",
        "Still Open",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    missing = fields.Text("To be Decided first", compute="_compute_missing")

    @api.depends("reason_id", "date", "date_notice")
    def _compute_notice_warning(self):
        for wizard in self:
            days, wizard.notice_warning = wizard.reason_id.notice_days, False
            if not days or not wizard.date:
                continue
            if not wizard.date_notice:
                wizard.notice_warning = self.env._("This reason asks for a notice of %s days.", days)
            elif wizard.date_notice + relativedelta(days=days) > wizard.date:
                wizard.notice_warning = self.env._(
                    "This reason asks for a notice of %(days)s days; the earliest end is %(date)s.",
                    days=days,
                    date=wizard.date_notice + relativedelta(days=days),
                )

    @api.depends("contract_id")
    def _compute_amounts(self):
        for wizard in self:
            rows = wizard.contract_id.milestone_ids
            wizard.row_ids = rows.filtered(lambda row: row.amount_accepted < row.amount)
            wizard.amount_to_bill = sum(rows.mapped("amount_to_bill"))
            wizard.amount_closed = sum(rows.mapped("amount")) - sum(rows.mapped("amount_accepted"))

    @api.depends("contract_id", "date")
    def _compute_line_ids(self):
        for wizard in self:
            chosen = {(line.res_model, line.res_id): line.decision for line in wizard.line_ids}
            # stored, so computed in sudo: who may end a contract decides beyond the own communities as well
            contract = wizard.contract_id
            points = contract._as_of(wizard.date or trade_today(contract))._get_open_points()
            rows = [Command.create(self._prepare_line_vals(point, chosen)) for point in points]
            wizard.line_ids = [Command.clear(), *rows]

    @api.model
    def _prepare_line_vals(self, point, chosen):
        record = point.record
        decision = chosen.get((record._name, record.id))
        return {
            "res_model": record._name,
            "res_id": record.id,
            "kind": self.env["ir.model"]._get(record._name).name,
            "name": point.title,
            "note": point.note if point.note != point.title else False,
            "amount": point.amount,
            "allowed": ",".join(point.decisions),
            "decision": decision if decision in point.decisions else point.decisions[0],
        }

    @api.depends("contract_id")
    def _compute_missing(self):
        for wizard in self:
            # sudo: sentences only
            points = wizard.contract_id.sudo()._get_missing_points("terminated") if wizard.contract_id else []
            wizard.missing = "\n".join(points) or False

    def action_confirm(self):
        """Terminate the contract."""
        self.ensure_one()
        decisions = {(line.res_model, line.res_id): line.decision for line in self.line_ids}
        self.contract_id._terminate(self.reason_id, self.explanation, self.date, self.date_notice, decisions)
        return {"type": "ir.actions.act_window_close"}
